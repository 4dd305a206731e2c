"""Inboxes, as people read them: late first, then by due moment; paged by key."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select, union_all
from sqlalchemy.orm import Session

from engine.base.paging import PAGE_SIZE, Page, moment_and_id_from_cursor, page_of
from engine.base.unit_of_work import Reading
from engine.organisation.model import Employee, Position, Unit
from engine.organisation.queries import position_ids_held
from engine.worklist.errors import WorkItemNotFound
from engine.worklist.mentions import mentions_in
from engine.worklist.model import Candidate, Comment, WorkItem, WorkItemState

# Before calls led to other files, the id of an element was enough.
NODE = func.coalesce(func.nullif(WorkItem.node, ""), WorkItem.element).label("node")
NEVER = datetime.fromisoformat("9999-01-01T00:00:00+00:00")


class View(StrEnum):
    MINE = "mine"
    POOL = "pool"
    LATE = "late"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Whose inbox: the employee and the positions that she holds today."""

    employee_id: int
    position_ids: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxLine:
    work_item_id: int
    instance_id: int
    title: str
    element: str
    node: str
    came_from: str | None
    opened_at: datetime
    risk_at: datetime | None
    due_at: datetime | None
    closed_at: datetime | None
    assignee_id: int | None
    assignee_name: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemDetail:
    """One item with what its page shows besides the case."""

    work_item_id: int
    instance_id: int
    activity_id: int
    element: str
    node: str
    title: str
    state: WorkItemState
    unit_name: str | None
    assignee_id: int | None
    assignee_name: str | None
    assignment_reason: Mapping[str, Any]
    came_from: str | None
    opened_at: datetime
    claimed_at: datetime | None
    risk_at: datetime | None
    due_at: datetime | None
    overdue_at: datetime | None
    closed_at: datetime | None
    closed_by_name: str | None
    draft: Mapping[str, Any] | None
    answers: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentLine:
    text: str
    written_at: datetime
    written_by: str
    mentioned: tuple[str, ...] = ()


def reader_of(reading: Reading) -> Reader | None:
    """Whose inbox; None for an account without an employee."""
    employee_id = reading.actor.employee_id
    if employee_id is None:
        return None
    today = reading.now.astimezone(reading.settings.zone).date()
    return Reader(employee_id=employee_id, position_ids=position_ids_held(reading.session, employee_id, today))


def inbox(
    session: Session, reader: Reader, view: View, now: datetime, cursor: str | None = None, size: int = PAGE_SIZE
) -> Page[InboxLine]:
    """One page of a view. Open work stands by due moment (so late work leads); done work newest first."""
    query = _lines().where(_in_view(reader, view, now))
    if view is View.DONE:
        return _by_moment_of_closing(session, query, cursor, size)
    due = func.coalesce(WorkItem.due_at, NEVER)
    if cursor:
        moment, item_id = moment_and_id_from_cursor(cursor)
        query = query.where(or_(due > moment, and_(due == moment, WorkItem.id > item_id)))
    rows = session.execute(query.order_by(due, WorkItem.id).limit(size + 1))
    lines = [InboxLine(**row._mapping) for row in rows]
    return page_of(lines, size, lambda line: [(line.due_at or NEVER).isoformat(), line.work_item_id])


def counts(session: Session, reader: Reader, now: datetime) -> dict[View, int]:
    """How many open items each view has, in one statement; done work is not counted."""
    is_of_view = {
        View.MINE: WorkItem.assignee_id == reader.employee_id,
        View.POOL: WorkItem.assignee_id.is_(None),
        View.LATE: WorkItem.due_at < now,
    }
    columns = [func.coalesce(func.sum(case((is_so, 1), else_=0)), 0) for is_so in is_of_view.values()]
    row = session.execute(select(*columns).where(_within_reach(reader))).one()
    return dict(zip(is_of_view, (int(value) for value in row), strict=True))


def item_detail(session: Session, work_item_id: int) -> ItemDetail:
    row = session.execute(
        select(WorkItem, Employee.name, Unit.name)
        .outerjoin(Employee, Employee.id == WorkItem.assignee_id)
        .outerjoin(Unit, Unit.id == WorkItem.unit_id)
        .where(WorkItem.id == work_item_id)
    ).one_or_none()
    if row is None:
        raise WorkItemNotFound
    item, assignee_name, unit_name = row
    return ItemDetail(
        work_item_id=item.id,
        instance_id=item.instance_id,
        activity_id=item.activity_id,
        element=item.element,
        node=item.node or item.element,
        title=item.title,
        state=WorkItemState(item.state),
        unit_name=unit_name,
        assignee_id=item.assignee_id,
        assignee_name=assignee_name,
        assignment_reason=item.assignment_reason,
        came_from=item.came_from,
        opened_at=item.opened_at,
        claimed_at=item.claimed_at,
        risk_at=item.risk_at,
        due_at=item.due_at,
        overdue_at=item.overdue_at,
        closed_at=item.closed_at,
        closed_by_name=item.closed_by_name,
        draft=item.draft,
        answers=item.answers,
    )


