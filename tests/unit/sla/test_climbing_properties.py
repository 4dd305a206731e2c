"""Whatever the ladder, and whenever the work came: its moments are ordered, few, and working ones."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.calendar.hours import WorkingHours, add_working_time
from engine.sla.climbing import RungRule, turns
from engine.sla.ladder_rules import MOST_TURNS, problems
from engine.sla.model import Anchor, RungAction

A_WORKING_WEEK = 5 * 450
START = datetime(2026, 1, 1, tzinfo=UTC)

minutes = st.integers(0, A_WORKING_WEEK).map(lambda count: timedelta(minutes=count))
pauses = st.integers(1, A_WORKING_WEEK).map(lambda count: timedelta(minutes=count))
rungs = st.builds(
    RungRule,
    anchor=st.sampled_from(Anchor),
    action=st.sampled_from(RungAction),
    after=minutes,
    repeats=st.integers(0, 5),
    every=pauses,
)
ladders = st.lists(rungs, max_size=6).map(tuple)
openings = st.integers(0, 360 * 24 * 60).map(lambda count: START + timedelta(minutes=count))


def moments_of(ladder, opened_at, allowed, hours):
    due_at = add_working_time(opened_at, allowed, hours)
    return turns(ladder, add_working_time(opened_at, allowed * 3 / 4, hours), due_at, hours)


@settings(max_examples=60)
@given(ladder=ladders, opened_at=openings, allowed=minutes)
def test_moments_are_ordered_and_working_ones(office: WorkingHours, ladder, opened_at, allowed):
    moments = [turn.at for turn in moments_of(ladder, opened_at, allowed, office)]
    assert moments == sorted(moments)
    assert all(office.is_working_moment(moment) for moment in moments)


@settings(max_examples=60)
@given(ladder=ladders, opened_at=openings, allowed=minutes)
def test_a_ladder_that_is_kept_ends(office: WorkingHours, ladder, opened_at, allowed):
    found = moments_of(ladder, opened_at, allowed, office)
    assert len(found) <= sum(1 + rung.repeats for rung in ladder)
    assert problems(ladder) or len(found) <= MOST_TURNS
