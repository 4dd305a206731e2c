"""What was typed into the forms of the calendar, taken by its kind or refused at its field."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from typing import Any, TypeVar

from flask import request

from engine.base.days import day_written
from engine.base.errors import FieldProblem, Invalid
from engine.base.i18n import _
from engine.base.paging import LARGEST_ID
from engine.base.times_of_day import find_time
from engine.calendar.checks import WEEKDAYS, DayTimes, problems_of_day, shifts_of, times_of
from engine.calendar.entries import TableFacts, UnitDayFacts
from engine.calendar.model import HolidayKind, HoursKind
from engine.calendar.weeks import Period, Shift, Week

Kind = TypeVar("Kind", bound=StrEnum)
AS_ABOVE = "as_above"
DAY_WRONG = _("Give the day as in 24/12/2026.")
TIME_WRONG = _("Give the time as in 07:30.")
UNIT_WRONG = _("Choose a unit.")
KIND_WRONG = _("Choose what kind of day it is.")
TAKEN_OUT = _(
    "Somebody has taken this out of the calendar meanwhile. What you wrote still stands below; kept now, it is "
    "entered anew."
)
TIMES = ("opening", "break_from", "break_until", "closing")


class FormRefused(Invalid):
    code = "calendar.form_refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class DaysOff:
    days: Period
    kind: HolidayKind
    name: str
    legal_basis: str


@dataclass(slots=True)
class _Typed:
    """Takes values one by one; what is wrong with all of them is refused together."""

    problems: list[FieldProblem] = field(default_factory=list)

    def text(self, name: str) -> str:
        return request.form.get(name, "").replace("\0", "").strip()

    def day(self, name: str, otherwise: date | None = None) -> date:
        found = day_written(self.text(name)) if self.text(name) or otherwise is None else otherwise
        return found or self._refuse(name, DAY_WRONG, date.min)

    def choice(self, name: str, kinds: type[Kind], otherwise: Kind) -> Kind:
        text = self.text(name)
        return kinds(text) if text in set(kinds) else self._refuse(name, KIND_WRONG, otherwise)

    def unit(self, name: str) -> int | None:
        text = self.text(name)
        is_id = text.isascii() and text.isdigit() and len(text) < 12 and 0 < int(text) <= LARGEST_ID
        return int(text) if is_id else None

    def shifts(self, name: str) -> tuple[Shift, ...]:
        before = len(self.problems)
        of_day = DayTimes(**{each: self._time(f"{name}_{each}") for each in TIMES})
        if len(self.problems) == before:  # else a time that cannot be read would be told as missing, too
            self.problems += problems_of_day(of_day, name)
        return shifts_of(of_day)

    def sound(self) -> None:
        if self.problems:
            raise FormRefused(self.problems)

    def refuse(self, name: str, message: str) -> None:
        self.problems.append(FieldProblem(name=name, code="calendar.form", message=message))

    def _time(self, name: str) -> time | None:
        text = self.text(name)
        found = find_time(text)
        if text and found is None:
            self.refuse(name, TIME_WRONG)
        return found

    def _refuse(self, name: str, message: str, instead: Kind | date) -> Any:
        self.refuse(name, message)
        return instead


def days_off() -> DaysOff:
    typed = _Typed()
    first = typed.day("first_day")
    return _days_off(typed, Period(first_day=first, last_day=typed.day("last_day", otherwise=first)))


def corrected_day_off(day: date) -> DaysOff:
    """The day itself stays."""
    return _days_off(_Typed(), Period(first_day=day, last_day=day))


def _days_off(typed: _Typed, days: Period) -> DaysOff:
    given = DaysOff(
        days=days,
        kind=typed.choice("kind", HolidayKind, HolidayKind.CLOSURE),
        name=typed.text("name"),
        legal_basis=typed.text("legal_basis"),
    )
    typed.sound()
    return given


def ramadan() -> Period:
    typed = _Typed()
    given = Period(first_day=typed.day("first_day"), last_day=typed.day("last_day"))
    typed.sound()
    return given


def chosen_days() -> set[date]:
    """Those that were left ticked in a list of days."""
    return {day for text in request.form.getlist("day")[:366] if (day := day_written(text)) is not None}


def table() -> TableFacts:
    typed = _Typed()
    week = None if typed.text(AS_ABOVE) else tuple(typed.shifts(name) for name in WEEKDAYS)
    given = TableFacts(
        unit_id=typed.unit("unit_id"),
        kind=typed.choice("kind", HoursKind, HoursKind.ORDINARY),
        first_day=typed.day("first_day"),
        week=week,
        legal_basis=typed.text("legal_basis"),
    )
    typed.sound()
    return given


def unit_day() -> UnitDayFacts:
    typed = _Typed()
    unit_id = typed.unit("unit_id")
    if unit_id is None:
        typed.refuse("unit_id", UNIT_WRONG)
    is_working = typed.text("is_working") == "yes"
    given = UnitDayFacts(
        unit_id=unit_id or 0,
        day=typed.day("day"),
        shifts=typed.shifts("day") if is_working else (),
        is_working=is_working,
        name=typed.text("name"),
        legal_basis=typed.text("legal_basis"),
    )
    typed.sound()
    return given


def fields_of_table(facts: TableFacts) -> dict[str, str]:
    """As the form sends it."""
    fields = {
        "unit_id": str(facts.unit_id or ""),
        "kind": facts.kind.value,
        "first_day": facts.first_day.isoformat(),
        "legal_basis": facts.legal_basis,
    }
    if facts.week is None:
        return fields | {AS_ABOVE: "yes"}
    return fields | fields_of_week(facts.week)


def fields_of_week(week: Week) -> dict[str, str]:
    return {
        name: text
        for weekday, shifts in zip(WEEKDAYS, week, strict=True)
        for name, text in _fields_of_shifts(weekday, shifts).items()
    }


def fields_of_unit_day(facts: UnitDayFacts) -> dict[str, str]:
    return {
        "unit_id": str(facts.unit_id),
        "day": facts.day.isoformat(),
        "is_working": "yes" if facts.is_working else "no",
        "name": facts.name,
        "legal_basis": facts.legal_basis,
        **_fields_of_shifts("day", facts.shifts),
    }


def _fields_of_shifts(name: str, shifts: tuple[Shift, ...]) -> Mapping[str, str]:
    times = times_of(shifts)
    given = {each: getattr(times, each) for each in TIMES}
    return {f"{name}_{each}": f"{at:%H:%M}" for each, at in given.items() if at is not None}
