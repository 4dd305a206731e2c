"""Inbox rows are opened and closed by execution; people claim, release and keep drafts of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.access.permissions import ItemAccess, Permission, allows, require
from engine.access.queries import led_units
from engine.assignment.choosing import Assignment
from engine.assignment.reasons import Reason
from engine.audit.operations import record
from engine.base.actor import Actor
from engine.base.i18n import _
from engine.base.rows import insert_numbered, insert_rows, update_row
from engine.base.unit_of_work import UnitOfWork
from engine.organisation.model import Employee
from engine.organisation.principals import Principal
from engine.organisation.queries import position_ids_held
from engine.worklist.behalf import acting_for, candidates_of, principals_at, represented, said
from engine.worklist.deadlines import CaseMoments, Moments, cancel_deadlines, schedule_deadlines
from engine.worklist.errors import AlreadyClaimed, AlreadyClosed, Cancelled, NoQueue, WorkItemNotFound
from engine.worklist.events import CaseName, WorkArrived, WorkHandedOver, WorkUnassigned
from engine.worklist.four_eyes import require_another
from engine.worklist.measuring import closing_values, measure
from engine.worklist.model import Candidate, Comment, WorkItem, WorkItemState
from engine.worklist.queries import has_queue, pool_names
from engine.worklist.recipients import chosen_recipient
from engine.worklist.strategic import require_competent

TAKEN = _("%(name)s took it from the pool of %(position)s.")
TAKEN_FOR = _("%(name)s took it from the pool of %(position)s on behalf of %(principal)s.")


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


def claim(work: UnitOfWork, work_item_id: int) -> None:
    """Take an item from the pool; taking it twice is the same as once. Taken on somebody's behalf, it is hers."""
    item = item_for(work, work_item_id, Permission.CLAIM)
    if item.assignee_id == work.actor.employee_id:
        return
    if item.assignee_id is not None:
        raise AlreadyClaimed(name=name_of(work.session, item.assignee_id))
    principal = acting_for(work, item)
    require_another(work, item, work.actor.employee_id, principal)
    measure(work, item)
    item.assignee_id = principal.employee_id if principal else work.actor.employee_id
    item.claimed_at = work.now
    item.assignment_reason = _pool_reason(work, item, TAKEN_FOR if principal else TAKEN, principal)
    facts = {"title": item.title, **said(principal)}
    record(work, "work_item.claimed", "work_item", item.id, item.instance_id, **facts)


def release(work: UnitOfWork, work_item_id: int) -> None:
    """Lay an item back into the pool it came from."""
    item = item_for(work, work_item_id, Permission.RELEASE)
    principal = acting_for(work, item)
    if not work.session.scalar(select(has_queue()).where(WorkItem.id == item.id)):
        raise NoQueue
    measure(work, item)
    item.assignee_id = None
    item.claimed_at = None
    item.assignment_reason = _pool_reason(work, item, _("%(name)s laid it back into the pool of %(position)s."))
    facts = {"title": item.title, **said(principal)}
    record(work, "work_item.released", "work_item", item.id, item.instance_id, **facts)


def reassign(work: UnitOfWork, work_item_id: int, to_employee_id: int) -> None:
    """Hand an open item to someone for whom it was meant or who works in its unit; what was typed goes with it."""
    item = item_for(work, work_item_id, Permission.REASSIGN)
    if item.assignee_id != to_employee_id:
        give_to(work, item, to_employee_id)


def give_to(work: UnitOfWork, item: WorkItem, to_employee_id: int) -> None:
    """The same for an open item that is locked, by an actor who may; both people hear of it."""
    on = work.now.astimezone(work.settings.zone).date()
    to = chosen_recipient(work.session, item, to_employee_id, on)
    former = item.assignee_id
    measure(work, item)
    item.assignee_id = to.employee_id
    item.claimed_at = work.now
    reason = Reason(message=_("%(by)s handed this to %(name)s."), params={"by": work.actor.name, "name": to.name})
    item.assignment_reason = reason.as_json()
    record(work, "work_item.reassigned", "work_item", item.id, item.instance_id, title=item.title, to=to.name)
    work.tell(
        WorkHandedOver(
            work_item_id=item.id,
            instance_id=item.instance_id,
            title=item.title,
            from_id=former,
            to_id=to.employee_id,
            to_name=to.name,
        )
    )


