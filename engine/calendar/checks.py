"""What is wrong with hours, each at its field: the calendar only ever holds hours in which time can pass."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from itertools import pairwise

from engine.base.errors import FieldProblem
from engine.base.i18n import _
from engine.calendar.weeks import DAYS_OF_WEEK, Shift, Week

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MOST_SHIFTS = 6

MISSING = _("Give this time too, or leave the whole day empty.")
MISSING_BREAK = _("A break has a beginning and an end: give both, or none.")
CLOSES_FIRST = _("It closes at %(closing)s, not after it opens at %(opening)s. Give a later time.")
BREAK_ENDS_FIRST = _("The break ends at %(end)s, not after it begins at %(begin)s. Give a later time.")
BREAK_OUTSIDE = _("The break lies outside the hours from %(opening)s to %(closing)s. Move it between them.")
OVERLAPPING = _("The hours from %(opening)s begin before those until %(closing)s are over. Move one of them.")
TOO_MANY = _("At most %(most)s stretches of work fit into a day.")
NEVER_WORKS = _("In this week nobody ever works. Give hours to one day at least; closures are entered as days off.")
NOT_SEVEN = _("A week has seven days.")


@dataclass(frozen=True, slots=True, kw_only=True)
class DayTimes:
    """A day as people state it: from when to when, and the break between; all empty for a day without work."""

    opening: time | None = None
    closing: time | None = None
    break_from: time | None = None
    break_until: time | None = None

    @property
    def is_empty(self) -> bool:
        return not any((self.opening, self.closing, self.break_from, self.break_until))


def shifts_of(day: DayTimes) -> tuple[Shift, ...]:
    """Of a day in which nothing is wrong."""
    if day.opening is None or day.closing is None:
        return ()
    if day.break_from is None or day.break_until is None:
        return ((day.opening, day.closing),)
    return (day.opening, day.break_from), (day.break_until, day.closing)


def times_of(shifts: tuple[Shift, ...]) -> DayTimes:
    """The same backwards, to be shown in a form; of more than two stretches the first break is said."""
    if not shifts:
        return DayTimes()
    opening, closing = shifts[0][0], shifts[-1][1]
    if len(shifts) == 1:
        return DayTimes(opening=opening, closing=closing)
    return DayTimes(opening=opening, closing=closing, break_from=shifts[0][1], break_until=shifts[1][0])


def problems_of_day(day: DayTimes, name: str) -> Iterator[FieldProblem]:
    """`name` begins the names of its fields."""
    if day.is_empty:
        return
    if day.opening is None or day.closing is None:
        missing = "opening" if day.opening is None else "closing"
        yield _problem(f"{name}_{missing}", "required", MISSING)
        return
    if day.closing <= day.opening:
        yield _problem(f"{name}_closing", "before_opening", CLOSES_FIRST, closing=day.closing, opening=day.opening)
        return
    yield from _problems_of_break(day, day.opening, day.closing, name)


def problems_of_shifts(shifts: tuple[Shift, ...], name: str) -> Iterator[FieldProblem]:
    """The same for stretches of work, from wherever they come."""
    if len(shifts) > MOST_SHIFTS:
        yield FieldProblem(name=name, code="too_many", message=TOO_MANY, params={"most": MOST_SHIFTS})
    for opening, closing in shifts:
        if closing <= opening:
            yield _problem(name, "before_opening", CLOSES_FIRST, closing=closing, opening=opening)
    for (_begin, closing), (opening, _end) in pairwise(sorted(shifts)):
        if opening < closing:
            yield _problem(name, "overlapping", OVERLAPPING, opening=opening, closing=closing)


def problems_of_week(week: Week) -> Iterator[FieldProblem]:
    if len(week) != DAYS_OF_WEEK:
        yield _problem("week", "not_seven", NOT_SEVEN)
    elif not any(week):
        yield _problem(f"{WEEKDAYS[0]}_opening", "never_works", NEVER_WORKS)
    for name, shifts in zip(WEEKDAYS, week, strict=False):
        yield from problems_of_shifts(shifts, f"{name}_opening")


def _problems_of_break(day: DayTimes, opening: time, closing: time, name: str) -> Iterator[FieldProblem]:
    begin, end = day.break_from, day.break_until
    if begin is None and end is None:
        return
    if begin is None or end is None:
        missing = "break_from" if begin is None else "break_until"
        yield _problem(f"{name}_{missing}", "required", MISSING_BREAK)
    elif end <= begin:
        yield _problem(f"{name}_break_until", "before_beginning", BREAK_ENDS_FIRST, begin=begin, end=end)
    elif begin <= opening or end >= closing:
        outside = "break_from" if begin <= opening else "break_until"
        yield _problem(f"{name}_{outside}", "outside_hours", BREAK_OUTSIDE, opening=opening, closing=closing)


def _problem(name: str, code: str, message: str, **times: time) -> FieldProblem:
    said = {place: f"{at:%H:%M}" for place, at in times.items()}
    return FieldProblem(name=name, code=code, message=message, params=said)