def inbox_line(session: Session, work_item_id: int) -> InboxLine:
    """One item as a line of an inbox; raises WorkItemNotFound."""
    row = session.execute(_lines().where(WorkItem.id == work_item_id)).one_or_none()
    if row is None:
        raise WorkItemNotFound
    return InboxLine(**row._mapping)


def open_items_of_case(session: Session, instance_id: int) -> tuple[InboxLine, ...]:
    """Where a case waits and for whom."""
    query = _lines().where(WorkItem.instance_id == instance_id, WorkItem.state == WorkItemState.OPEN)
    return tuple(InboxLine(**row._mapping) for row in session.execute(query.order_by(WorkItem.id)))


def pool_names(session: Session, work_item_id: int) -> tuple[str, ...]:
    """What may claim an item, in words: titles of positions and names of people."""
    query = (
        select(Position.title, Employee.name)
        .select_from(Candidate)
        .outerjoin(Position, Position.id == Candidate.position_id)
        .outerjoin(Employee, Employee.id == Candidate.employee_id)
        .where(Candidate.work_item_id == work_item_id)
        .order_by(Candidate.id)
    )
    return tuple(dict.fromkeys(title or name for title, name in session.execute(query) if title or name))


def pools(session: Session, work_item_ids: Collection[int]) -> dict[int, tuple[str, ...]]:
    """What `pool_names` says, for many items in one statement; an item that nobody may claim is not among them."""
    query = (
        select(Candidate.work_item_id, Position.title, Employee.name)
        .outerjoin(Position, Position.id == Candidate.position_id)
        .outerjoin(Employee, Employee.id == Candidate.employee_id)
        .where(Candidate.work_item_id.in_(work_item_ids))
        .order_by(Candidate.id)
    )
    names: dict[int, list[str]] = {}
    for work_item_id, title, name in session.execute(query):
        names.setdefault(work_item_id, []).append(title or name)
    return {work_item_id: tuple(dict.fromkeys(found)) for work_item_id, found in names.items()}


def comments_of_case(session: Session, instance_id: int) -> tuple[CommentLine, ...]:
    query = select(Comment).where(Comment.instance_id == instance_id).order_by(Comment.id)
    rows = session.scalars(query).all()
    mentioned = mentions_in(session, [row.id for row in rows]) if rows else {}
    return tuple(
        CommentLine(
            text=row.text,
            written_at=row.written_at,
            written_by=row.written_by,
            mentioned=mentioned.get(row.id, ()),
        )
        for row in rows
    )


def candidate_for(reader: Reader) -> ColumnElement[bool]:
    """True for items that the reader may claim by a position of today, or was named for."""
    return exists().where(
        Candidate.work_item_id == WorkItem.id,
        or_(Candidate.employee_id == reader.employee_id, Candidate.position_id.in_(reader.position_ids)),
    )


def _lines() -> Select[*tuple[Any, ...]]:
    return select(
        WorkItem.id.label("work_item_id"),
        WorkItem.instance_id,
        WorkItem.title,
        WorkItem.element,
        NODE,
        WorkItem.came_from,
        WorkItem.opened_at,
        WorkItem.risk_at,
        WorkItem.due_at,
        WorkItem.closed_at,
        WorkItem.assignee_id,
        Employee.name.label("assignee_name"),
    ).outerjoin(Employee, Employee.id == WorkItem.assignee_id)


def _in_view(reader: Reader, view: View, now: datetime) -> ColumnElement[bool]:
    is_open = WorkItem.state == WorkItemState.OPEN
    match view:
        case View.MINE:
            return and_(is_open, WorkItem.assignee_id == reader.employee_id)
        case View.POOL:
            return and_(is_open, WorkItem.assignee_id.is_(None), candidate_for(reader))
        case View.LATE:
            return and_(_within_reach(reader), WorkItem.due_at < now)
        case View.DONE:
            return and_(WorkItem.state == WorkItemState.COMPLETED, WorkItem.closed_by_id == reader.employee_id)


def _within_reach(reader: Reader) -> ColumnElement[bool]:
    """Hers or in her pool. Two lists put together, for which each has its index; an OR would read all that is open."""
    ids = (select(WorkItem.id).where(_in_view(reader, view, NEVER)) for view in (View.MINE, View.POOL))
    return WorkItem.id.in_(union_all(*ids))


def _by_moment_of_closing(
    session: Session, query: Select[*tuple[Any, ...]], cursor: str | None, size: int
) -> Page[InboxLine]:
    if cursor:
        moment, item_id = moment_and_id_from_cursor(cursor)
        query = query.where(or_(WorkItem.closed_at < moment, and_(WorkItem.closed_at == moment, WorkItem.id < item_id)))
    rows = session.execute(query.order_by(WorkItem.closed_at.desc(), WorkItem.id.desc()).limit(size + 1))
    lines = [InboxLine(**row._mapping) for row in rows]
    return page_of(lines, size, lambda line: [(line.closed_at or NEVER).isoformat(), line.work_item_id])
