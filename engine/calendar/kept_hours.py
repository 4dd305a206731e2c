"""Hours as the rows keep them: a shift is ["07:30", "12:00"], a day a list of shifts, a week a list of seven days."""

from collections.abc import Iterable
from datetime import time
from itertools import groupby

from engine.calendar.weeks import Shift, Week

KeptDay = list[list[str]]


def shifts_of(kept: Iterable[Iterable[str]]) -> tuple[Shift, ...]:
    return tuple((time.fromisoformat(opening), time.fromisoformat(closing)) for opening, closing in kept)


def week_of(kept: Iterable[Iterable[Iterable[str]]]) -> Week | None:
    """A table without days gives way to the hours of whoever is above."""
    return tuple(map(shifts_of, kept)) or None


def as_kept(shifts: Iterable[Shift]) -> KeptDay:
    return [[f"{opening:%H:%M}", f"{closing:%H:%M}"] for opening, closing in sorted(shifts)]


def week_as_kept(week: Week | None) -> list[KeptDay]:
    return [as_kept(day) for day in week or ()]


def week_in_lines(week: Week) -> list[str]:
    """For the trail: days that share their hours, as in `1-4 07:30-12:00 13:00-16:00`; Monday is the first."""
    days = enumerate((" ".join(map("-".join, day)) for day in week_as_kept(week)), start=1)
    runs = ((hours, [number for number, _hours in run]) for hours, run in groupby(days, key=lambda day: day[1]))
    return [f"{numbers[0]}-{numbers[-1]} {hours}" for hours, numbers in runs]
