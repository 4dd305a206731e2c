"""Work that came back: for revision, or because whoever sent it took it back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.assignment.reasons import Reason
from engine.base.unit_of_work import UnitOfWork
from engine.worklist.deadlines import Moments, cancel_deadlines, schedule_deadlines
from engine.worklist.events import WorkArrived
from engine.worklist.model import Return, WorkItem, WorkItemState
from engine.worklist.operations import name_of
from engine.worklist.recipients import recipients


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnLine:
    """`work_item_id` is the item from which it went back; its new turn began `returned_at`, at `to_node`."""

    work_item_id: int
    from_node: str
    to_node: str
    reason: str
    checklist_item: str | None
    is_recall: bool
    returned_at: datetime
    returned_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WayBack:
    """What is written when a case goes back."""

    item: WorkItem
    from_node: str
    to_node: str
    reason: str = ""
    checklist_item: str | None = None
    is_recall: bool = False


def write_return(work: UnitOfWork, way: WayBack) -> None:
    work.session.add(
        Return(
            instance_id=way.item.instance_id,
            work_item_id=way.item.id,
            from_node=way.from_node,
            to_node=way.to_node,
            reason=way.reason,
            checklist_item=way.checklist_item,
            is_recall=way.is_recall,
            returned_at=work.now,
            returned_by_id=work.actor.employee_id,
            returned_by=work.actor.name,
        )
    )


def opened_now(work: UnitOfWork, instance_id: int, node: str) -> tuple[WorkItem, ...]:
    """The items that this act has opened at an element."""
    query = select(WorkItem).where(
        WorkItem.instance_id == instance_id,
        WorkItem.node == node,
        WorkItem.state == WorkItemState.OPEN,
        WorkItem.opened_at == work.now,
    )
    return tuple(work.session.scalars(query.order_by(WorkItem.id)))


def give_back(work: UnitOfWork, item: WorkItem, employee_id: int | None, reason: Reason) -> bool:
    """To the one whose work it was, and whether it may be hers today; else it stays where the procedure lays it."""
    on = work.today
    is_hers = item.assignee_id == employee_id or any(
        each.employee_id == employee_id for each in recipients(work.session, item, on)
    )
    if employee_id is None or not is_hers:
        return False
    item.assignee_id = employee_id
    item.claimed_at = work.now
    item.assignment_reason = reason.as_json()
    return True


def keep_draft(item: WorkItem, draft: Mapping[str, Any]) -> None:
    """What she had filled in before."""
    item.draft = dict(draft)


def fill_again(item: WorkItem, draft: Mapping[str, Any]) -> None:
    """The same, marked as returned for revision."""
    keep_draft(item, draft)
    item.is_returned = True


def keep_deadline(work: UnitOfWork, item: WorkItem, former: WorkItem) -> None:
    """Taking work back gives no new time for it."""
    item.risk_at, item.due_at, item.overdue_at = former.risk_at, former.due_at, former.overdue_at
    cancel_deadlines(work, item.id)
    if former.risk_at and former.due_at and former.due_at > work.now:
        moments = Moments(
            work_item_id=item.id, instance_id=item.instance_id, risk_at=former.risk_at, due_at=former.due_at
        )
        schedule_deadlines(work, [moments])


def not_as_new_work(work: UnitOfWork, item: WorkItem) -> None:
    """Whoever is told that it came back need not be told that it came."""
    work.events[:] = [
        event for event in work.events if not (isinstance(event, WorkArrived) and event.work_item_id == item.id)
    ]


def returns_of_case(session: Session, instance_id: int) -> tuple[ReturnLine, ...]:
    query = select(Return).where(Return.instance_id == instance_id).order_by(Return.id)
    return tuple(_line(row) for row in session.scalars(query))


def rework(session: Session, instance_id: int) -> dict[str, int]:
    """How often a case came back for revision, by the step to which it came."""
    query = (
        select(Return.to_node, func.count().label("times"))
        .where(Return.instance_id == instance_id, Return.is_recall.is_(False))
        .group_by(Return.to_node)
    )
    return {row.to_node: row.times for row in session.execute(query)}


def holder_of(session: Session, item: WorkItem) -> str:
    return name_of(session, item.assignee_id) if item.assignee_id is not None else ""


def _line(row: Return) -> ReturnLine:
    return ReturnLine(
        work_item_id=row.work_item_id,
        from_node=row.from_node,
        to_node=row.to_node,
        reason=row.reason,
        checklist_item=row.checklist_item,
        is_recall=row.is_recall,
        returned_at=row.returned_at,
        returned_by=row.returned_by,
    )
