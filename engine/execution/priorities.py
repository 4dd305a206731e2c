"""Which work goes first: said by the head of the unit where it waits, or by whoever started the case."""

from dataclasses import replace

from sqlalchemy import select, update

from engine.access.permissions import Permission, require
from engine.audit.operations import record
from engine.base.unit_of_work import UnitOfWork
from engine.execution.model import Instance
from engine.worklist.errors import AlreadyClosed, WorkItemNotFound
from engine.worklist.model import WorkItem, WorkItemState
from engine.worklist.operations import item_access
from engine.worklist.terms import Priority


def set_priority(work: UnitOfWork, work_item_id: int, priority: Priority) -> None:
    """Raises WorkItemNotFound, NotYoursToRank, or that it is closed already."""
    item = work.session.get(WorkItem, work_item_id, with_for_update=True, populate_existing=True)
    if item is None:
        raise WorkItemNotFound
    starter_id = work.session.scalar(select(Instance.starter_id).where(Instance.id == item.instance_id))
    started = starter_id is not None and starter_id == work.actor.employee_id
    require(work.actor, Permission.SET_PRIORITY, replace(item_access(work, item), actor_started_case=started))
    if item.closed_at is not None:
        raise AlreadyClosed(closed_by=item.closed_by_name or "", closed_at=item.closed_at.isoformat())
    if item.priority == priority:
        return
    item.priority = priority.value
    facts = {"title": item.title, "priority": priority.name.lower()}
    record(work, "work_item.priority_set", "work_item", item.id, item.instance_id, **facts)


def pass_on_priority(work: UnitOfWork, item: WorkItem) -> None:
    """What was urgent stays urgent on the next desk: the items that came of closing this one."""
    if item.priority == Priority.NORMAL:
        return
    opened_by_it = (
        WorkItem.instance_id == item.instance_id,
        WorkItem.state == WorkItemState.OPEN,
        WorkItem.opened_at == work.now,
    )
    work.session.execute(update(WorkItem).where(*opened_by_it).values(priority=item.priority))
