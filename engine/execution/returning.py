"""*Kembalikan*: whoever holds a task sends the case back to an earlier step, to be done again by whoever did it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from engine.access.permissions import Permission
from engine.assignment.reasons import Reason
from engine.audit.operations import record
from engine.base.errors import Invalid
from engine.base.i18n import _
from engine.base.text import one_line
from engine.base.unit_of_work import UnitOfWork
from engine.definitions.graphs import form_at, graph_of
from engine.execution.advance import locked_instance, move
from engine.execution.model import Instance
from engine.execution.passed import checklist_of, node_of, passed_steps, require_same_part
from engine.execution.reasons import given_reason
from engine.execution.trail_back import Done
from engine.forms.validation import draft_of
from engine.runtime.stimuli import MoveToken
from engine.worklist.errors import WorkItemNotFound
from engine.worklist.events import WorkReturned
from engine.worklist.model import WorkItem
from engine.worklist.operations import item_for
from engine.worklist.returns import (
    WayBack,
    fill_again,
    give_back,
    holder_of,
    not_as_new_work,
    opened_now,
    write_return,
)


class NotPassed(Invalid):
    code = "return.not_passed"
    message = _("Choose a step that this case has passed. Nothing was changed.")


class NotOnTheList(Invalid):
    code = "return.not_on_the_list"
    message = _("Choose what is missing from the list, or nothing.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """Which step has the case now; `holder` is empty while it lies in a pool."""

    instance_id: int
    number: str
    title: str
    holder: str


def return_case(
    work: UnitOfWork, work_item_id: int, to_item_id: int, reason: str, checklist_item: str = ""
) -> Returned:
    """Send the case back to the step that was done as `to_item_id`; its answers lie there again as a draft.

    Raises NotYourWork, NoReason, NotPassed, OtherPart, or the runtime's refusal of a way that would break a join.
    """
    found = work.session.get(WorkItem, work_item_id)
    if found is None:
        raise WorkItemNotFound
    instance = locked_instance(work, found.instance_id)
    item = item_for(work, work_item_id, Permission.RETURN_WORK)
    reason = given_reason(reason)
    graph = graph_of(work.session, instance.version_id)
    passed = passed_steps(work.session, graph, item)
    target = next((each for each in passed if each.work_item_id == to_item_id), None)
    if target is None:
        raise NotPassed
    require_same_part(graph, item, target)
    missing = one_line(checklist_item) or None
    if missing and missing not in checklist_of(graph, item, passed):
        raise NotOnTheList
    here = node_of(item)
    write_return(work, WayBack(item=item, from_node=here, to_node=target.node, reason=reason, checklist_item=missing))
    facts = {"title": item.title, "to": target.title, "reason": reason, "missing": missing or ""}
    record(work, "case.returned", "work_item", item.id, instance.id, **facts)
    move(work, instance, MoveToken(item.activity_id, target.node))
    holder = _handed_back(work, instance, target, reason)
    return Returned(instance_id=instance.id, number=instance.number, title=target.title, holder=holder)


def answers_as_draft(session: Session, instance: Instance, former: WorkItem) -> Mapping[str, Any]:
    graph = graph_of(session, instance.version_id)
    form = form_at(session, instance.version_id, graph.nodes[node_of(former)])
    return draft_of(form, former.answers or {}) if form else {}


def _handed_back(work: UnitOfWork, instance: Instance, target: Done, reason: str) -> str:
    """What the way back has opened, to whoever did it, with what she had filled in; who has it."""
    former = work.session.get_one(WorkItem, target.work_item_id)
    text = Reason(
        message=_("%(by)s returned this to %(name)s for revision."),
        params={"by": work.actor.name, "name": target.by_name},
    )
    opened = opened_now(work, instance.id, target.node)
    for item in opened:
        if len(opened) == 1:  # of several passes through a step each has its own person
            give_back(work, item, target.employee_id, text)
        fill_again(item, answers_as_draft(work.session, instance, former))
        not_as_new_work(work, item)
        work.tell(
            WorkReturned(
                work_item_id=item.id,
                instance_id=instance.id,
                title=item.title,
                to_id=item.assignee_id,
                reason=reason,
            )
        )
    return ", ".join(filter(None, (holder_of(work.session, item) for item in opened)))
