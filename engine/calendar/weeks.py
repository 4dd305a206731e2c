"""Hours of days and weeks: the regulation's own, and those that an office or a unit puts in their place."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

Shift = tuple[time, time]
Week = tuple[tuple[Shift, ...], ...]

DAYS_OF_WEEK = 7


def _week(ordinary: tuple[Shift, ...], friday: tuple[Shift, ...]) -> Week:
    return (ordinary, ordinary, ordinary, ordinary, friday, (), ())


# Perpres 21/2023: 37 h 30 m a week, in Ramadan 32 h 30 m; a longer break on Friday.
OFFICE_WEEK = _week(
    ((time(7, 30), time(12, 0)), (time(13, 0), time(16, 0))),
    ((time(7, 30), time(11, 30)), (time(13, 0), time(16, 30))),
)
RAMADAN_WEEK = _week(
    ((time(8, 0), time(12, 0)), (time(12, 30), time(15, 0))),
    ((time(8, 0), time(11, 30)), (time(12, 30), time(15, 30))),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Days from the first to the last, both included."""

    first_day: date
    last_day: date

    def has(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekFrom:
    """The week of one table, from its first day on; None gives way again to the hours of whoever is above."""

    first_day: date
    week: Week | None


# The tables of one unit, or of the office, in the order of their first days.
Tables = tuple[WeekFrom, ...]


def week_on(day: date, nearest_first: Sequence[Tables], otherwise: Week) -> Week:
    """The week of the nearest unit whose table holds on that day."""
    for tables in nearest_first:
        begun = [table for table in tables if table.first_day <= day]
        if begun and begun[-1].week is not None:
            return begun[-1].week
    return otherwise
