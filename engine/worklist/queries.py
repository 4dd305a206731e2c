"""Items as lines and in detail, who may take them, and what was said about their cases."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import Session

from engine.organisation.model import Employee, Position, Unit
from engine.worklist.errors import WorkItemNotFound
from engine.worklist.mentions import mentions_in
from engine.worklist.model import Candidate, Comment, WorkItem, WorkItemState

# Before calls led to other files, the id of an element was enough.
NODE = func.coalesce(func.nullif(WorkItem.node, ""), WorkItem.element).label("node")


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
    clock_stopped_at: datetime | None
    claimed_at: datetime | None
    closed_at: datetime | None
    done_at: datetime | None
    is_returned: bool
    priority: int
    follow_up_on: date | None
    unit_id: int | None
    has_queue: bool
    assignee_id: int | None
    assignee_name: str | None
    assignment_reason: Mapping[str, Any]

    @property
    def handed_by(self) -> str | None:
        """Who gave it to its holder, if a person did."""
        by = (self.assignment_reason or {}).get("params", {}).get("by")
        return None if by is None else str(by)


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
    unit_id: int | None
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
    clock_stopped_at: datetime | None
    closed_at: datetime | None
    closed_by_id: int | None
    closed_by_name: str | None
    closed_for_name: str | None
    done_at: datetime | None
    differs_from: tuple[str, ...]
    four_eyes_waiver: Mapping[str, Any] | None
    is_strategic: bool
    is_returned: bool
    priority: int
    follow_up_on: date | None
    draft: Mapping[str, Any] | None
    answers: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentLine:
    text: str
    written_at: datetime
    written_by: str
    mentioned: tuple[str, ...] = ()


def item_detail(session: Session, work_item_id: int) -> ItemDetail:
    row = session.execute(
        select(WorkItem, Employee.name, Unit.name)
        .outerjoin(Employee, Employee.id == WorkItem.assignee_id)
        .outerjoin(Unit, Unit.id == WorkItem.unit_id)
        .where(WorkItem.id == work_item_id)
    ).one_or_none()
    if row is None:
        raise WorkItemNotFound
    return _detail(*row)


def _detail(item: WorkItem, assignee_name: str | None, unit_name: str | None) -> ItemDetail:
    return ItemDetail(
        work_item_id=item.id,
        instance_id=item.instance_id,
        activity_id=item.activity_id,
        element=item.element,
        node=item.node or item.element,
        title=item.title,
        state=WorkItemState(item.state),
        unit_id=item.unit_id,
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
        clock_stopped_at=item.clock_stopped_at,
        closed_at=item.closed_at,
        closed_by_id=item.closed_by_id,
        closed_by_name=item.closed_by_name,
        closed_for_name=item.closed_for_name,
        done_at=item.done_at,
        differs_from=tuple(item.differs_from or ()),
        four_eyes_waiver=item.four_eyes_waiver,
        is_strategic=item.is_strategic,
        is_returned=item.is_returned,
        priority=item.priority,
        follow_up_on=item.follow_up_on,
        draft=item.draft,
        answers=item.answers,
    )


def inbox_line(session: Session, work_item_id: int) -> InboxLine:
    """One item as a line of an inbox; raises WorkItemNotFound."""
    row = session.execute(lines().where(WorkItem.id == work_item_id)).one_or_none()
    if row is None:
        raise WorkItemNotFound
    return InboxLine(**row._mapping)


def open_items_of_case(session: Session, instance_id: int) -> tuple[InboxLine, ...]:
    """Where a case waits and for whom."""
    query = lines().where(WorkItem.instance_id == instance_id, WorkItem.state == WorkItemState.OPEN)
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


def has_queue() -> ColumnElement[bool]:
    """True for items of a position: work that was given to one person by name has no queue to lie in."""
    return exists().where(Candidate.work_item_id == WorkItem.id, Candidate.position_id.is_not(None))


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


def lines() -> Select[*tuple[Any, ...]]:
    """What a line says of an item; in no order yet."""
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
        WorkItem.clock_stopped_at,
        WorkItem.claimed_at,
        WorkItem.closed_at,
        WorkItem.done_at,
        WorkItem.is_returned,
        WorkItem.priority,
        WorkItem.follow_up_on,
        WorkItem.unit_id,
        has_queue().label("has_queue"),
        WorkItem.assignee_id,
        Employee.name.label("assignee_name"),
        WorkItem.assignment_reason,
    ).outerjoin(Employee, Employee.id == WorkItem.assignee_id)
