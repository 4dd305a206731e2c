"""The holder of a task hands it to a colleague for whom it may be."""

from engine.access.permissions import Permission
from engine.assignment.reasons import Reason
from engine.audit.operations import record
from engine.base.errors import Invalid
from engine.base.i18n import _
from engine.base.text import lines
from engine.base.unit_of_work import UnitOfWork
from engine.worklist.errors import NotARecipient
from engine.worklist.events import WorkHandedOver
from engine.worklist.operations import item_for
from engine.worklist.recipients import chosen_recipient

REASON_LENGTH = 1_000


class NoReasonToHandOn(Invalid):
    code = "work_item.no_reason_to_hand_on"
    message = _("Say why you hand it on, so that your colleague understands.")


def hand_on(work: UnitOfWork, work_item_id: int, to_employee_id: int, reason: str) -> None:
    """To those for whom the procedure means it; only the head of the unit may choose among all her people."""
    item = item_for(work, work_item_id, Permission.HAND_ON)
    said = lines(reason)[:REASON_LENGTH]
    if not said:
        raise NoReasonToHandOn
    on = work.today
    to = chosen_recipient(work.session, item, to_employee_id, on)
    if not to.was_meant:
        raise NotARecipient
    former = item.assignee_id
    item.assignee_id = to.employee_id
    item.claimed_at = work.now
    params = {"by": work.actor.name, "name": to.name, "reason": said}
    item.assignment_reason = Reason(message=_("%(by)s handed this to %(name)s: %(reason)s"), params=params).as_json()
    facts = {"title": item.title, "to": to.name, "reason": said}
    record(work, "work_item.handed_on", "work_item", item.id, item.instance_id, **facts)
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
