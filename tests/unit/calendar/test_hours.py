from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from engine.calendar.hours import (
    NegativeWorkingTime,
    NoWorkingTime,
    WorkingHours,
    add_working_time,
    end_of_working_day,
    nth_working_day,
    portion,
    subtract_working_time,
    working_time_between,
)

# Worked out by hand on the calendar of Perpres 21/2023 and the SKB of the year.
MINUTES = [
    ("2026-11-20 16:25", 10, "2026-11-23 07:35"),  # over a weekend
    ("2026-11-23 11:55", 10, "2026-11-23 13:05"),  # over the break
    ("2026-11-20 11:25", 10, "2026-11-20 13:05"),  # over the longer break of Friday
    ("2026-02-18 15:55", 10, "2026-02-19 08:05"),  # into Ramadan
    ("2026-03-17 14:50", 30, "2026-03-25 07:50"),  # over Nyepi and Idulfitri, out of Ramadan
    ("2026-12-23 15:30", 60, "2026-12-28 08:00"),  # over Christmas
    ("2026-11-21 09:00", 15, "2026-11-23 07:45"),  # from a Saturday
]
DAYS = [
    ("2026-03-16 10:00", 3, "2026-03-26 16:00"),
    ("2026-12-22 09:00", 2, "2026-12-28 16:00"),
    ("2025-12-23 13:00", 1, "2025-12-24 16:00"),
]


@pytest.mark.parametrize(("start", "minutes", "due"), MINUTES)
def test_minutes_run_on_the_working_clock(office, jakarta, start, minutes, due):
    assert add_working_time(jakarta(start), timedelta(minutes=minutes), office) == jakarta(due)


@pytest.mark.parametrize(("start", "minutes", "due"), MINUTES)
def test_working_time_between_is_what_was_added(office, jakarta, start, minutes, due):
    assert working_time_between(jakarta(start), jakarta(due), office) == timedelta(minutes=minutes)


@pytest.mark.parametrize(("start", "days", "due"), DAYS)
def test_working_days_end_when_the_office_closes(office, jakarta, start, days, due):
    assert end_of_working_day(jakarta(start), days, office) == jakarta(due)


@pytest.mark.parametrize(("start", "minutes", "due"), MINUTES)
def test_minutes_are_taken_back_on_the_working_clock(office, jakarta, start, minutes, due):
    begin = subtract_working_time(jakarta(due), timedelta(minutes=minutes), office)
    assert working_time_between(jakarta(start), begin, office) == timedelta(0)
    assert office.is_working_moment(begin)


@pytest.mark.parametrize(
    ("before", "moment"),
    [
        ("2026-11-23 12:30", "2026-11-23 12:00"),  # in the break
        ("2026-11-22 10:00", "2026-11-20 16:30"),  # on a Sunday
        ("2026-11-23 13:00", "2026-11-23 13:00"),  # a working moment is its own last
        ("2026-12-28 07:00", "2026-12-23 16:00"),  # after Christmas
    ],
)
def test_the_last_working_moment_before_another(office, jakarta, before, moment):
    assert subtract_working_time(jakarta(before), timedelta(0), office) == jakarta(moment)


@pytest.mark.parametrize(
    ("day", "count", "found"),
    [
        ("2026-11-23", 5, "2026-11-30"),
        ("2026-11-23", -1, "2026-11-20"),
        ("2026-12-28", -2, "2026-12-22"),
        ("2026-11-21", 0, "2026-11-23"),
        ("2026-11-23", 0, "2026-11-23"),
    ],
)
def test_working_days_are_counted_both_ways(office, day, count, found):
    assert nth_working_day(date.fromisoformat(day), count, office) == date.fromisoformat(found)


@pytest.mark.parametrize("zone", ["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"])
def test_each_zone_works_by_its_own_clock(office, zone):
    hours = replace(office, zone=ZoneInfo(zone))
    start, due = (datetime.fromisoformat(text).replace(tzinfo=hours.zone) for text in MINUTES[0][::2])
    assert add_working_time(start, timedelta(minutes=10), hours) == due


def test_time_passes_exactly_for_ten_years(office, jakarta):
    ten_years = 10 * 52 * timedelta(hours=37, minutes=30)
    done = add_working_time(jakarta("2026-01-01 00:00"), ten_years, office)
    assert (done.year, working_time_between(jakarta("2026-01-01 00:00"), done, office)) == (2036, ten_years)


