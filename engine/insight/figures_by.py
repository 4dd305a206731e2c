"""What was done in a period and what is open now, by unit, procedure, step or person."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, func, select, true
from sqlalchemy.orm import Session

from engine.base.unit_of_work import Reading
from engine.definitions.model import ProcessDefinition
from engine.insight.counting import STEP_COUNTS, total
from engine.insight.days import Days, monday_of, mondays
from engine.insight.open_now import OPEN_COUNTS, open_counts
from engine.insight.people import whose_figures
from engine.insight.sources import case_rows, step_rows
from engine.insight.within import OF_OPEN, Facets, Within
from engine.organisation.model import Employee, Unit

Key = tuple[Any, ...]


class By(StrEnum):
    UNIT = "unit"
    PROCEDURE = "procedure"
    STEP = "step"
    PERSON = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Of the steps that were done in a period, and of those that are open now; minutes are of working time."""

    done: int = 0
    met: int = 0
    missed: int = 0
    returned: int = 0
    waited_minutes: int = 0
    worked_minutes: int = 0
    stopped_minutes: int = 0
    norm_minutes: int = 0
    open: int = 0
    late: int = 0
    at_risk: int = 0
    unclaimed: int = 0

    @property
    def met_share(self) -> float | None:
        """Of those with a standard time; None when none had one."""
        timed = self.met + self.missed
        return self.met / timed if timed else None


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureLine:
    """`name` is None for what belongs to no unit, or was done by nobody who is known."""

    name: str | None
    figures: Figures
    unit_id: int | None = None
    definition_id: int | None = None
    procedure_key: str | None = None
    procedure: str | None = None
    element: str | None = None
    employee_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekLine:
    monday: date
    done: int
    met: int
    missed: int
    returned: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseTotals:
    started: int
    completed: int
    cancelled: int
    met: int
    missed: int
    elapsed_minutes: int


def totals(reading: Reading, days: Days, within: Within) -> Figures:
    """Of all together."""
    rows = step_rows(reading, days, within)
    done = reading.session.execute(select(*(total(rows.c[name]).label(name) for name in STEP_COUNTS))).one()
    now = reading.session.execute(open_counts(reading, within)).one()
    return Figures(**_numbers(done._mapping, STEP_COUNTS), **_numbers(now._mapping, OPEN_COUNTS))


def together(lines: Iterable[FigureLine]) -> Figures:
    """The sum of the lines."""
    found = [line.figures for line in lines]
    return Figures(**{name: sum(getattr(each, name) for each in found) for name in Figures.__dataclass_fields__})


def case_totals(reading: Reading, days: Days, within: Within) -> CaseTotals:
    rows = case_rows(reading, days, within)
    names = tuple(CaseTotals.__dataclass_fields__)
    found = reading.session.execute(select(*(total(rows.c[name]).label(name) for name in names))).one()
    return CaseTotals(**_numbers(found._mapping, names))


def figures_by(reading: Reading, days: Days, within: Within, by: By) -> tuple[FigureLine, ...]:
    """Where most is late stands first; whoever has nothing at all is left out."""
    rows = step_rows(reading, days, within)
    shown = whose_figures(reading)
    done = _by_key(reading.session, _done_by(rows.c, by, shown), by)
    now = _by_key(reading.session, _open_by(reading, within, by, shown), by)
    titles = {key: row["title"] for found in (now, done) for key, row in found.items()}
    names = _names(reading.session, by, list(titles))
    lines = (
        _line(by, key, titles[key], names, Figures(**_taken(done.get(key)), **_taken(now.get(key)))) for key in titles
    )
    return tuple(sorted(lines, key=_most_late_first))


def weeks(reading: Reading, days: Days, within: Within) -> tuple[WeekLine, ...]:
    """Each week that has one of these days, also those in which nothing was done."""
    rows = step_rows(reading, days, within)
    names = ("done", "met", "missed", "returned")
    query = select(rows.c.day, *(total(rows.c[name]).label(name) for name in names)).group_by(rows.c.day)
    sums = {monday: dict.fromkeys(names, 0) for monday in mondays(days)}
    for row in reading.session.execute(query):
        week = sums[monday_of(row.day)]
        for name in names:
            week[name] += int(row._mapping[name])
    return tuple(WeekLine(monday=monday, **week) for monday, week in sums.items())


def _done_by(columns: Any, by: By, shown: ColumnElement[bool]) -> Any:
    facets = Facets(columns.unit_id, columns.definition_id, columns.element, columns.employee_id)
    keys = _keys(facets, by)
    counts = (total(columns[name]).label(name) for name in STEP_COUNTS)
    query = select(*keys, func.max(columns.title).label("title"), *counts)
    return query.where(_may_be_seen(facets, by, shown)).group_by(*keys)


def _open_by(reading: Reading, within: Within, by: By, shown: ColumnElement[bool]) -> Any:
    return open_counts(reading, within, *_keys(OF_OPEN, by)).where(_may_be_seen(OF_OPEN, by, shown))


def _may_be_seen(facets: Facets, by: By, shown: ColumnElement[bool]) -> ColumnElement[bool]:
    return facets.employee.in_(select(Employee.id).where(shown)) if by is By.PERSON else true()


def _keys(facets: Facets, by: By) -> Sequence[ColumnElement[Any]]:
    return {
        By.UNIT: (facets.unit,),
        By.PROCEDURE: (facets.definition,),
        By.STEP: (facets.definition, facets.element),
        By.PERSON: (facets.employee,),
    }[by]


def _by_key(session: Session, query: Any, by: By) -> dict[Key, RowMapping]:
    length = len(_keys(OF_OPEN, by))
    return {tuple(row[:length]): row._mapping for row in session.execute(query)}


def _taken(row: RowMapping | None) -> dict[str, int]:
    names = (*STEP_COUNTS, *OPEN_COUNTS)
    return {} if row is None else {name: int(row[name]) for name in names if name in row}


def _numbers(row: RowMapping, names: Sequence[str]) -> dict[str, int]:
    return {name: int(row[name]) for name in names}


def _names(session: Session, by: By, keys: Sequence[Key]) -> Mapping[int, Any]:
    """What the ids of the keys are called, in one statement."""
    ids = [key[0] for key in keys if key[0] is not None]
    if by is By.UNIT:
        return {row.id: row.name for row in session.execute(select(Unit.id, Unit.name).where(Unit.id.in_(ids)))}
    if by is By.PERSON:
        people = select(Employee.id, Employee.name).where(Employee.id.in_(ids))
        return {row.id: row.name for row in session.execute(people)}
    columns = (ProcessDefinition.id, ProcessDefinition.key, ProcessDefinition.name)
    return {row.id: row for row in session.execute(select(*columns).where(ProcessDefinition.id.in_(ids)))}


def _line(by: By, key: Key, title: str, names: Mapping[int, Any], figures: Figures) -> FigureLine:
    found = names.get(key[0])
    if by is By.UNIT:
        return FigureLine(name=found, unit_id=key[0], figures=figures)
    if by is By.PERSON:
        return FigureLine(name=found, employee_id=key[0], figures=figures)
    known = {"definition_id": key[0], "procedure_key": found and found.key, "procedure": found and found.name}
    if by is By.PROCEDURE:
        return FigureLine(name=found and found.name, figures=figures, **known)
    return FigureLine(name=title, element=key[1], figures=figures, **known)


def _most_late_first(line: FigureLine) -> tuple[int, int, int, str, str]:
    found = line.figures
    return -found.late, -found.missed, -(found.done + found.open), line.name or "", line.element or ""
