"""A year, day by day: whether it is worked on, and what makes it unlike others."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from engine.calendar.entries import HolidayLine, UnitDayFacts
from engine.calendar.hours import WorkingHours


class DayKind(StrEnum):
    """What a day of the calendar is; a day off that falls on a weekend is told as the day off."""

    WORKING = "working"
    REST = "rest"
    PUBLIC = "public"
    JOINT_LEAVE = "joint_leave"
    CLOSURE = "closure"
    OWN_CLOSED = "own_closed"
    OWN_WORKING = "own_working"


@dataclass(frozen=True, slots=True, kw_only=True)
class DayInYear:
    day: date
    kind: DayKind
    is_ramadan: bool
    name: str

    @property
    def is_worked(self) -> bool:
        return self.kind in (DayKind.WORKING, DayKind.OWN_WORKING)


def days_of_year(
    year: int, hours: WorkingHours, days_off: Iterable[HolidayLine], own_days: Iterable[UnitDayFacts]
) -> tuple[DayInYear, ...]:
    off = {each.day: (DayKind(each.kind.value), each.name) for each in days_off}
    own = {each.day: each for each in own_days}
    first = date(year, 1, 1)
    length = (date(year, 12, 31) - first).days + 1
    return tuple(_day(first + timedelta(days=n), hours, off, own) for n in range(length))


def _day(
    day: date, hours: WorkingHours, off: Mapping[date, tuple[DayKind, str]], own: Mapping[date, UnitDayFacts]
) -> DayInYear:
    kind, name = _kind(day, hours, off, own)
    worked = kind in (DayKind.WORKING, DayKind.OWN_WORKING)
    is_ramadan = worked and any(period.has(day) for period in hours.ramadan)
    return DayInYear(day=day, kind=kind, is_ramadan=is_ramadan, name=name)


def _kind(
    day: date, hours: WorkingHours, off: Mapping[date, tuple[DayKind, str]], own: Mapping[date, UnitDayFacts]
) -> tuple[DayKind, str]:
    """The unit's own day counts before the list of the office."""
    if day in own:
        return DayKind.OWN_WORKING if own[day].is_working else DayKind.OWN_CLOSED, own[day].name
    if day in off:
        return off[day]
    return DayKind.WORKING if hours.is_working_day(day) else DayKind.REST, ""