@pytest.mark.parametrize(("year", "count"), [(2026, 240), (2027, 242)])
def test_a_year_has_its_working_days(office, year, count):
    days = (date(year, 1, 1) + timedelta(days=n) for n in range(365))
    assert sum(map(office.is_working_day, days)) == count


@pytest.mark.parametrize(("monday", "length"), [("2026-11-23", 37.5), ("2026-03-09", 32.5)])
def test_a_week_has_the_hours_of_the_regulation(office, jakarta, monday, length):
    start = jakarta(f"{monday} 00:00")
    assert working_time_between(start, start + timedelta(days=7), office) == timedelta(hours=length)


def test_work_that_fills_the_day_ends_at_closing_time(office, jakarta):
    assert add_working_time(jakarta("2026-11-23 15:30"), timedelta(minutes=30), office) == jakarta("2026-11-23 16:00")


def test_no_work_at_all_still_waits_for_the_office_to_open(office, jakarta):
    assert add_working_time(jakarta("2026-11-22 10:00"), timedelta(0), office) == jakarta("2026-11-23 07:30")


def test_zero_working_days_end_today(office, jakarta):
    assert end_of_working_day(jakarta("2026-11-23 09:00"), 0, office) == jakarta("2026-11-23 16:00")


def test_a_day_in_jakarta_begins_before_the_one_in_utc(office, jakarta):
    early = datetime(2026, 11, 22, 23, 0, tzinfo=UTC)  # Monday, 06:00 in Jakarta
    assert end_of_working_day(early, 1, office) == jakarta("2026-11-24 16:00")


def test_another_zone_has_its_own_hours():
    jayapura = WorkingHours(zone=ZoneInfo("Asia/Jayapura"))
    opening = add_working_time(datetime(2026, 11, 22, 0, 0, tzinfo=UTC), timedelta(0), jayapura)
    assert opening == datetime(2026, 11, 22, 22, 30, tzinfo=UTC)


def test_three_quarters_of_a_short_afternoon(office, jakarta):
    risk = portion(jakarta("2026-11-23 13:00"), jakarta("2026-11-23 15:00"), 0.75, office)
    assert risk == jakarta("2026-11-23 14:30")


def test_a_portion_is_never_after_the_whole(office, jakarta):
    saturday, sunday = jakarta("2026-11-21 09:00"), jakarta("2026-11-22 09:00")
    assert portion(saturday, sunday, 0.75, office) == sunday


def test_nothing_passes_backwards(office, jakarta):
    assert working_time_between(jakarta("2026-11-24 10:00"), jakarta("2026-11-23 10:00"), office) == timedelta(0)


def test_an_office_that_never_works_is_noticed(jakarta):
    closed = WorkingHours(zone=ZoneInfo("Asia/Jakarta"), week=((),) * 7)
    with pytest.raises(NoWorkingTime):
        add_working_time(jakarta("2026-11-23 10:00"), timedelta(minutes=1), closed)


@pytest.mark.parametrize("days", [10_000, 10**30])
def test_working_days_without_end_are_refused(office, jakarta, days):
    with pytest.raises(NoWorkingTime):
        end_of_working_day(jakarta("2026-11-23 10:00"), days, office)


def test_time_without_end_is_refused(office, jakarta):
    with pytest.raises(NoWorkingTime):
        add_working_time(jakarta("2026-11-23 10:00"), timedelta.max, office)


def test_the_end_of_all_calendars_is_refused(office):
    with pytest.raises(NoWorkingTime):
        add_working_time(datetime.max.replace(tzinfo=UTC), timedelta(minutes=1), office)


def test_negative_work_is_refused(office, jakarta):
    with pytest.raises(NegativeWorkingTime):
        add_working_time(jakarta("2026-11-23 10:00"), timedelta(minutes=-1), office)


def test_time_before_all_calendars_is_refused(office, jakarta):
    with pytest.raises(NoWorkingTime):
        subtract_working_time(jakarta("2026-11-23 10:00"), timedelta(days=20_000), office)


@pytest.mark.parametrize("count", [10_000, -10_000, 10**30, -(10**30)])
def test_days_beyond_all_calendars_are_refused(office, count):
    with pytest.raises(NoWorkingTime):
        nth_working_day(date(2026, 11, 23), count, office)


def test_negative_days_are_refused(office, jakarta):
    with pytest.raises(NegativeWorkingTime):
        end_of_working_day(jakarta("2026-11-23 10:00"), -1, office)