def save_draft(work: UnitOfWork, work_item_id: int, draft: Mapping[str, Any]) -> None:
    """Keep what was typed so far, as it was typed."""
    item = item_for(work, work_item_id, Permission.KEEP_DRAFT)
    item.draft = dict(draft)


def comment(work: UnitOfWork, instance_id: int, work_item_id: int | None, text: str) -> Comment:
    """Add a note to a case; whether the actor may is decided by the caller, who knows the case."""
    row = Comment(
        instance_id=instance_id,
        work_item_id=work_item_id,
        text=text,
        written_at=work.now,
        written_by=work.actor.name,
        written_by_id=work.actor.employee_id,
    )
    work.session.add(row)
    record(work, "case.commented", "instance", instance_id, instance_id)
    return row


def item_for(work: UnitOfWork, work_item_id: int, permission: Permission) -> WorkItem:
    """The open item, locked, for an act that the actor may do.

    Raises WorkItemNotFound; NotAllowed before anything is told of the item; AlreadyClosed (who, when); Cancelled.
    """
    query = (
        select(WorkItem).where(WorkItem.id == work_item_id).with_for_update().execution_options(populate_existing=True)
    )
    item = work.session.scalar(query)
    if item is None:
        raise WorkItemNotFound
    require_open(work, item, permission)
    return item


def require_open(work: UnitOfWork, item: WorkItem, permission: Permission) -> None:
    """The same for an item that is locked already."""
    if item.state == WorkItemState.OPEN:
        # Whoever holds it by name need not be looked for among those who might.
        by_name = ItemAccess(assignee_id=item.assignee_id, actor_is_candidate=False)
        if not allows(work.actor, permission, by_name):
            require(work.actor, permission, item_access(work, item))
        return
    require(work.actor, Permission.SEE_ITEM, item_access(work, item))
    if item.state == WorkItemState.CANCELLED:
        raise Cancelled
    closed_at = item.closed_at.isoformat() if item.closed_at else ""
    raise AlreadyClosed(closed_by=item.closed_by_name or "", closed_at=closed_at)


def item_access(work: UnitOfWork, item: WorkItem) -> ItemAccess:
    """What the permission table must know of an item and its actor."""
    local = work.now.astimezone(work.settings.zone)
    access = access_of(work.session, work.actor.employee_id, item, local)
    return replace(access, unit_is_managed=leads(work.session, work.actor, item.unit_id, local.date()))


def leads(session: Session, actor: Actor, unit_id: int | None, on: date) -> bool:
    """Whether a manager heads the unit where work waits, or one above it."""
    return unit_id is not None and unit_id in led_units(session, actor, on)


def access_of(session: Session, employee_id: int | None, item: WorkItem, local: datetime) -> ItemAccess:
    held = position_ids_held(session, employee_id, local.date()) if employee_id is not None else frozenset()
    candidates = candidates_of(session, item.id)
    found = represented(principals_at(session, employee_id, local), item, candidates)
    return ItemAccess(
        assignee_id=item.assignee_id,
        actor_is_candidate=any(
            position_id in held or (candidate_id is not None and candidate_id == employee_id)
            for position_id, candidate_id in candidates
        ),
        actor_acts_for=tuple(principal.employee_id for principal in found),
        is_open=item.state == WorkItemState.OPEN,
    )


def name_of(session: Session, employee_id: int) -> str:
    return session.scalar(select(Employee.name).where(Employee.id == employee_id)) or ""


def _pool_reason(
    work: UnitOfWork, item: WorkItem, message: str, principal: Principal | None = None
) -> Mapping[str, Any]:
    """Why it is where it is now, in place of why it came there first."""
    params = {"name": work.actor.name, "position": " / ".join(pool_names(work.session, item.id))}
    return Reason(message=message, params=params | ({"principal": principal.name} if principal else {})).as_json()


def _tell_arrival(work: UnitOfWork, item_id: int, new: NewItem) -> None:
    assignee_id, unit_id = new.assignment.assignee_id, new.assignment.unit_id or new.unit_id
    if new.assignment.is_nobody:
        work.tell(WorkUnassigned(work_item_id=item_id, case=new.case, title=new.title, unit_id=unit_id))
    else:
        work.tell(WorkArrived(work_item_id=item_id, case=new.case, title=new.title, assignee_id=assignee_id))
