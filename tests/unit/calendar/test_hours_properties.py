from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.calendar.hours import add_working_time, end_of_working_day, portion, working_time_between

moments = st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
durations = st.timedeltas(timedelta(0), timedelta(days=20))
few = settings(max_examples=60, deadline=None)


@few
@given(start=moments, duration=durations)
def test_time_is_added_to_a_working_moment(office, start, duration):
    assert office.is_working_moment(add_working_time(start, duration, office))


@few
@given(start=moments, duration=durations)
def test_what_was_added_has_passed(office, start, duration):
    assert working_time_between(start, add_working_time(start, duration, office), office) == duration


@few
@given(start=moments, later=durations, duration=durations)
def test_who_starts_later_ends_no_earlier(office, start, later, duration):
    assert add_working_time(start, duration, office) <= add_working_time(start + later, duration, office)


@few
@given(start=moments, duration=durations, more=durations)
def test_more_work_ends_no_earlier(office, start, duration, more):
    assert add_working_time(start, duration, office) <= add_working_time(start, duration + more, office)


@few
@given(start=moments, first=durations, second=durations)
def test_work_in_two_parts_ends_when_the_whole_does(office, start, first, second):
    in_parts = add_working_time(add_working_time(start, first, office), second, office)
    assert in_parts == add_working_time(start, first + second, office)


@few
@given(start=moments, days=st.integers(1, 60))
def test_working_days_are_counted_by_their_endings(office, start, days):
    end = end_of_working_day(start, days, office)
    assert office.is_working_moment(end)
    assert end_of_working_day(start, days + 1, office) == end_of_working_day(end, 1, office)


@few
@given(start=moments, duration=durations, fraction=st.floats(0, 1))
def test_a_portion_lies_between(office, start, duration, fraction):
    due = add_working_time(start, duration, office)
    assert start <= portion(start, due, fraction, office) <= due
