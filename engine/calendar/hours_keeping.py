"""Keeping tables of hours, and the days on which a unit works unlike the office."""

from collections.abc import Iterable

from sqlalchemy import select

from engine.base.errors import FieldProblem
from engine.base.i18n import _, as_day
from engine.base.unit_of_work import UnitOfWork
from engine.calendar.checks import problems_of_shifts, problems_of_week
from engine.calendar.entries import (
    TableFacts,
    UnitDayFacts,
    enter,
    locked_table_row,
    locked_unit_day_row,
    mark_of,
    table_facts,
    table_row,
    take_out,
    unit_day_facts,
    unit_day_row,
)
from engine.calendar.errors import CorrectedMeanwhile, InvalidHours
from engine.calendar.fields import problems_of_day, problems_of_length, problems_of_name
from engine.calendar.kept_hours import as_kept, week_as_kept
from engine.calendar.model import HoursTable, UnitDay

TABLE_TWICE = _("From %(day)s on there is a table already. Correct that one, or choose another first day.")
DAY_TWICE = _("For %(day)s something is entered for this unit already: %(name)s. Correct that, or choose another day.")
NO_HOURS = _("Say from when to when the unit works on that day.")


def enter_table(work: UnitOfWork, facts: TableFacts) -> int:
    row = HoursTable()
    _write_table(work, row, facts)
    return row.id


def correct_table(work: UnitOfWork, table_id: int, facts: TableFacts, seen: str) -> TableFacts:
    """What it said before; raises CorrectedMeanwhile if that is not what was seen."""
    row = locked_table_row(work.session, table_id)
    before = table_facts(row)
    _require_as_seen(before, facts, seen)
    _write_table(work, row, facts)
    return before


def remove_table(work: UnitOfWork, table_id: int) -> TableFacts:
    """What it said."""
    row = table_row(work.session, table_id)
    removed = table_facts(row)
    take_out(work.session, row)
    return removed


def enter_unit_day(work: UnitOfWork, facts: UnitDayFacts) -> int:
    row = UnitDay()
    _write_unit_day(work, row, facts)
    return row.id


def correct_unit_day(work: UnitOfWork, unit_day_id: int, facts: UnitDayFacts, seen: str) -> UnitDayFacts:
    """What it said before; raises CorrectedMeanwhile if that is not what was seen."""
    row = locked_unit_day_row(work.session, unit_day_id)
    before = unit_day_facts(row)
    _require_as_seen(before, facts, seen)
    _write_unit_day(work, row, facts)
    return before


def remove_unit_day(work: UnitOfWork, unit_day_id: int) -> UnitDayFacts:
    """What it said."""
    row = unit_day_row(work.session, unit_day_id)
    removed = unit_day_facts(row)
    take_out(work.session, row)
    return removed


def _write_table(work: UnitOfWork, row: HoursTable, facts: TableFacts) -> None:
    _refuse(
        *problems_of_day("first_day", facts.first_day),
        *problems_of_length("legal_basis", facts.legal_basis),
        *(problems_of_week(facts.week) if facts.week is not None else ()),
        *_twice(work, row, facts),
    )
    row.unit_id, row.kind, row.first_day = facts.unit_id, facts.kind, facts.first_day
    row.week, row.legal_basis = week_as_kept(facts.week), facts.legal_basis.strip()
    enter(work.session, row)


def _write_unit_day(work: UnitOfWork, row: UnitDay, facts: UnitDayFacts) -> None:
    shifts = facts.shifts if facts.is_working else ()
    _refuse(
        *problems_of_day("day", facts.day),
        *problems_of_name(facts.name),
        *problems_of_length("legal_basis", facts.legal_basis),
        *problems_of_shifts(shifts, "day_opening"),
        *_day_twice(work, row, facts),
        *_without_hours(facts),
    )
    row.unit_id, row.day, row.is_working = facts.unit_id, facts.day, facts.is_working
    row.shifts = as_kept(shifts) if shifts else None
    row.name, row.legal_basis = facts.name.strip(), facts.legal_basis.strip()
    enter(work.session, row)


def _twice(work: UnitOfWork, row: HoursTable, facts: TableFacts) -> Iterable[FieldProblem]:
    same = select(HoursTable.id).where(
        HoursTable.unit_id.is_not_distinct_from(facts.unit_id),
        HoursTable.kind == facts.kind,
        HoursTable.first_day == facts.first_day,
    )
    if any(table_id != row.id for table_id in work.session.scalars(same)):
        params = {"day": as_day(facts.first_day)}
        yield FieldProblem(name="first_day", code="exists", message=TABLE_TWICE, params=params)


def _day_twice(work: UnitOfWork, row: UnitDay, facts: UnitDayFacts) -> Iterable[FieldProblem]:
    same = select(UnitDay.id, UnitDay.name).where(UnitDay.unit_id == facts.unit_id, UnitDay.day == facts.day)
    for unit_day_id, name in work.session.execute(same):
        if unit_day_id != row.id:
            params = {"day": as_day(facts.day), "name": name}
            yield FieldProblem(name="day", code="exists", message=DAY_TWICE, params=params)


def _without_hours(facts: UnitDayFacts) -> Iterable[FieldProblem]:
    if facts.is_working and not facts.shifts:
        yield FieldProblem(name="day_opening", code="required", message=NO_HOURS)


def _require_as_seen(before: TableFacts | UnitDayFacts, facts: TableFacts | UnitDayFacts, seen: str) -> None:
    if mark_of(before) != seen and before != facts:
        raise CorrectedMeanwhile(now=before)


def _refuse(*problems: FieldProblem) -> None:
    if problems:
        raise InvalidHours(problems)
