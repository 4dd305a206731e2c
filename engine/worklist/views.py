"""The views of an inbox, as criteria for SQL: what waits for her, what is late, what she has done."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    SQLColumnExpression,
    String,
    and_,
    exists,
    false,
    func,
    literal,
    not_,
    or_,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import aliased

from engine.access.queries import led_units
from engine.base.unit_of_work import Reading
from engine.organisation.principals import Principal
from engine.organisation.queries import position_ids_held
from engine.worklist.behalf import on_behalf_of, principals_for
from engine.worklist.model import Candidate, WorkItem, WorkItemState
from engine.worklist.standing import is_late

# Written out, so that the database sees which of its partial indexes it may use.
IS_OPEN = WorkItem.state == literal(WorkItemState.OPEN.value, String, literal_execute=True)


class View(StrEnum):
    MINE = "mine"
    POOL = "pool"
    BEHALF = "behalf"
    LATE = "late"
    TODAY = "today"
    UNIT = "unit"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Whose inbox: the employee, the positions that she holds today, the units that she leads, and her clock.

    `principals` are those on whose behalf she acts now.
    """

    employee_id: int
    position_ids: frozenset[int]
    unit_ids: frozenset[int] = frozenset()
    principals: tuple[Principal, ...] = ()
    zone: tzinfo = UTC


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A local day as two instants; it ends where the next one starts."""

    starts_at: datetime
    ends_at: datetime


def reader_of(reading: Reading) -> Reader | None:
    """Whose inbox; None for an account without an employee."""
    employee_id = reading.actor.employee_id
    if employee_id is None:
        return None
    today = reading.today
    return Reader(
        employee_id=employee_id,
        position_ids=position_ids_held(reading.session, employee_id, today),
        unit_ids=led_units(reading.session, reading.actor, today),
        principals=principals_for(reading),
        zone=reading.settings.zone,
    )


def local_day(moment: datetime, zone: tzinfo, later: int = 0) -> Day:
    """The day of a moment, or one so many days later."""
    on = moment.astimezone(zone).date() + timedelta(days=later)
    starts, ends = (datetime.combine(day, time(), zone).astimezone(UTC) for day in (on, on + timedelta(days=1)))
    return Day(starts_at=starts, ends_at=ends)


def views_of(reader: Reader) -> tuple[View, ...]:
    """Those that can hold anything for her."""
    absent = {View.BEHALF: not reader.principals, View.UNIT: not reader.unit_ids}
    return tuple(view for view in View if not absent.get(view, False))


def in_view(reader: Reader, view: View, now: datetime) -> ColumnElement[bool]:
    match view:
        case View.MINE:
            return and_(IS_OPEN, WorkItem.assignee_id == reader.employee_id)
        case View.POOL:
            is_hers = and_(candidate_for(reader), not_(did_the_other_step(reader.employee_id)))
            return and_(IS_OPEN, WorkItem.assignee_id.is_(None), is_hers)
        case View.BEHALF:  # what lies in a pool of hers as well she does in her own name
            in_own_name = and_(WorkItem.assignee_id.is_(None), candidate_for(reader))
            return and_(on_behalf_of(reader.principals), not_(in_own_name))
        case View.LATE:
            return and_(within_reach(reader, now), is_late(now))
        case View.TODAY:
            return and_(within_reach(reader, now), is_due_on(WorkItem.due_at, local_day(now, reader.zone)))
        case View.UNIT:
            return and_(IS_OPEN, WorkItem.unit_id.in_(reader.unit_ids)) if reader.unit_ids else false()
        case View.DONE:
            return and_(WorkItem.state == WorkItemState.COMPLETED, WorkItem.closed_by_id == reader.employee_id)


def is_due_on(due_at: SQLColumnExpression[Any], day: Day) -> ColumnElement[bool]:
    return and_(due_at >= day.starts_at, due_at < day.ends_at)


def candidate_for(reader: Reader) -> ColumnElement[bool]:
    """True for items that the reader may claim by a position of today, or was named for."""
    return exists().where(
        Candidate.work_item_id == WorkItem.id,
        or_(Candidate.employee_id == reader.employee_id, Candidate.position_id.in_(reader.position_ids)),
    )


def did_the_other_step(employee_id: int) -> ColumnElement[bool]:
    """True for items of a pair that two people must do, where she did the other one: nothing for her to take."""
    done, differs_from = aliased(WorkItem), type_coerce(WorkItem.differs_from, String)
    named = literal('"') + done.element + literal('"')
    return and_(
        differs_from.is_not(None),
        type_coerce(WorkItem.four_eyes_waiver, String).is_(None),
        exists().where(
            done.instance_id == WorkItem.instance_id,
            done.state == WorkItemState.COMPLETED,
            or_(done.closed_by_id == employee_id, done.closed_for_id == employee_id),
            func.replace(differs_from, named, "") != differs_from,
        ),
    )


def within_reach(reader: Reader, now: datetime) -> ColumnElement[bool]:
    """Hers or in her pool. Two lists put together, for which each has its index; an OR would read all that is open."""
    ids = (select(WorkItem.id).where(in_view(reader, view, now)) for view in (View.MINE, View.POOL))
    return WorkItem.id.in_(union_all(*ids))
