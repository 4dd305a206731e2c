from datetime import timedelta

import pytest

from engine.sla.climbing import STANDARD, RungRule
from engine.sla.ladder_rules import BadLadder, problems, require_sound
from engine.sla.model import Anchor, RungAction

HOUR = timedelta(hours=1)
REMIND, TELL = RungAction.REMIND_HOLDER, RungAction.TELL_SUPERIOR
OFFER, REASSIGN = RungAction.OFFER_TO_POOL, RungAction.REASSIGN_TO_SUPERIOR


def rung(action=REMIND, hours=0, anchor=Anchor.DUE, **more):
    return RungRule(anchor=anchor, action=action, after=hours * HOUR, **more)


def wrong(*rungs):
    return [(problem.name, problem.code) for problem in problems(rungs)]


def test_the_standard_ladder_is_sound():
    assert wrong(*STANDARD) == []


def test_a_ladder_may_be_empty():
    assert wrong() == []


@pytest.mark.parametrize(
    ("rungs", "place", "code"),
    [
        ([rung(hours=hour) for hour in range(11)], "rungs", "too_many"),
        ([rung(), rung(TELL, repeats=19, every=HOUR)], "repeats-2", "endless"),
        ([rung(hours=2), rung(TELL, hours=1)], "after-2", "out_of_order"),
        ([rung(), rung(anchor=Anchor.RISK)], "after-2", "out_of_order"),
        ([rung(hours=9_999)], "after-1", "too_long"),
        ([rung(hours=-1)], "after-1", "too_long"),
        ([rung(hours=99_999), rung(TELL, hours=1)], "after-1", "too_long"),
        ([rung(repeats=2)], "every-1", "no_pause"),
        ([rung(repeats=2, every=timedelta(0))], "every-1", "no_pause"),
        ([rung(repeats=-1, every=HOUR)], "repeats-1", "negative"),
        ([rung(REASSIGN, repeats=1, every=HOUR)], "repeats-1", "moves_again"),
        ([rung(REASSIGN), rung(REASSIGN, hours=2)], "action-2", "moves_twice"),
        ([rung(OFFER), rung(OFFER, hours=2)], "action-2", "moves_twice"),
        ([rung(), rung()], "action-2", "twice"),
    ],
)
def test_a_bad_ladder_is_refused_at_its_place(rungs, place, code):
    assert wrong(*rungs) == [(place, f"ladder.{code}")]


def test_every_wrong_place_is_told_at_once():
    with pytest.raises(BadLadder) as refused:
        require_sound([rung(repeats=1), rung(TELL, hours=-1)])
    assert [field.name for field in refused.value.fields] == ["every-1", "after-2"]
