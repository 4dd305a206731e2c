"""What a holder notes about her own item: when she wants to be reminded of it."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import select

from engine.access.permissions import Permission
from engine.audit.operations import record
from engine.base.errors import FieldProblem, Invalid
from engine.base.i18n import _
from engine.base.unit_of_work import UnitOfWork
from engine.jobs.operations import NewJob, cancel_by_key, schedule_all
from engine.worklist.events import FollowUpCame
from engine.worklist.model import WorkItem, WorkItemState
from engine.worklist.operations import item_for

FOLLOW_UP_JOB = "work_item.follow_up"
MORNING = time(8)


class FollowUpPast(Invalid):
    code = "work_item.follow_up_past"
    message = _("Choose today or a later day to be reminded on.")


def follow_up(work: UnitOfWork, work_item_id: int, on: date) -> None:
    """Her item is marked with the day, and in its morning she hears of it."""
    item = item_for(work, work_item_id, Permission.KEEP_DRAFT)
    if on < work.today:
        problem = FieldProblem(name="follow-up", code=FollowUpPast.code, message=FollowUpPast.message)
        raise FollowUpPast(fields=[problem])
    item.follow_up_on = on
    schedule_all(work, [_job(work, item, on)])
    record(work, "work_item.follow_up_set", "work_item", item.id, item.instance_id, title=item.title, on=on.isoformat())


def drop_follow_up(work: UnitOfWork, work_item_id: int) -> None:
    item = item_for(work, work_item_id, Permission.KEEP_DRAFT)
    if item.follow_up_on is None:
        return
    cancel_by_key(work, _key(item.id, item.follow_up_on))
    item.follow_up_on = None
    record(work, "work_item.follow_up_dropped", "work_item", item.id, item.instance_id, title=item.title)


def remind_of_follow_up(work: UnitOfWork, payload: Mapping[str, Any]) -> None:
    """The morning has come; nothing happens for an item that is done, or whose day was moved."""
    item = work.session.scalar(
        select(WorkItem)
        .where(WorkItem.id == payload["work_item_id"], WorkItem.state == WorkItemState.OPEN)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    today = work.today
    if item is None or item.assignee_id is None or item.follow_up_on is None or item.follow_up_on > today:
        return
    work.tell(
        FollowUpCame(
            work_item_id=item.id,
            instance_id=item.instance_id,
            title=item.title,
            on=item.follow_up_on,
            holder_id=item.assignee_id,
        )
    )


def _job(work: UnitOfWork, item: WorkItem, on: date) -> NewJob:
    return NewJob(
        kind=FOLLOW_UP_JOB,
        key=_key(item.id, on),
        due_at=datetime.combine(on, MORNING, work.settings.zone),
        payload={"work_item_id": item.id},
        instance_id=item.instance_id,
    )


def _key(work_item_id: int, on: date) -> str:
    return f"{FOLLOW_UP_JOB}:{work_item_id}:{on.isoformat()}"
