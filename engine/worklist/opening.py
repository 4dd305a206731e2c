"""Inbox rows are opened, closed and cancelled by execution, as its activities are."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from engine.assignment.choosing import Assignment
from engine.base.rows import insert_numbered, insert_rows, update_row
from engine.base.unit_of_work import UnitOfWork
from engine.organisation.principals import Principal
from engine.worklist.deadlines import CaseMoments, Moments, cancel_deadlines, schedule_deadlines
from engine.worklist.events import CaseName, WorkArrived, WorkUnassigned
from engine.worklist.four_eyes import require_another
from engine.worklist.measuring import closing_values
from engine.worklist.model import Candidate, WorkItem, WorkItemState
from engine.worklist.strategic import require_competent


@dataclass(frozen=True, slots=True, kw_only=True)
class NewItem:
    case: CaseName
    definition_id: int
    activity_id: int
    element: str
    node: str
    title: str
    assignment: Assignment
    differs_from: tuple[str, ...] = ()
    is_strategic: bool = False
    unit_id: int | None
    came_from: str | None
    risk_at: datetime | None
    due_at: datetime | None
    standard_minutes: int | None = None
    norm_minutes: int | None = None


def open_items(work: UnitOfWork, items: Sequence[NewItem], cases: Sequence[CaseMoments] = ()) -> Sequence[int]:
    """Lay items into the inbox or pool that their assignments name, with their reminders set; their ids.

    The moments of cases that begin with them are set along with those of the items.
    """
    ids = insert_numbered(work.session, WorkItem, [_row(work.now, new) for new in items])
    opened = list(zip(ids, items, strict=True))
    insert_rows(work.session, Candidate, [row for item_id, new in opened for row in _candidates(item_id, new)])
    schedule_deadlines(
        work,
        [
            Moments(work_item_id=item_id, instance_id=new.case.instance_id, risk_at=new.risk_at, due_at=new.due_at)
            for item_id, new in opened
            if new.risk_at and new.due_at
        ],
        cases,
    )
    for item_id, new in opened:
        _tell_arrival(work, item_id, new)
    return ids


def _row(now: datetime, new: NewItem) -> dict[str, Any]:
    return {
        "instance_id": new.case.instance_id,
        "definition_id": new.definition_id,
        "activity_id": new.activity_id,
        "element": new.element,
        "node": new.node,
        "title": new.title,
        "unit_id": new.assignment.unit_id or new.unit_id,
        "state": WorkItemState.OPEN,
        "assignee_id": new.assignment.assignee_id,
        "routed_to_id": new.assignment.assignee_id,
        "assignment_reason": new.assignment.reason.as_json(),
        "differs_from": list(new.differs_from) or None,
        "is_strategic": new.is_strategic,
        "came_from": new.came_from,
        "opened_at": now,
        "claimed_at": now if new.assignment.assignee_id else None,
        "risk_at": new.risk_at,
        "due_at": new.due_at,
        "standard_minutes": new.standard_minutes,
        "norm_minutes": new.norm_minutes,
    }


def _candidates(work_item_id: int, new: NewItem) -> Iterator[dict[str, Any]]:
    for position_id in new.assignment.position_ids:
        yield {"work_item_id": work_item_id, "position_id": position_id, "employee_id": None}
    for employee_id in new.assignment.employee_ids:
        yield {"work_item_id": work_item_id, "position_id": None, "employee_id": employee_id}


def close_item(
    work: UnitOfWork, item: WorkItem, answers: Mapping[str, Any] | None, principal: Principal | None = None
) -> None:
    """Its work is done, by the actor of this work; where she acted on somebody's behalf, that is said.

    The one gate of all ways to complete: raises SamePerson, and the refusals of strategic acts.
    """
    require_another(work, item, work.actor.employee_id, principal)
    require_competent(work, item, principal)
    update_row(
        work.session,
        item,
        state=WorkItemState.COMPLETED,
        closed_at=work.now,
        closed_by_id=work.actor.employee_id,
        closed_by_name=work.actor.name,
        closed_for_id=principal.employee_id if principal else None,
        closed_for_name=principal.name if principal else None,
        answers=None if answers is None else dict(answers),
        draft=None,
        **closing_values(work, item),
    )
    if item.due_at is not None:
        cancel_deadlines(work, item.id)


def cancel_items(work: UnitOfWork, instance_id: int, activity_ids: list[int]) -> None:
    """Their activities were stopped; what was typed so far stays in the row."""
    query = select(WorkItem).where(
        WorkItem.instance_id == instance_id,
        WorkItem.activity_id.in_(activity_ids),
        WorkItem.state == WorkItemState.OPEN,
    )
    items = work.session.scalars(query).all()
    for item in items:
        item.state = WorkItemState.CANCELLED
        item.closed_at = work.now
        for name, value in closing_values(work, item).items():
            setattr(item, name, value)
    cancel_deadlines(work, *(item.id for item in items))


def _tell_arrival(work: UnitOfWork, item_id: int, new: NewItem) -> None:
    assignee_id, unit_id = new.assignment.assignee_id, new.assignment.unit_id or new.unit_id
    if new.assignment.is_nobody:
        work.tell(WorkUnassigned(work_item_id=item_id, case=new.case, title=new.title, unit_id=unit_id))
    else:
        work.tell(WorkArrived(work_item_id=item_id, case=new.case, title=new.title, assignee_id=assignee_id))
