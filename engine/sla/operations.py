"""The two moments of an item: a reminder, then lateness. Handlers of the jobs that the worklist schedules."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from engine.audit.operations import record
from engine.base.unit_of_work import UnitOfWork
from engine.sla.events import WorkAtRisk, WorkBecameLate
from engine.sla.people import holder_ids, names, responsible_for, superior_ids
from engine.worklist.model import WorkItem, WorkItemState


def remind(work: UnitOfWork, payload: Mapping[str, Any]) -> None:
    """At 75 % of the standard time: whoever holds the item, or may take it, hears of it."""
    item = _open_item(work, payload["work_item_id"])
    if item is None or item.due_at is None:
        return
    today = work.now.astimezone(work.settings.zone).date()
    holders = holder_ids(work.session, responsible_for(work.session, item), today)
    record(work, "work_item.reminded", "work_item", item.id, item.instance_id, title=item.title, told=sorted(holders))
    work.tell(
        WorkAtRisk(
            work_item_id=item.id,
            instance_id=item.instance_id,
            title=item.title,
            due_at=item.due_at,
            holder_ids=holders,
        )
    )


def become_overdue(work: UnitOfWork, payload: Mapping[str, Any]) -> None:
    """At 100 %: the item is late from now on, and those above its holders hear of it."""
    item = _open_item(work, payload["work_item_id"])
    if item is None or item.due_at is None or item.due_at > work.now or item.overdue_at is not None:
        return
    item.overdue_at = work.now
    today = work.now.astimezone(work.settings.zone).date()
    responsible = responsible_for(work.session, item)
    holders = holder_ids(work.session, responsible, today)
    superiors = superior_ids(work.session, responsible, today) - holders
    record(
        work,
        "work_item.became_late",
        "work_item",
        item.id,
        item.instance_id,
        title=item.title,
        due_at=item.due_at.isoformat(),
        held_by=sorted(holders),
        told=sorted(superiors),
    )
    work.tell(
        WorkBecameLate(
            work_item_id=item.id,
            instance_id=item.instance_id,
            title=item.title,
            due_at=item.due_at,
            holder_ids=holders,
            holder_names=names(work.session, holders),
            superior_ids=superiors,
        )
    )


def _open_item(work: UnitOfWork, work_item_id: int) -> WorkItem | None:
    """The item, locked; None when it was done or dropped in time."""
    return work.session.scalar(
        select(WorkItem)
        .where(WorkItem.id == work_item_id, WorkItem.state == WorkItemState.OPEN)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
