"""What the days of a year are called."""

from dataclasses import replace
from datetime import date

import pytest

from engine.calendar.entries import HolidayLine, UnitDayFacts
from engine.calendar.model import HolidayKind
from engine.calendar.year import DayKind, days_of_year

CHRISTMAS, SATURDAY, FASTING = date(2026, 12, 25), date(2026, 12, 26), date(2026, 2, 19)
OFF = (HolidayLine(day=CHRISTMAS, kind=HolidayKind.PUBLIC, name="Natal", legal_basis=""),)


def own(day: date, *, is_working: bool) -> UnitDayFacts:
    return UnitDayFacts(unit_id=1, day=day, shifts=(), is_working=is_working, name="Nikah massal")


def on(day: date, hours, off=OFF, own_days=()):
    return next(each for each in days_of_year(2026, hours, off, own_days) if each.day == day)


@pytest.mark.parametrize(
    ("day", "own_days", "kind"),
    [
        (date(2026, 12, 23), (), DayKind.WORKING),
        (SATURDAY, (), DayKind.REST),
        (CHRISTMAS, (), DayKind.PUBLIC),
        (CHRISTMAS, (own(CHRISTMAS, is_working=True),), DayKind.OWN_WORKING),
        (CHRISTMAS, (own(CHRISTMAS, is_working=False),), DayKind.OWN_CLOSED),
    ],
)
def test_the_day_of_a_unit_counts_before_the_list_of_the_office(office, day, own_days, kind):
    assert on(day, office, own_days=own_days).kind is kind


@pytest.mark.parametrize(("day", "is_ramadan"), [(FASTING, True), (date(2026, 2, 21), False), (SATURDAY, False)])
def test_ramadan_is_told_of_days_on_which_somebody_works(office, day, is_ramadan):
    assert on(day, office).is_ramadan is is_ramadan


def test_the_worked_days_of_a_leap_year_are_counted(office):
    days = days_of_year(2028, replace(office, holidays=frozenset()), (), ())
    assert (len(days), sum(day.is_worked for day in days)) == (366, 260)


def test_the_nearest_unit_has_the_last_word(office):
    far, near = own(CHRISTMAS, is_working=True), own(CHRISTMAS, is_working=False)
    assert on(CHRISTMAS, office, own_days=(far, near)).kind is DayKind.OWN_CLOSED
