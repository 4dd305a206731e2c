"""People claim inbox rows, lay them back, hand them over and keep drafts of them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.access.permissions import ItemAccess, Permission, allows, require
from engine.access.queries import led_units
from engine.assignment.reasons import Reason
from engine.audit.operations import record
from engine.base.actor import Actor
from engine.base.edition import MARK
from engine.base.i18n import _
from engine.base.locking import find_rows
from engine.base.looking import remember_edition
from engine.base.unit_of_work import UnitOfWork
from engine.organisation.model import Employee
from engine.organisation.principals import Principal
from engine.organisation.queries import position_ids_held
from engine.worklist.behalf import acting_for, candidates_of, principals_at, represented, said
from engine.worklist.errors import AlreadyClaimed, AlreadyClosed, Cancelled, NoQueue, WorkItemNotFound
from engine.worklist.events import WorkHandedOver
from engine.worklist.four_eyes import HasTheOtherStep, has_the_other_step, require_another
from engine.worklist.measuring import measure
from engine.worklist.model import Comment, WorkItem, WorkItemState
from engine.worklist.queries import has_queue, pool_names
from engine.worklist.recipients import chosen_recipient, recipients

TAKEN = _("%(name)s took it from the pool of %(position)s.")
TAKEN_FOR = _("%(name)s took it from the pool of %(position)s on behalf of %(principal)s.")


def claim(work: UnitOfWork, work_item_id: int) -> None:
    """Take an item from the pool; taking it twice is the same as once. Taken on somebody's behalf, it is hers."""
    item = item_for(work, work_item_id, Permission.CLAIM)
    if item.assignee_id == work.actor.employee_id:
        return
    if item.assignee_id is not None:
        raise AlreadyClaimed(name=name_of(work.session, item.assignee_id))
    principal = acting_for(work, item)
    require_another(work, item, work.actor.employee_id, principal)
    _require_other_hands(work, item, principal)
    measure(work, item)
    item.assignee_id = principal.employee_id if principal else work.actor.employee_id
    item.routed_to_id = None  # hers by decision now: no rule lays it elsewhere
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
    on = work.today
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
    found = find_rows(work.session, (WorkItem,), MARK, "FROM work_item WHERE id = ? FOR UPDATE", work_item_id)
    if not found:
        raise WorkItemNotFound
    item: WorkItem = found[0][0]
    remember_edition(work.session, found[0][1])  # who may and which hours are the unit's is known from before, mostly
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


def _require_other_hands(work: UnitOfWork, item: WorkItem, principal: Principal | None) -> None:
    """Of a pair nobody takes both while somebody else for whom it was meant is here: she could do only one."""
    who = principal or work.actor
    step = has_the_other_step(work.session, item, who.employee_id)
    if step is None:
        return
    on = work.today
    colleagues = (each for each in recipients(work.session, item, on) if each.employee_id != who.employee_id)
    if any(each.was_meant and each.away_until is None for each in colleagues):
        raise HasTheOtherStep(name=who.name, step=step)


def _pool_reason(
    work: UnitOfWork, item: WorkItem, message: str, principal: Principal | None = None
) -> Mapping[str, Any]:
    """Why it is where it is now, in place of why it came there first."""
    params = {"name": work.actor.name, "position": " / ".join(pool_names(work.session, item.id))}
    return Reason(message=message, params=params | ({"principal": principal.name} if principal else {})).as_json()
