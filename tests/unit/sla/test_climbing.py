from datetime import timedelta

import pytest

from engine.sla.climbing import STANDARD, RungRule, due_turns, next_turn, turns
from engine.sla.model import Anchor, RungAction

HOUR = timedelta(hours=1)
DAY = timedelta(hours=7, minutes=30)


def rung(action, after=timedelta(0), anchor=Anchor.DUE, **more):
    return RungRule(anchor=anchor, action=action, after=after, **more)


@pytest.fixture
def climb(office, jakarta):
    """What comes for work that is at risk at 13:00 and due at 15:00 of a Thursday: moments of the office, actions."""

    def all_turns(*rungs):
        found = turns(rungs, jakarta("2026-11-19 13:00"), jakarta("2026-11-19 15:00"), office)
        return [(f"{turn.at.astimezone(office.zone):%a %H:%M}", turn.action.value) for turn in found]

    return all_turns


def test_the_standard_ladder_goes_up_by_working_days(climb):
    assert climb(*STANDARD) == [
        ("Thu 13:00", "remind_holder"),
        ("Thu 15:00", "remind_holder"),
        ("Thu 15:00", "tell_superior"),
        ("Fri 15:30", "tell_superior"),
        ("Mon 15:00", "tell_head"),
    ]


def test_a_rung_repeats_after_its_pause(climb):
    assert climb(rung(RungAction.REMIND_HOLDER, repeats=2, every=HOUR)) == [
        ("Thu 15:00", "remind_holder"),
        ("Thu 16:00", "remind_holder"),
        ("Fri 08:30", "remind_holder"),
    ]


def test_work_moves_before_anybody_is_told_of_it(climb):
    told_first = (rung(RungAction.TELL_SUPERIOR), rung(RungAction.REASSIGN_TO_SUPERIOR))
    assert [action for _at, action in climb(*told_first)] == ["reassign_to_superior", "tell_superior"]


def test_what_belongs_to_the_time_before_ends_when_it_is_due(climb):
    again = rung(RungAction.REMIND_HOLDER, anchor=Anchor.RISK, repeats=5, every=HOUR)
    assert climb(again) == [("Thu 13:00", "remind_holder"), ("Thu 14:00", "remind_holder")]


def test_work_that_is_due_at_night_is_answered_for_in_the_morning(office, jakarta):
    night = jakarta("2026-11-20 22:00")
    (turn,) = turns([rung(RungAction.TELL_SUPERIOR)], night, night, office)
    assert turn.at == jakarta("2026-11-23 07:30")


def test_what_has_come_since_the_last_look_comes_now(office, jakarta):
    thursday = jakarta("2026-11-19 15:00")
    found = turns(STANDARD, thursday - 2 * HOUR, thursday, office)
    since = due_turns(found, thursday, jakarta("2026-11-20 15:30"))
    assert [turn.action for turn in since] == [RungAction.TELL_SUPERIOR]


def test_of_what_was_missed_each_action_comes_once(office, jakarta):
    found = turns(STANDARD, jakarta("2026-11-19 13:00"), jakarta("2026-11-19 15:00"), office)
    missed = due_turns(found[1:], None, jakarta("2026-12-01 08:00"))
    assert [(turn.action, turn.position) for turn in missed] == [
        (RungAction.REMIND_HOLDER, 2),
        (RungAction.TELL_SUPERIOR, 4),
        (RungAction.TELL_HEAD, 5),
    ]


def test_after_the_last_rung_nothing_comes(office, jakarta):
    found = turns(STANDARD, jakarta("2026-11-19 13:00"), jakarta("2026-11-19 15:00"), office)
    assert next_turn(found, found[-1].at) is None
