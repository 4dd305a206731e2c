"""The steps behind a figure, page by page: the same conditions by which they were counted."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute

from engine.access.permissions import Permission, require
from engine.base.paging import PAGE_SIZE, Page, id_from_cursor, moment_and_id_from_cursor, page_of
from engine.base.unit_of_work import Reading
from engine.definitions.model import ProcessDefinition
from engine.execution.model import Instance
from engine.insight.counting import DONE_AT, WAS_DONE_AGAIN, WAS_MET, WAS_MISSED, was_done
from engine.insight.days import Days, moments
from engine.insight.open_now import OpenStanding, stands_open
from engine.insight.people import person_access
from engine.insight.within import OF_DONE, OF_OPEN, Within, matches, whole_reach
from engine.organisation.model import Employee, Unit
from engine.worklist.model import WorkItem


class Outcome(StrEnum):
    DONE = "done"
    MET = "met"
    MISSED = "missed"
    AGAIN = "again"


@dataclass(frozen=True, slots=True, kw_only=True)
class StepsWanted:
    """Steps done in a period, or, with a `standing`, steps that are open now.

    Open ones may be asked for by when they are due, and by when they came.
    """

    within: Within
    days: Days
    outcome: Outcome = Outcome.DONE
    standing: OpenStanding | None = None
    due_until: datetime | None = None
    opened_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    """`person` did it, or holds it; None while it lies in a queue."""

    work_item_id: int
    number: str
    case_title: str
    procedure: str
    title: str
    unit_id: int | None
    unit_name: str | None
    person: str | None
    opened_at: datetime
    risk_at: datetime | None
    due_at: datetime | None
    clock_stopped_at: datetime | None
    closed_at: datetime | None
    done_at: datetime | None
    was_missed: bool
    waited_minutes: int | None
    worked_minutes: int | None


def reach_for(reading: Reading, employee_id: int | None) -> Within:
    """What of the office the actor may look at, and for whose work; raises NotAllowed."""
    require(reading.actor, Permission.SEE_MONITORING)
    if employee_id is not None:
        require(reading.actor, Permission.SEE_PERSONS_FIGURES, person_access(reading, employee_id))
    return replace(whole_reach(reading), employee_id=employee_id)


def steps(reading: Reading, wanted: StepsWanted, cursor: str | None = None, size: int = PAGE_SIZE) -> Page[StepLine]:
    """Done ones with the latest first, open ones with the oldest first."""
    if wanted.standing is None:
        query = _done(reading, wanted).order_by(WorkItem.closed_at.desc(), WorkItem.id.desc())
        if cursor:
            moment, row_id = moment_and_id_from_cursor(cursor)
            earlier = or_(WorkItem.closed_at < moment, and_(WorkItem.closed_at == moment, WorkItem.id < row_id))
            query = query.where(earlier)
        return page_of(_lines(reading, query, size), size, lambda line: [_iso(line.closed_at), line.work_item_id])
    query = _open(reading, wanted).order_by(WorkItem.id)
    if cursor:
        query = query.where(WorkItem.id > id_from_cursor(cursor))
    return page_of(_lines(reading, query, size), size, lambda line: [line.work_item_id])


def _done(reading: Reading, wanted: StepsWanted) -> Select[*tuple[Any, ...]]:
    outcomes: dict[Outcome, ColumnElement[bool]] = {
        Outcome.DONE: true(),
        Outcome.MET: WAS_MET,
        Outcome.MISSED: WAS_MISSED,
        Outcome.AGAIN: WAS_DONE_AGAIN,
    }
    span = moments(wanted.days, reading.settings.zone)
    return _columns(WorkItem.closed_by_id).where(
        was_done(span), outcomes[wanted.outcome], matches(wanted.within, OF_DONE)
    )


def _open(reading: Reading, wanted: StepsWanted) -> Select[*tuple[Any, ...]]:
    query = _columns(WorkItem.assignee_id).where(
        stands_open(wanted.standing or OpenStanding.OPEN, reading), matches(wanted.within, OF_OPEN)
    )
    if wanted.due_until is not None:
        query = query.where(falls_due(reading.now, wanted.due_until))
    if wanted.opened_until is not None:
        query = query.where(WorkItem.opened_at <= wanted.opened_until)
    return query


def falls_due(now: datetime, until: datetime) -> ColumnElement[bool]:
    """From now on, not what is late already; and not while its clock stands still."""
    return and_(WorkItem.clock_stopped_at.is_(None), WorkItem.due_at > now, WorkItem.due_at <= until)


def _columns(person: InstrumentedAttribute[int | None]) -> Select[*tuple[Any, ...]]:
    return (
        select(
            WorkItem.id.label("work_item_id"),
            Instance.number,
            Instance.title.label("case_title"),
            ProcessDefinition.name.label("procedure"),
            WorkItem.title,
            WorkItem.unit_id,
            Unit.name.label("unit_name"),
            Employee.name.label("person"),
            WorkItem.opened_at,
            WorkItem.risk_at,
            WorkItem.due_at,
            WorkItem.clock_stopped_at,
            WorkItem.closed_at,
            WorkItem.done_at,
            and_(WorkItem.due_at.is_not(None), WorkItem.due_at < DONE_AT).label("was_missed"),
            WorkItem.waited_minutes,
            WorkItem.worked_minutes,
        )
        .join(Instance, Instance.id == WorkItem.instance_id)
        .join(ProcessDefinition, ProcessDefinition.id == WorkItem.definition_id)
        .outerjoin(Unit, Unit.id == WorkItem.unit_id)
        .outerjoin(Employee, Employee.id == person)
    )


def _lines(reading: Reading, query: Select[*tuple[Any, ...]], size: int) -> list[StepLine]:
    rows = reading.session.execute(query.limit(size + 1))
    return [StepLine(**{**row._mapping, "was_missed": bool(row.was_missed)}) for row in rows]


def _iso(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
