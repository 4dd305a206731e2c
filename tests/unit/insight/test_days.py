"""Days, weeks and periods of the office."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.insight.days import Days, mondays, month_of, portions, quarter_of, runs, week_of, weeks_before

DAY = timedelta(days=1)
FIRST = date(2026, 1, 1)
some_days = st.builds(
    lambda start, length: Days(first=FIRST + start * DAY, last=FIRST + (start + length) * DAY),
    st.integers(0, 400),
    st.integers(0, 120),
)


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        (week_of, date(2026, 11, 23), date(2026, 11, 29)),
        (month_of, date(2026, 11, 1), date(2026, 11, 30)),
        (quarter_of, date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_a_period_begins_and_ends_with_the_calendar(period, first, last):
    assert period(date(2026, 11, 25)) == Days(first=first, last=last)


def test_a_trend_ends_in_the_week_of_the_last_day():
    days = weeks_before(Days(first=date(2026, 11, 1), last=date(2026, 11, 25)), 3)
    assert mondays(days) == (date(2026, 11, 9), date(2026, 11, 16), date(2026, 11, 23))


@given(some_days, st.sets(st.integers(0, 520)))
def test_runs_are_the_days_that_are_left_and_never_reach_into_another_week(days, besides):
    left_out = {FIRST + number * DAY for number in besides}
    found = runs(days, left_out)
    assert [day for run in found for day in run] == [day for day in days if day not in left_out]
    assert all(len(mondays(run)) == 1 for run in found)


@given(some_days, st.integers(1, 20))
def test_portions_together_are_the_days(days, most):
    assert [day for portion in portions(days, most) for day in portion] == list(days)
