"""How the calendar is said: kinds of days, weekdays, hours."""

from collections.abc import Mapping
from datetime import date, timedelta

from babel.dates import format_date, format_time

from engine.calendar.describe import CLOCKS
from engine.calendar.model import HolidayKind, HoursKind
from engine.calendar.weeks import DAYS_OF_WEEK, Shift
from engine.calendar.year import DayKind
from webui.texts import _, locale

A_MONDAY = date(2026, 1, 5)


def holiday_kinds() -> Mapping[HolidayKind, str]:
    return {
        HolidayKind.CLOSURE: _("Office closed"),
        HolidayKind.PUBLIC: _("Public holiday"),
        HolidayKind.JOINT_LEAVE: _("Joint leave"),
    }


def hours_kinds() -> Mapping[HoursKind, str]:
    return {HoursKind.ORDINARY: _("Ordinary hours"), HoursKind.RAMADAN: _("Hours of Ramadan")}


def day_kinds() -> Mapping[DayKind, str]:
    """Those that the year marks; their first letters tell them apart without colours."""
    return {
        DayKind.PUBLIC: _("Public holiday"),
        DayKind.JOINT_LEAVE: _("Joint leave"),
        DayKind.CLOSURE: _("Office closed"),
        DayKind.OWN_CLOSED: _("Unit closed"),
        DayKind.OWN_WORKING: _("Works on a day off"),
    }


def weekdays(width: str = "EEEE") -> tuple[str, ...]:
    """Monday first; given how they are written."""
    days = (A_MONDAY + timedelta(days=n) for n in range(DAYS_OF_WEEK))
    return tuple(str(format_date(day, width, locale=locale())) for day in days)


def months() -> tuple[str, ...]:
    return tuple(str(format_date(date(2026, month, 1), "LLLL", locale=locale())) for month in range(1, 13))


def day_of_year(day: date) -> str:
    """Friday, 25 December; the year stands above the list."""
    return str(format_date(day, "EEEE, d MMMM", locale=locale()))


def shifts_in_words(shifts: tuple[Shift, ...]) -> str:
    """07.30–12.00, 13.00–16.00."""
    spans = (" – ".join(format_time(at, CLOCKS[locale()], locale=locale()) for at in shift) for shift in shifts)
    return ", ".join(spans) or _("no work")
