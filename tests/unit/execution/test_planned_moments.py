"""When planned cases begin: on their day, or on another where the office does not work; never twice, never lost."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.execution.plan_model import OnHoliday
from engine.execution.planned_moments import (
    BadCrontab,
    crontab_of,
    day_after_months,
    first_moment,
    moments,
    moved,
    persons_moment,
    require_five_fields,
)
from tests.support.depth import times

WIB = ZoneInfo("Asia/Jakarta")
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=WIB)  # a Friday
CHRISTMAS = frozenset({date(2026, 12, 24), date(2026, 12, 25)})
MOVED = (OnHoliday.BEFORE, OnHoliday.AFTER)


def weekdays_but(off: frozenset[date]) -> Callable[[date], bool]:
    return lambda day: day.weekday() < 5 and day not in off


WORKING = weekdays_but(CHRISTMAS)


def days(crontab: str, rule: OnHoliday, count: int) -> list[str]:
    found = moments(crontab_of(crontab), rule, WORKING, WIB, NOW)
    return [f"{moment.at:%d-%m}" for moment in islice(found, count)]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (OnHoliday.KEEP, ["25-11", "25-12", "25-01"]),
        (OnHoliday.SKIP, ["25-11", "25-01", "25-02"]),
        (OnHoliday.BEFORE, ["25-11", "23-12", "25-01"]),
        (OnHoliday.AFTER, ["25-11", "28-12", "25-01"]),
    ],
)
def test_a_day_off_is_kept_skipped_or_moved_by_rule(rule: OnHoliday, expected: list[str]):
    assert days("0 8 25 * *", rule, 3) == expected


def test_working_days_are_all_days_but_those_off():
    assert days("0 8 * * *", OnHoliday.SKIP, 3) == ["23-11", "24-11", "25-11"]


@pytest.mark.parametrize(
    ("crontab", "told"),
    [
        ("0 8 31 2 *", "February never has a day 31"),
        ("0 8 31 * *", "February never has a day 31"),
        ("0 8 31 4 *", "April never has a day 31"),
        ("0 8 29 2 *", "February does not have a day 29 in every year"),
    ],
)
def test_a_month_that_is_left_out_is_called_by_its_name(crontab: str, told: str):
    with pytest.raises(BadCrontab) as refusal:
        crontab_of(crontab)
    assert told in refusal.value.text("en")


@pytest.mark.parametrize("crontab", ["0 8 * * * *", "0 8 1 * * *", "0 0 8 1 * ? *"])
def test_a_crontab_with_seconds_is_asked_for_five_fields(crontab: str):
    with pytest.raises(BadCrontab) as refusal:
        require_five_fields(crontab)
    assert "five fields" in refusal.value.text("en")


def test_days_off_that_are_moved_to_one_day_are_one_case():
    assert days("0 8 * * *", OnHoliday.AFTER, 3) == ["23-11", "24-11", "25-11"]
    assert days("0 8 * * *", OnHoliday.BEFORE, 3) == ["20-11", "23-11", "24-11"]


def test_the_last_day_of_february_comes_in_every_year():
    found = islice(moments(crontab_of("0 8 L 2 *"), OnHoliday.KEEP, WORKING, WIB, NOW), 2)
    assert [moment.at.date() for moment in found] == [date(2027, 2, 28), date(2028, 2, 29)]


@pytest.mark.parametrize(
    "crontab",
    ["", "besok", "61 8 * * *", "0 8 31 * *", "0 8 30 2 *", "0 8 29 2 *", "0 8,14 * * *", "*/5 8 * * *", "* " * 60],
)
def test_a_crontab_that_would_leave_months_out_or_start_many_a_day_is_refused(crontab: str):
    with pytest.raises(BadCrontab) as refusal:
        crontab_of(crontab)
    assert len(str(refusal.value)) > 40


def test_what_passed_meanwhile_is_not_the_next_moment():
    late = NOW + timedelta(days=70)
    found = first_moment(crontab_of("0 8 1 * *"), OnHoliday.KEEP, WORKING, WIB, NOW, late)
    assert found is not None
    assert found.at == datetime(2027, 2, 1, 8, 0, tzinfo=WIB)


def test_every_moment_may_be_one_that_is_skipped():
    assert first_moment(crontab_of("0 8 * * SUN"), OnHoliday.SKIP, WORKING, WIB, NOW, NOW) is None


def test_a_persons_case_begins_before_her_day():
    found = persons_moment(date(2027, 1, 24), 30, OnHoliday.BEFORE, WORKING, WIB)
    assert (found.meant_at.date(), found.at.date()) == (date(2026, 12, 25), date(2026, 12, 23))


@pytest.mark.parametrize(
    ("day", "months", "day_of_month", "expected"),
    [
        (date(2024, 2, 29), 24, 29, date(2026, 2, 28)),
        (date(2026, 2, 28), 24, 29, date(2028, 2, 29)),
        (date(2026, 12, 31), 2, 31, date(2027, 2, 28)),
        (date(2027, 2, 28), 1, 31, date(2027, 3, 31)),
        (date(2026, 3, 1), 24, 1, date(2028, 3, 1)),
    ],
)
def test_months_later_it_is_the_same_day_or_the_last_of_a_shorter_month(
    day: date, months: int, day_of_month: int, expected: date
):
    assert day_after_months(day, months, day_of_month) == expected


days_off = st.frozensets(st.dates(date(2026, 11, 1), date(2027, 3, 31)), max_size=40)
crontabs = st.builds(
    "0 {} {} * {}".format,
    st.integers(0, 23),
    st.sampled_from(["*", "1", "15", "28", "L", "1,10,20", "*/3"]),
    st.sampled_from(["*", "MON", "SAT,SUN", "MON-FRI"]),
)


@given(crontabs, days_off, st.sampled_from(MOVED))
@settings(max_examples=times(60, 2_000), deadline=None)
def test_nothing_comes_twice_and_nothing_is_lost(crontab: str, off: frozenset[date], rule: OnHoliday):
    working, cron = weekdays_but(off), crontab_of(crontab)
    kept = [each.at for each in islice(moments(cron, OnHoliday.KEEP, working, WIB, NOW), 30)]
    came = [each.at for each in islice(moments(cron, rule, working, WIB, NOW), 40)]
    assert came == sorted(set(came))
    wanted = {moved(at.date(), rule, working) for at in kept}
    assert wanted <= {at.date() for at in came}


@given(crontabs, days_off)
@settings(max_examples=times(60, 2_000), deadline=None)
def test_what_is_skipped_is_what_lies_on_days_off(crontab: str, off: frozenset[date]):
    working, cron = weekdays_but(off), crontab_of(crontab)
    kept = [each.at for each in islice(moments(cron, OnHoliday.KEEP, working, WIB, NOW), 30)]
    came = [each.at for each in islice(moments(cron, OnHoliday.SKIP, working, WIB, NOW), 30)]
    expected = [at for at in kept if working(at.date())]
    assert came[: len(expected)] == expected


@given(st.dates(date(2026, 1, 1), date(2100, 1, 1)), days_off, st.sampled_from(MOVED))
def test_a_moved_day_is_the_nearest_working_day_on_its_side(day: date, off: frozenset[date], rule: OnHoliday):
    working = weekdays_but(off)
    found = moved(day, rule, working)
    assert found is not None
    assert working(found)
    first, last = sorted((found, day))
    between = [first + timedelta(days=count) for count in range((last - first).days + 1)]
    assert [each for each in between if working(each)] == [found]


@given(st.dates(date(2000, 1, 31), date(2090, 1, 1)), st.integers(1, 600))
def test_a_day_comes_round_without_drifting(day: date, months: int):
    twice = day_after_months(day_after_months(day, months, day.day), months, day.day)
    assert twice == day_after_months(day, 2 * months, day.day)


def test_the_clock_of_the_office_counts():
    found = next(moments(crontab_of("0 8 1 * *"), OnHoliday.KEEP, WORKING, WIB, NOW))
    assert found.at.astimezone(UTC).hour == 1
