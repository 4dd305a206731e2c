"""A unit's own hours, and those of the units below it."""

from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from engine.calendar.calendars import Kept, calendars
from engine.calendar.hours import add_working_time, end_of_working_day
from engine.calendar.weeks import OFFICE_WEEK, RAMADAN_WEEK, Period, WeekFrom

JAKARTA = ZoneInfo("Asia/Jakarta")
OFFICE, SECTION, KUA, POST = None, 1, 2, 3  # the post lies below the KUA
SHORT = ((time(8), time(12)),)
SIX_DAYS = (SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, ())
LATE = ((time(10), time(14)),)
LATE_WEEK = (LATE, LATE, LATE, LATE, LATE, (), ())
SATURDAY, MONDAY, TUESDAY = date(2026, 11, 21), date(2026, 11, 23), date(2026, 11, 24)


def since(day: str, week):
    return WeekFrom(first_day=date.fromisoformat(day), week=week)


def hours_of(unit, **kept):
    nothing = {"holidays": frozenset(), "ramadan": (), "tables": {}, "ramadan_tables": {}, "own_days": {}}
    parents = {SECTION: None, KUA: None, POST: KUA}
    return calendars(Kept(**{**nothing, **kept}, parents=parents), JAKARTA).of(unit)


@pytest.mark.parametrize(("unit", "works"), [(OFFICE, False), (SECTION, False), (KUA, True), (POST, True), (99, False)])
def test_a_week_of_six_days_holds_for_the_unit_and_those_below_it(unit, works):
    hours = hours_of(unit, tables={KUA: (since("2026-01-01", SIX_DAYS),)})
    assert hours.is_working_day(SATURDAY) is works


def test_the_table_of_the_nearest_unit_counts():
    tables = {KUA: (since("2026-01-01", SIX_DAYS),), POST: (since("2026-01-01", LATE_WEEK),)}
    assert hours_of(POST, tables=tables).shifts(MONDAY) == LATE


def test_before_its_first_day_the_hours_above_hold():
    tables = {OFFICE: (since("2026-01-01", LATE_WEEK),), KUA: (since("2026-11-24", SIX_DAYS),)}
    hours = hours_of(KUA, tables=tables)
    assert (hours.shifts(MONDAY), hours.shifts(TUESDAY)) == (LATE, SHORT)


def test_the_later_of_two_tables_counts_from_its_first_day_on():
    hours = hours_of(OFFICE, tables={OFFICE: (since("2026-01-01", LATE_WEEK), since("2026-11-24", SIX_DAYS))})
    assert (hours.shifts(MONDAY), hours.shifts(TUESDAY)) == (LATE, SHORT)


def test_a_table_without_days_gives_way_to_those_above_again():
    hours = hours_of(KUA, tables={KUA: (since("2026-01-01", SIX_DAYS), since("2026-11-01", None))})
    assert hours.week_of(MONDAY) == OFFICE_WEEK


def test_ramadan_has_tables_of_its_own():
    ramadan = (Period(first_day=date(2026, 2, 19), last_day=date(2026, 3, 20)),)
    six_days = {KUA: (since("2026-01-01", SIX_DAYS),)}
    hours = hours_of(KUA, ramadan=ramadan, tables=six_days, ramadan_tables={OFFICE: (since("2026-03-01", LATE_WEEK),)})
    weeks = [hours.week_of(date(2026, *day)) for day in ((2, 18), (2, 19), (3, 20), (3, 21))]
    assert weeks == [SIX_DAYS, RAMADAN_WEEK, LATE_WEEK, SIX_DAYS]


def test_a_unit_may_work_while_the_office_has_a_holiday():
    hours = hours_of(POST, holidays=frozenset({MONDAY}), own_days={KUA: {MONDAY: SHORT}})
    assert hours.shifts(MONDAY) == SHORT


def test_a_unit_may_be_closed_while_the_office_works(jakarta):
    hours = hours_of(KUA, own_days={KUA: {TUESDAY: ()}})
    assert end_of_working_day(jakarta("2026-11-23 09:00"), 1, hours) == jakarta("2026-11-25 16:00")


def test_the_day_of_the_nearest_unit_counts():
    hours = hours_of(POST, own_days={KUA: {MONDAY: ()}, POST: {MONDAY: SHORT}})
    assert hours.shifts(MONDAY) == SHORT


def test_time_passes_by_the_hours_of_the_unit(jakarta):
    hours = hours_of(KUA, tables={KUA: (since("2026-01-01", SIX_DAYS),)})
    done = add_working_time(jakarta("2026-11-20 11:00"), timedelta(hours=3), hours)
    assert done == jakarta("2026-11-21 10:00")


def test_units_that_follow_the_same_tables_share_what_is_laid_out():
    kept = {"tables": {KUA: (since("2026-01-01", SIX_DAYS),)}}
    nothing = {"holidays": frozenset(), "ramadan": (), "ramadan_tables": {}, "own_days": {}}
    found = calendars(Kept(**kept, **nothing, parents={SECTION: None, KUA: None, POST: KUA}), JAKARTA)
    assert found.of(POST) is found.of(KUA)


def test_a_circle_of_units_has_its_hours_too():
    nothing = {"holidays": frozenset(), "ramadan": (), "ramadan_tables": {}, "own_days": {}}
    kept = Kept(tables={KUA: (since("2026-01-01", SIX_DAYS),)}, **nothing, parents={KUA: POST, POST: KUA})
    assert calendars(kept, JAKARTA).of(POST).is_working_day(SATURDAY)
