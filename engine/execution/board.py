"""The manager's board: what runs, is at risk, is late, stands still, and was done; and where it hurts now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, case, func, or_, select
from sqlalchemy.orm import Session

from engine.base.alphabet import in_alphabet
from engine.base.paging import PAGE_SIZE
from engine.base.unit_of_work import Reading
from engine.definitions.model import ProcessDefinition
from engine.execution.model import Incident, Instance, InstanceState
from engine.execution.standing import RUNNING, Standing, holder_is_away, lacks_performer, presses, stands
from engine.execution.visibility import visible
from engine.organisation.model import Employee, Unit
from engine.worklist.model import WorkItem, WorkItemState
from engine.worklist.queries import pools


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardLine:
    """One procedure on the manager's board."""

    definition_id: int
    key: str
    name: str
    running: int
    at_risk: int
    late: int
    on_track: int
    stopped: int
    done_this_month: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitLine:
    """The cases of one unit on the board; those without a unit stand together."""

    unit_id: int | None
    name: str | None
    running: int
    at_risk: int
    late: int
    on_track: int
    stopped: int
    done_this_month: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PressingLine:
    """An open step that is late, at risk or nobody's; `pool` names the positions in whose queue it lies."""

    work_item_id: int
    instance_id: int
    number: str
    case_title: str
    procedure: str
    title: str
    unit_name: str | None
    assignee_name: str | None
    is_nobodys: bool
    is_away: bool
    risk_at: datetime | None
    due_at: datetime | None
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


def board(reading: Reading, month_start: datetime) -> tuple[BoardLine, ...]:
    """Each procedure with what runs, is at risk, is late, and was done since `month_start`, for what the actor sees."""
    columns = (
        ProcessDefinition.id.label("definition_id"),
        ProcessDefinition.key,
        ProcessDefinition.name,
    )
    query = (
        select(*columns, *_counts(reading.now, month_start))
        .join(Instance, Instance.definition_id == ProcessDefinition.id)
        .where(visible(reading), _counted(reading.now, month_start))
        .group_by(ProcessDefinition.id, ProcessDefinition.key, ProcessDefinition.name)
        .order_by(in_alphabet(ProcessDefinition.name))
    )
    return tuple(BoardLine(**row._mapping) for row in reading.session.execute(query))


def board_by_unit(reading: Reading, month_start: datetime) -> tuple[UnitLine, ...]:
    """The same numbers by the unit of the case, in the order of the office."""
    query = (
        select(Unit.id.label("unit_id"), Unit.name, *_counts(reading.now, month_start))
        .select_from(Instance)
        .outerjoin(Unit, Unit.id == Instance.unit_id)
        .where(visible(reading), _counted(reading.now, month_start))
        .group_by(Unit.id, Unit.name)
        .order_by(Unit.id)
    )
    return tuple(UnitLine(**row._mapping) for row in reading.session.execute(query))


def pressing(reading: Reading, limit: int = PAGE_SIZE) -> tuple[PressingLine, ...]:
    """The steps that someone must look at: nobody's first, then by due moment; also those whose holder is away."""
    nobodys, away = lacks_performer(), holder_is_away(reading.now.astimezone(reading.settings.zone).date())
    query = (
        select(
            WorkItem.id.label("work_item_id"),
            WorkItem.instance_id,
            Instance.number,
            Instance.title.label("case_title"),
            ProcessDefinition.name.label("procedure"),
            WorkItem.title,
            Unit.name.label("unit_name"),
            Employee.name.label("assignee_name"),
            nobodys.label("is_nobodys"),
            away.label("is_away"),
            WorkItem.risk_at,
            WorkItem.due_at,
        )
        .join(Instance, Instance.id == WorkItem.instance_id)
        .join(ProcessDefinition, ProcessDefinition.id == Instance.definition_id)
        .outerjoin(Unit, Unit.id == WorkItem.unit_id)
        .outerjoin(Employee, Employee.id == WorkItem.assignee_id)
        .where(WorkItem.state == WorkItemState.OPEN, or_(presses(reading.now), away), visible(reading))
        .order_by(case((nobodys, 0), else_=1), WorkItem.due_at.is_(None), WorkItem.due_at, WorkItem.id)
        .limit(limit)
    )
    rows = reading.session.execute(query).all()
    queues = pools(reading.session, [row.work_item_id for row in rows if row.assignee_name is None])
    return tuple(_pressing(row, queues.get(row.work_item_id, ())) for row in rows)


def stopped(reading: Reading, limit: int = PAGE_SIZE) -> tuple[StoppedLine, ...]:
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
        .where(Incident.resolved_at.is_(None), stands(Standing.STOPPED, reading.now), visible(reading))
        .group_by(Incident.instance_id, Instance.number, Instance.title, ProcessDefinition.name, Unit.name)
        .order_by("since", Incident.instance_id)
        .limit(limit)
    )
    return tuple(StoppedLine(**row._mapping) for row in reading.session.execute(query))


def _pressing(row: Row[*tuple[Any, ...]], pool: Sequence[str]) -> PressingLine:
    marks = {"is_nobodys": bool(row.is_nobodys), "is_away": bool(row.is_away)}
    return PressingLine(**{**row._mapping, **marks}, pool=tuple(pool))


def _counts(now: datetime, month_start: datetime) -> tuple[ColumnElement[int], ...]:
    return (
        _count(stands(Standing.RUNNING, now)).label("running"),
        _count(stands(Standing.AT_RISK, now)).label("at_risk"),
        _count(stands(Standing.LATE, now)).label("late"),
        _count(stands(Standing.ON_TRACK, now)).label("on_track"),
        _count(stands(Standing.STOPPED, now)).label("stopped"),
        _count(_done_since(month_start)).label("done_this_month"),
    )


def _counted(now: datetime, month_start: datetime) -> ColumnElement[bool]:
    return or_(stands(Standing.RUNNING, now), _done_since(month_start))


def _done_since(month_start: datetime) -> ColumnElement[bool]:
    return and_(Instance.state == InstanceState.COMPLETED, Instance.ended_at >= month_start)


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def running_by_version(session: Session, definition_id: int) -> dict[int, int]:
    """How many cases run on each version of a procedure."""
    query = (
        select(Instance.version_id, func.count())
        .where(Instance.definition_id == definition_id, Instance.state.in_(RUNNING))
        .group_by(Instance.version_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}
