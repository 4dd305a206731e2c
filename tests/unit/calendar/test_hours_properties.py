from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.calendar.hours import (
    WorkingHours,
    add_working_time,
    end_of_working_day,
    nth_working_day,
    portion,
    subtract_working_time,
    working_time_between,
)

moments = st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
durations = st.timedeltas(timedelta(0), timedelta(days=20))
few = settings(max_examples=60, deadline=None)
days = st.dates(date(2025, 1, 1), date(2027, 12, 31))
quarters = st.integers(0, 95).map(lambda quarter: time(quarter // 4, quarter % 4 * 15))
of_day = st.lists(quarters, max_size=6, unique=True).map(
    lambda times: tuple(zip(sorted(times)[::2], sorted(times)[1::2], strict=False))
)
any_hours = st.builds(
    WorkingHours,
    zone=st.sampled_from(["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"]).map(ZoneInfo),
    week=st.tuples(of_day.filter(bool), *[of_day] * 6),
    holidays=st.frozensets(days, max_size=20),
)


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


def step_by_step(first: datetime, last: datetime, hours: WorkingHours) -> timedelta:
    """Working time as a clerk would count it: day by day, shift by shift."""
    total, day = timedelta(0), first.astimezone(hours.zone).date()
    while day <= last.astimezone(hours.zone).date():
        for opening, closing in hours.shifts(day):
            begin, end = (datetime.combine(day, at, hours.zone).astimezone(UTC) for at in (opening, closing))
            total += max(min(end, last) - max(begin, first), timedelta(0))
        day += timedelta(days=1)
    return total


@few
@given(first=moments, length=st.timedeltas(timedelta(0), timedelta(days=500)), hours=any_hours)
def test_the_clock_counts_as_a_clerk_does(first, length, hours):
    assert working_time_between(first, first + length, hours) == step_by_step(first, first + length, hours)


@few
@given(end=moments, duration=durations, hours=any_hours)
def test_what_was_subtracted_passes_till_the_end(end, duration, hours):
    begin = subtract_working_time(end, duration, hours)
    assert begin <= end
    assert hours.is_working_moment(begin)
    assert working_time_between(begin, end, hours) == duration


@few
@given(start=moments, duration=durations, hours=any_hours)
def test_no_working_time_lies_between_a_start_and_the_way_back_to_it(start, duration, hours):
    back = subtract_working_time(add_working_time(start, duration, hours), duration, hours)
    first, last = sorted((start, back))
    assert working_time_between(first, last, hours) == timedelta(0)


@few
@given(end=moments, later=durations, duration=durations, hours=any_hours)
def test_who_ends_later_may_begin_no_earlier(end, later, duration, hours):
    assert subtract_working_time(end, duration, hours) <= subtract_working_time(end + later, duration, hours)


@few
@given(day=days, count=st.integers(1, 400))
def test_as_many_working_days_back_as_forth(office, day, count):
    begin = nth_working_day(day, 0, office)
    ahead = nth_working_day(begin, count, office)
    between = (begin + timedelta(days=n + 1) for n in range((ahead - begin).days))
    assert sum(map(office.is_working_day, between)) == count
    assert nth_working_day(ahead, -count, office) == begin
