"""When the calendar changes, open deadlines move with it: in the background, each with its line in the trail."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select

from engine.audit.operations import record
from engine.base.edition import read_edition
from engine.base.unit_of_work import UnitOfWork
from engine.calendar.events import CalendarChanged
from engine.execution.model import Instance
from engine.jobs.operations import schedule_again
from engine.sla.events import DeadlinesMoved
from engine.sla.moved_news import Gathered, gathered, news_of
from engine.sla.moving_cases import move_all_cases
from engine.sla.people import holder_ids, responsible_for_all
from engine.sla.reach import of_unit
from engine.sla.recounting import item_moments, recount, stops_of_items
from engine.worklist.deadlines import Moments, schedule_deadlines_again
from engine.worklist.model import WorkItem, WorkItemState

MOVE_JOB = "sla.move_deadlines"
AT_ONCE = 200


def move_all(work: UnitOfWork, event: CalendarChanged) -> None:
    """A calendar is often changed several times in a row: what has not begun yet begins once."""
    payload = {"unit_id": event.unit_id, "after": 0}
    schedule_again(work, MOVE_JOB, f"{MOVE_JOB}:{event.unit_id or 'all'}:0", work.now, payload)
    move_all_cases(work, event.unit_id)


def move_deadlines(work: UnitOfWork, payload: Mapping[str, Any]) -> None:
    """Some of the open items, in order of their ids, and a job for the next ones.

    Whom it concerns is gathered on the way and told in the end: one notice each, however many steps have moved.
    """
    read_edition(work.session)  # the hours of all units are read once then, not for each item
    unit_id = payload.get("unit_id")
    rows = _some_open(work, unit_id, payload["after"])
    stops = stops_of_items(work, [item.id for item, _version_id in rows])
    counted = [(item, item_moments(work, item, version_id, stops)) for item, version_id in rows]
    moved = [(item, was) for item, values in counted if (was := recount(work, item, values)) is not None]
    # Where a clock stands still nobody has a deadline: what it would be is kept, and told when it runs again.
    running = [(item, was) for item, was in moved if item.clock_stopped_at is None]
    schedule_deadlines_again(work, [_moments(item) for item, _was in running])
    for item, was in running:
        _record(work, item, was)
    told = gathered(payload.get("told", {}), _news(work, running))
    if len(rows) == AT_ONCE:
        _go_on(work, payload, rows[-1][0].id, told)
    elif told:
        work.tell(DeadlinesMoved(unit_id=unit_id, told=told))


def _go_on(work: UnitOfWork, payload: Mapping[str, Any], after: int, told: Gathered) -> None:
    """Under a key of its own: another change that begins meanwhile does not take away what was gathered."""
    unit_id, begun = payload.get("unit_id"), payload.get("begun") or work.now.isoformat()
    key = f"{MOVE_JOB}:{unit_id or 'all'}:{after}:{begun}"
    schedule_again(work, MOVE_JOB, key, work.now, {"unit_id": unit_id, "after": after, "begun": begun, "told": told})


def _some_open(work: UnitOfWork, unit_id: int | None, after: int) -> Sequence[tuple[WorkItem, int]]:
    """With the version that each follows; locked, in the order in which everyone locks several."""
    query = (
        select(WorkItem, Instance.version_id)
        .join(Instance, Instance.id == WorkItem.instance_id)
        .where(WorkItem.state == WorkItemState.OPEN, WorkItem.id > after)
        .where(or_(WorkItem.due_at.is_not(None), WorkItem.stopped_minutes > 0))
        .where(of_unit(work.session, WorkItem.unit_id, unit_id))
        .order_by(WorkItem.id)
        .limit(AT_ONCE)
        .with_for_update(of=WorkItem)
        .execution_options(populate_existing=True)
    )
    return [(item, version_id) for item, version_id in work.session.execute(query)]


def _moments(item: WorkItem) -> Moments:
    if item.risk_at is None or item.due_at is None:
        raise LookupError(f"item {item.id} has no moments")
    return Moments(work_item_id=item.id, instance_id=item.instance_id, risk_at=item.risk_at, due_at=item.due_at)


def _record(work: UnitOfWork, item: WorkItem, was: datetime) -> None:
    facts = {"title": item.title, "was_at": was.isoformat(), "due_at": _moments(item).due_at.isoformat()}
    record(work, "work_item.deadline_moved", "work_item", item.id, item.instance_id, **facts)


def _news(work: UnitOfWork, running: Sequence[tuple[WorkItem, datetime]]) -> Gathered:
    """Where only the moment of risk has moved there is nothing to tell."""
    moved = [(item, was) for item, was in running if item.due_at != was]
    responsible = responsible_for_all(work.session, [item for item, _was in moved])
    holders = {each: holder_ids(work.session, each, work.today) for each in set(responsible.values())}
    return news_of((item.id, was, holders[responsible[item.id]]) for item, was in moved)
