"""How the running cases stand now, and what became of those of a period, by unit and by procedure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, RowMapping, and_, case, func, or_, select, true

from engine.base.unit_of_work import Reading
from engine.definitions.model import ProcessDefinition
from engine.execution.model import Instance
from engine.execution.standing import Standing, has_become_late, has_come_at_risk, stands, stands_by
from engine.insight.counting import CASE_MET, CASE_MISSED, has_ended, has_started, total
from engine.insight.days import Days, moments
from engine.insight.open_now import IS_OPEN
from engine.insight.sources import case_rows
from engine.insight.within import OF_CASES, Within, matches
from engine.organisation.model import Unit
from engine.worklist.model import WorkItem

STANDINGS = (Standing.LATE, Standing.AT_RISK, Standing.STOPPED, Standing.ON_TRACK, Standing.RUNNING)
ENDED = ("started", "completed", "met", "missed")
Place = tuple[int | None, int]
Key = TypeVar("Key")


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseCounts:
    """`late` … `running` are as of now, the others of the period."""

    late: int = 0
    at_risk: int = 0
    stopped: int = 0
    on_track: int = 0
    running: int = 0
    started: int = 0
    completed: int = 0
    met: int = 0
    missed: int = 0

    def __add__(self, other: "CaseCounts") -> "CaseCounts":
        return CaseCounts(**{name: getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__})


CountsByPlace = Mapping[Place, CaseCounts]


@dataclass(frozen=True, slots=True, kw_only=True)
class CasesOfUnit:
    """`unit_id` and `name` are None for the cases that belong to no unit."""

    unit_id: int | None
    name: str | None
    counts: CaseCounts


@dataclass(frozen=True, slots=True, kw_only=True)
class CasesOfProcedure:
    definition_id: int
    key: str
    name: str
    counts: CaseCounts


def case_counts(reading: Reading, days: Days, within: Within) -> CountsByPlace:
    """By unit and procedure, so that the tables by either are of one look."""
    queries = (_running(reading, within), _ended(reading, days, within))
    rows = (row._mapping for query in queries for row in reading.session.execute(query))
    return _together(((row["unit_id"], row["definition_id"]), CaseCounts(**_numbers(row))) for row in rows)


def cases_by_unit(reading: Reading, counted: CountsByPlace) -> tuple[CasesOfUnit, ...]:
    """In the order of the office; those without a unit last."""
    counts = _together((unit_id, found) for (unit_id, _definition_id), found in counted.items())
    query = select(Unit.id, Unit.name).where(Unit.id.in_([key for key in counts if key is not None]))
    lines = [
        CasesOfUnit(unit_id=row.id, name=row.name, counts=counts[row.id])
        for row in reading.session.execute(query.order_by(Unit.id))
    ]
    homeless = [CasesOfUnit(unit_id=None, name=None, counts=counts[None])] if None in counts else []
    return (*lines, *homeless)


def cases_by_procedure(reading: Reading, counted: CountsByPlace) -> tuple[CasesOfProcedure, ...]:
    """By name."""
    counts = _together((definition_id, found) for (_unit_id, definition_id), found in counted.items())
    columns = (ProcessDefinition.id.label("definition_id"), ProcessDefinition.key, ProcessDefinition.name)
    query = select(*columns).where(ProcessDefinition.id.in_(list(counts))).order_by(ProcessDefinition.name)
    return tuple(
        CasesOfProcedure(**row._mapping, counts=counts[row.definition_id]) for row in reading.session.execute(query)
    )


def kept_deadline(is_met: bool) -> ColumnElement[bool]:
    """The cases that kept their deadline, or those that missed it."""
    return CASE_MET if is_met else CASE_MISSED


def cases_within(reading: Reading, within: Within, started: Days | None, ended: Days | None) -> ColumnElement[bool]:
    """The cases behind a figure of these days."""
    zone = reading.settings.zone
    return and_(
        matches(within, OF_CASES) if started or ended else run_within(within),
        has_started(moments(started, zone)) if started else true(),
        has_ended(moments(ended, zone)) if ended else true(),
    )


def run_within(within: Within) -> ColumnElement[bool]:
    """Running cases of these units, and those of others of which a step waits in them."""
    if within.units is None:
        return matches(within, OF_CASES)
    waiting = select(WorkItem.instance_id).where(IS_OPEN, WorkItem.unit_id.in_(within.units))
    theirs = or_(Instance.unit_id.in_(within.units), Instance.id.in_(waiting))
    return and_(theirs, matches(replace(within, units=None), OF_CASES))


def _together(counts: Iterable[tuple[Key, CaseCounts]]) -> dict[Key, CaseCounts]:
    found: dict[Key, CaseCounts] = {}
    for key, each in counts:
        found[key] = found.get(key, CaseCounts()) + each
    return found


def _running(reading: Reading, within: Within) -> Any:
    """How each case stands is found out once, and then counted."""
    standings = (has_become_late(reading.now).label("late"), has_come_at_risk(reading.now).label("at_risk"))
    cases = (
        select(Instance.unit_id, Instance.definition_id, Instance.state, *standings, func.count().label("number"))
        .where(stands(Standing.RUNNING, reading), run_within(within))
        .group_by(Instance.unit_id, Instance.definition_id, Instance.state, "late", "at_risk")
        .subquery("cases")
    )
    counts = (
        total(case((stands_by(each, cases.c.state, cases.c.late, cases.c.at_risk), cases.c.number), else_=0))
        for each in STANDINGS
    )
    labelled = (counted.label(each.value) for each, counted in zip(STANDINGS, counts, strict=True))
    return _by_place(cases.c, labelled)


def _ended(reading: Reading, days: Days, within: Within) -> Any:
    rows = case_rows(reading, days, within)
    return _by_place(rows.c, (total(rows.c[name]).label(name) for name in ENDED))


def _by_place(columns: Any, counts: Iterable[Any]) -> Any:
    place = (columns.unit_id, columns.definition_id)
    return select(*place, *counts).group_by(*place)


def _numbers(row: RowMapping) -> dict[str, int]:
    return {name: int(value) for name, value in row.items() if name in CaseCounts.__dataclass_fields__}
