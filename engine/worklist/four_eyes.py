"""Two steps that two people must do: held to the real people, by whatever way the work came to them."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.access.permissions import Permission, require
from engine.audit.operations import record
from engine.base.i18n import _
from engine.base.unit_of_work import UnitOfWork
from engine.organisation.principals import Principal
from engine.worklist.errors import MayNotDoIt
from engine.worklist.histories import Doer, doers_in_file, file_of
from engine.worklist.model import WorkItem, WorkItemState


class SamePerson(MayNotDoIt):
    code = "work_item.same_person"
    message = _(
        "%(name)s did “%(step)s” of this case, so another person must do this. "
        "Leave it in the queue, or let the head of the unit hand it to somebody else."
    )


class HasTheOtherStep(MayNotDoIt):
    code = "work_item.has_the_other_step"
    message = _(
        "%(name)s has “%(step)s” of this case, so another person must do this. Leave it in the queue for a colleague."
    )


class WaivesForHerself(MayNotDoIt):
    code = "work_item.waives_for_herself"
    message = _("You did one of the two steps yourself. Let another administrator decide.")


def others_step(session: Session, item: WorkItem, people: Iterable[int | None]) -> tuple[str, Doer] | None:
    """Who of these people did the other step of a pair: her name, and what was done; None when nobody did."""
    if not item.differs_from or item.four_eyes_waiver:
        return None
    known = set(people) - {None}
    for doer in done_by_others(session, item):
        for employee_id, name in doer.people.items():
            if employee_id in known:
                return name, doer
    return None


def require_another(work: UnitOfWork, item: WorkItem, employee_id: int | None, principal: Principal | None) -> None:
    """Raises SamePerson, also for whoever acts on behalf of the one who did the other step, or had it done so."""
    both = (employee_id, principal.employee_id if principal else None)
    found = others_step(work.session, item, both)
    if found is not None:
        raise SamePerson(name=found[0], step=found[1].title)


def has_the_other_step(session: Session, item: WorkItem, employee_id: int | None) -> str | None:
    """What the other step of a pair is called, where she has it still to do; None when she has not."""
    if not item.differs_from or item.four_eyes_waiver:
        return None
    query = select(WorkItem).where(
        WorkItem.instance_id == item.instance_id,
        WorkItem.element.in_(item.differs_from),
        WorkItem.state == WorkItemState.OPEN,
        WorkItem.assignee_id == employee_id,
    )
    file = file_of(item.node or item.element)
    hers = (other for other in session.scalars(query) if file_of(other.node or other.element) == file)
    return next((other.title for other in hers), None)


def forbidden(session: Session, item: WorkItem) -> Mapping[int, str]:
    """To whom it may not be given, each with her name."""
    if item.four_eyes_waiver:
        return {}
    return {each: name for doer in done_by_others(session, item) for each, name in doer.people.items()}


def done_by_others(session: Session, item: WorkItem) -> tuple[Doer, ...]:
    elements = item.differs_from or ()
    return doers_in_file(session, item.instance_id, item.node or item.element, elements) if elements else ()


def waive(work: UnitOfWork, item: WorkItem, reason: str) -> None:
    """Let one person do both steps of this one case; who allowed it and why stays on record."""
    require(work.actor, Permission.OVERRIDE_FOUR_EYES)
    did = {each for doer in done_by_others(work.session, item) for each in doer.people}
    if work.actor.employee_id in did | {item.assignee_id} and work.actor.employee_id is not None:
        raise WaivesForHerself
    item.four_eyes_waiver = {"by": work.actor.name, "at": work.now.isoformat(), "reason": reason}
    facts = {"title": item.title, "reason": reason}
    record(work, "work_item.four_eyes_waived", "work_item", item.id, item.instance_id, **facts)
