"""*Tarik kembali*: whoever sent a case on takes it back, as long as the next one has not begun.

The next one has begun when she took the task herself, or it was handed to her by somebody; when she has filled in
anything; or when a comment, a file or a question was added to it. That somebody only looked at it is not recorded,
and does not count.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from engine.access.permissions import Permission, require
from engine.assignment.reasons import Reason
from engine.audit.operations import record
from engine.base.errors import Conflict, NotAllowed, TataKerjaError
from engine.base.i18n import _
from engine.base.unit_of_work import Reading, UnitOfWork
from engine.bpmn.graph import ProcessGraph
from engine.definitions.graphs import graph_of, graphs_of
from engine.execution.advance import OVER, locked_instance, move
from engine.execution.errors import CaseOver
from engine.execution.model import Instance
from engine.execution.passed import node_of
from engine.execution.returning import answers_as_draft
from engine.execution.visibility import instance_access
from engine.runtime.stimuli import MoveToken
from engine.worklist.errors import WorkItemNotFound
from engine.worklist.events import WorkRecalled
from engine.worklist.model import Attachment, Comment, SideQuestion, WorkItem, WorkItemState
from engine.worklist.operations import name_of
from engine.worklist.returns import (
    WayBack,
    give_back,
    keep_deadline,
    keep_draft,
    not_as_new_work,
    opened_now,
    write_return,
)


class NotTheSender(NotAllowed):
    code = "recall.not_the_sender"
    message = _("Only the person who sent this on may take it back.")


class NothingToRecall(Conflict):
    code = "recall.nothing"
    message = _("This can no longer be taken back: the case has moved on.")


class SeveralHaveIt(Conflict):
    code = "recall.several"
    message = _("This cannot be taken back: several people have the case now. Ask one of them to return it.")


class AlreadyBegun(Conflict):
    code = "recall.begun"
    message = _("%(name)s has begun already. Ask for the case to be returned to you.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recalled:
    """The item in which she goes on."""

    work_item_id: int
    title: str


def recall(work: UnitOfWork, work_item_id: int) -> Recalled:
    """Take back what the actor has completed as this item; she goes on with it where she was, in the same time."""
    found = work.session.get(WorkItem, work_item_id)
    if found is None:
        raise WorkItemNotFound
    instance = locked_instance(work, found.instance_id)
    work.session.refresh(found)  # only what holds under the lock counts
    access = instance_access(work, instance.id)
    require(work.actor, Permission.RECALL_WORK, access)
    refused = _refusal(work, instance, found)
    if refused is not None:
        raise refused
    (following,) = _following(work.session, found)
    write_return(work, WayBack(item=following, from_node=node_of(following), to_node=node_of(found), is_recall=True))
    facts = {"title": found.title, "from": following.title}
    record(work, "case.recalled", "work_item", found.id, instance.id, **facts)
    work.tell(WorkRecalled(instance_id=instance.id, title=following.title, from_id=following.assignee_id))
    move(work, instance, MoveToken(following.activity_id, node_of(found)))
    return _taken_up_again(work, instance, found)


def recall_refusal(reading: Reading, work_item_id: int) -> TataKerjaError | None:
    """Why the actor cannot take this back; None when she can."""
    item = reading.session.get_one(WorkItem, work_item_id)
    return _refusal(reading, reading.session.get_one(Instance, item.instance_id), item)


def recallable(reading: Reading, among: ColumnElement[bool]) -> Mapping[int, str]:
    """Which of these items the actor can take back now, with their titles: for lists, in few statements."""
    me, following = reading.actor.employee_id, aliased(WorkItem)
    if me is None:
        return {}
    query = (
        select(WorkItem, following, Instance.version_id, _touched(following))
        .join(following, and_(*_follows(following, WorkItem)))
        .join(Instance, Instance.id == WorkItem.instance_id)
        .where(
            among,
            WorkItem.state == WorkItemState.COMPLETED,
            or_(WorkItem.closed_by_id == me, WorkItem.closed_for_id == me),
            Instance.state.not_in(OVER),
        )
    )
    found = reading.session.execute(query).all()
    several = Counter(row[0].id for row in found)
    graphs = graphs_of(reading.session, {row[2] for row in found}) if found else {}
    return {
        item.id: item.title
        for item, next_item, version_id, touched in found
        if several[item.id] == 1
        and not (touched or _is_begun(next_item))
        and not _leaves_its_part(graphs[version_id], item, [next_item])
    }


def _refusal(work: UnitOfWork | Reading, instance: Instance, item: WorkItem) -> TataKerjaError | None:
    me = work.actor.employee_id
    if item.state != WorkItemState.COMPLETED or me is None or me not in (item.closed_by_id, item.closed_for_id):
        return NotTheSender()
    if instance.state in OVER:
        return CaseOver(number=instance.number)
    following = _following(work.session, item)
    graph = graph_of(work.session, instance.version_id)
    if not following or _leaves_its_part(graph, item, following):
        return NothingToRecall()
    if len(following) > 1:
        return SeveralHaveIt()
    if _has_begun(work.session, following[0]):
        holder = following[0].assignee_id
        return AlreadyBegun(name=name_of(work.session, holder) if holder is not None else following[0].title)
    return None


def _leaves_its_part(graph: ProcessGraph, item: WorkItem, following: Sequence[WorkItem]) -> bool:
    here = graph.nodes[node_of(item)]
    return bool(here.loop) or any(graph.nodes[node_of(each)].parent != here.parent for each in following)


def _following(session: Session, item: WorkItem) -> tuple[WorkItem, ...]:
    """What stands open since the very act that completed it: the same transaction, the same instant."""
    return tuple(session.scalars(select(WorkItem).where(*_follows(WorkItem, item))))


def _follows(following: type[WorkItem], item: WorkItem | type[WorkItem]) -> tuple[ColumnElement[bool], ...]:
    return (
        following.instance_id == item.instance_id,
        following.state == WorkItemState.OPEN,
        following.opened_at == item.closed_at,
        following.id > item.id,
    )


def _has_begun(session: Session, item: WorkItem) -> bool:
    return _is_begun(item) or bool(session.scalar(select(_touched(WorkItem)).where(WorkItem.id == item.id)))


def _is_begun(item: WorkItem) -> bool:
    return bool(item.draft) or (item.claimed_at is not None and item.claimed_at > item.opened_at)


def _touched(item: type[WorkItem]) -> ColumnElement[bool]:
    return or_(*(exists().where(table.work_item_id == item.id) for table in (Comment, Attachment, SideQuestion)))


def _taken_up_again(work: UnitOfWork, instance: Instance, former: WorkItem) -> Recalled:
    text = Reason(message=_("%(name)s took this back."), params={"name": work.actor.name})
    (item,) = opened_now(work, instance.id, node_of(former))
    give_back(work, item, former.closed_for_id or former.closed_by_id, text)
    keep_draft(item, answers_as_draft(work.session, instance, former))
    keep_deadline(work, item, former)
    not_as_new_work(work, item)
    return Recalled(work_item_id=item.id, title=item.title)
