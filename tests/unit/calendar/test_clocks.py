"""A clock that stops and runs again, for whatever moments."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.calendar.clocks import Clock, minutes_run, resumed, time_stopped, whole_minutes
from engine.calendar.hours import WorkingHours, working_time_between
from engine.calendar.standard import deadlines

HOURS = WorkingHours(zone=ZoneInfo("Asia/Jakarta"))
MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
WITHIN = st.integers(0, 20 * 24 * 60)


def at(minute: int) -> datetime:
    return MONDAY + timedelta(minutes=minute)


def test_a_clock_that_runs_is_left_alone():
    clock = Clock(risk_at=None, due_at=at(60))
    assert resumed(clock, at(30), HOURS) is clock


def test_stops_that_overlap_count_once(jakarta):
    nine, ten, eleven = (jakarta(f"2026-11-23 {hour}:00") for hour in ("09", "10", "11"))
    assert time_stopped([(nine, eleven), (nine, ten), (ten, eleven)], HOURS) == timedelta(hours=2)


@settings(max_examples=60)
@given(opened=WITHIN, standard=st.integers(1, 3_000), stops=st.lists(WITHIN, max_size=6))
def test_a_deadline_moves_by_exactly_the_time_that_the_clock_stood_still(opened, standard, stops):
    found = deadlines(at(opened), HOURS, working_minutes=standard)
    clock, moments = Clock(risk_at=found.risk_at, due_at=found.due_at), sorted(at(opened + each) for each in stops)
    pairs = list(zip(moments[::2], moments[1::2], strict=False))
    for begin, end in pairs:
        clock = resumed(Clock(risk_at=clock.risk_at, due_at=clock.due_at, stopped_at=begin), end, HOURS)
    stood = sum((working_time_between(begin, end, HOURS) for begin, end in pairs), timedelta(0))
    assert working_time_between(found.due_at, clock.due_at, HOURS) == stood == time_stopped(pairs, HOURS)
    assert clock.risk_at <= clock.due_at


@settings(max_examples=60)
@given(moments=st.lists(WITHIN, min_size=4, max_size=4))
def test_what_passed_either_counted_or_stood_still(moments):
    opened, begin, end, closed = sorted(map(at, moments))
    clock = resumed(Clock(risk_at=None, due_at=None, stopped_at=begin), end, HOURS)
    passed = whole_minutes(working_time_between(opened, closed, HOURS))
    assert minutes_run(opened, closed, clock, HOURS) + clock.stopped_minutes == passed
