"""Where it hurts now: steps that are late, at risk or nobody's, and cases that a fault has stopped."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, case, func, or_, select, true, union_all

from engine.base.unit_of_work import Reading
from engine.definitions.model import ProcessDefinition
from engine.execution.model import Incident, Instance
from engine.execution.standing import RUNNING, Standing, holder_is_away, stands, waits_for_nobody
from engine.insight.cases_by import run_within
from engine.insight.open_now import IS_OPEN, OpenStanding, stands_open
from engine.insight.within import OF_CASES, OF_OPEN, Within, matches
from engine.organisation.model import Employee, Unit
from engine.worklist.model import WorkItem
from engine.worklist.queries import pools

MOST_LINES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class PressingLine:
    """An open step that is late, at risk or nobody's; `pool` names the positions in whose queue it lies."""

    work_item_id: int
    instance_id: int
    number: str
    case_title: str
    procedure: str
    title: str
    unit_id: int | None
    unit_name: str | None
    assignee_name: str | None
    is_nobodys: bool
    is_away: bool
    risk_at: datetime | None
    due_at: datetime | None
    clock_stopped_at: datetime | None
    pool: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoppedLine:
    """A case that a fault has stopped, and since when."""

    instance_id: int
    number: str
    case_title: str
    procedure: str
    unit_name: str | None
    since: datetime


def pressing(reading: Reading, within: Within, limit: int = MOST_LINES) -> tuple[PressingLine, ...]:
    """The steps that someone must look at: nobody's first, then by due moment; also those whose holder is away."""
    nobodys, away = waits_for_nobody(reading), holder_is_away(reading.today)
    presses = or_(*(stands_open(each, reading) for each in (OpenStanding.LATE, OpenStanding.AT_RISK)), away)
    by_due = (WorkItem.due_at.asc().nulls_last(), WorkItem.id)
    # First which, then what they are, by an index that has them in this order: of all the others little is read.
    ordered = select(WorkItem.id).where(IS_OPEN, concerns(within)).order_by(*by_due).limit(limit)
    firsts = [ordered.where(nobodys).subquery(), ordered.where(~nobodys, presses).subquery()]
    worst = union_all(*(select(first.c.id) for first in firsts))
    query = (
        select(
            WorkItem.id.label("work_item_id"),
            WorkItem.instance_id,
            Instance.number,
            Instance.title.label("case_title"),
            ProcessDefinition.name.label("procedure"),
            WorkItem.title,
            WorkItem.unit_id,
            Unit.name.label("unit_name"),
            Employee.name.label("assignee_name"),
            nobodys.label("is_nobodys"),
            away.label("is_away"),
            WorkItem.risk_at,
            WorkItem.due_at,
            WorkItem.clock_stopped_at,
        )
        .join(Instance, Instance.id == WorkItem.instance_id)
        .join(ProcessDefinition, ProcessDefinition.id == Instance.definition_id)
        .outerjoin(Unit, Unit.id == WorkItem.unit_id)
        .outerjoin(Employee, Employee.id == WorkItem.assignee_id)
        .where(WorkItem.id.in_(worst))
        .order_by(case((nobodys, 0), else_=1), *by_due)
        .limit(limit)
    )
    rows = reading.session.execute(query).all()
    queues = pools(reading.session, [row.work_item_id for row in rows if row.assignee_name is None])
    return tuple(_pressing(row, queues.get(row.work_item_id, ())) for row in rows)


def stopped(reading: Reading, within: Within, limit: int = MOST_LINES) -> tuple[StoppedLine, ...]:
    """The cases that go on only when an administrator has mended them, the longest first."""
    query = (
        select(
            Incident.instance_id,
            Instance.number,
            Instance.title.label("case_title"),
            ProcessDefinition.name.label("procedure"),
            Unit.name.label("unit_name"),
            func.min(Incident.opened_at).label("since"),
        )
        .join(Instance, Instance.id == Incident.instance_id)
        .join(ProcessDefinition, ProcessDefinition.id == Instance.definition_id)
        .outerjoin(Unit, Unit.id == Instance.unit_id)
        .where(Incident.resolved_at.is_(None), stands(Standing.STOPPED, reading), run_within(within))
        .group_by(Incident.instance_id, Instance.number, Instance.title, ProcessDefinition.name, Unit.name)
        .order_by("since", Incident.instance_id)
        .limit(limit)
    )
    return tuple(StoppedLine(**row._mapping) for row in reading.session.execute(query))


def concerns(within: Within) -> ColumnElement[bool]:
    """Open steps that wait in these units, and those of their cases that wait elsewhere."""
    if within.units is None:
        return true()
    theirs = select(Instance.id).where(Instance.state.in_(RUNNING), matches(within, OF_CASES))
    return or_(matches(within, OF_OPEN), WorkItem.instance_id.in_(theirs))


def _pressing(row: Row[*tuple[Any, ...]], pool: tuple[str, ...]) -> PressingLine:
    marks = {"is_nobodys": bool(row.is_nobodys), "is_away": bool(row.is_away)}
    return PressingLine(**{**row._mapping, **marks}, pool=tuple(pool))
