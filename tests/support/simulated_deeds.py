"""What people do with cases in a year that is simulated: mostly a task is done, sometimes something else happens."""

from collections.abc import Callable

from sqlalchemy import select

from engine.base.actor import Actor
from engine.execution import user_tasks
from engine.execution.cases import cancel_case, start_case
from engine.execution.messages import deliver
from engine.execution.model import Subscription
from engine.execution.returning import return_case
from engine.sla.model import WaitsFor
from engine.sla.stopping import resume_clock, stop_clock
from engine.worklist.model import WorkItem, WorkItemState
from engine.worklist.operations import claim, reassign, release
from tests.support.simulated_office import MESSAGE, PROCEDURES, SECRETARIAT
from tests.support.simulated_time import Year

OF_CLERKS = ("catat", "terima", "simpan")


def begin_case(year: Year) -> None:
    clerk = year.random.choice(year.clerks[year.random.choice(list(year.clerks))])
    key = year.random.choice(list(PROCEDURES))
    with year.core.work(year.people[clerk]) as work:
        case = start_case(work, key, f"Berkas {key}")
    _look(year, case.instance_id)


def _look(year: Year, instance_id: int) -> None:
    """Plan what somebody does with what has come; a message comes for a case that waits for one."""
    with year.core.read() as reading:
        is_open = WorkItem.state == WorkItemState.OPEN
        items = reading.session.scalars(select(WorkItem.id).where(WorkItem.instance_id == instance_id, is_open)).all()
        waits = reading.session.scalar(select(Subscription.id).where(Subscription.instance_id == instance_id))
    for item_id in items:
        if item_id not in year.planned:
            year.planned.add(item_id)
            _plan(year, item_id, 0.3)
    if waits is not None and -instance_id not in year.planned:
        year.planned.add(-instance_id)
        year.at(year.soon(3), lambda: _hear(year))


def _plan(year: Year, item_id: int, days: float) -> None:
    year.at(year.soon(days), lambda: _act(year, item_id))


def _act(year: Year, item_id: int) -> None:
    """What somebody does with a task: mostly it is done, sometimes something else happens to it."""
    with year.core.read() as reading:
        item = reading.session.get_one(WorkItem, item_id)
    if item.state != WorkItemState.OPEN:
        return
    if item.assignee_id is None:
        _take(year, item)
    elif item.clock_stopped_at is not None:
        with year.core.work(year.people[item.assignee_id]) as work:
            resume_clock(work, item.id)
    else:
        (act,) = year.random.choices(list(DEEDS), list(DEEDS.values()))
        act(year, item, year.people[item.assignee_id])
    year.core.run_due_jobs()
    _look(year, item.instance_id)
    _plan(year, item.id, 0.4)


def _complete(year: Year, item: WorkItem, holder: Actor) -> None:
    with year.core.work(holder) as work:
        user_tasks.complete(work, item.id, {})


def _stop(year: Year, item: WorkItem, holder: Actor) -> None:
    with year.core.work(holder) as work:
        stop_clock(work, item.id, WaitsFor.APPLICANT, "Menunggu ijazah")


def _release(year: Year, item: WorkItem, holder: Actor) -> None:
    if item.element in OF_CLERKS and item.assignee_id in year.clerks[item.unit_id or 0]:
        with year.core.work(holder) as work:
            release(work, item.id)


def _hand_over(year: Year, item: WorkItem, _holder: Actor) -> None:
    if item.element in OF_CLERKS:
        with year.core.work(_head(year, item)) as work:
            reassign(work, item.id, year.random.choice(year.clerks[item.unit_id or 0]))


def _cancel(year: Year, item: WorkItem, _holder: Actor) -> None:
    with year.core.work(_head(year, item)) as work:
        cancel_case(work, item.instance_id, "Ditarik pemohon")


def _send_back(year: Year, item: WorkItem, holder: Actor) -> None:
    """To the step before, where the case has passed one."""
    done = (WorkItem.instance_id == item.instance_id, WorkItem.state == WorkItemState.COMPLETED)
    query = select(WorkItem.id).where(*done, WorkItem.element != item.element).order_by(WorkItem.id.desc()).limit(1)
    with year.core.read() as reading:
        before = reading.session.scalar(query)
    if before is not None and item.element not in OF_CLERKS:
        with year.core.work(holder) as work:
            return_case(work, item.id, before, "Lampiran kurang")


DEEDS: dict[Callable[[Year, WorkItem, Actor], None], int] = {
    _complete: 80,
    _stop: 6,
    _release: 4,
    _hand_over: 4,
    _send_back: 4,
    _cancel: 2,
}


def _head(year: Year, item: WorkItem) -> Actor:
    return year.people[year.heads[item.unit_id or 0]]


def _take(year: Year, item: WorkItem) -> None:
    taker = year.people[year.random.choice(year.clerks[item.unit_id or 0])]
    with year.core.work(taker) as work:
        if item.clock_stopped_at is None and year.random.random() < 0.15:
            user_tasks.complete(work, item.id, {})
        else:
            claim(work, item.id)


def _hear(year: Year) -> None:
    with year.core.work(SECRETARIAT) as work:
        waiting = work.session.scalar(select(Subscription.instance_id).order_by(Subscription.id).limit(1))
        if waiting is not None:
            deliver(work, MESSAGE, None, {})
    if waiting is not None:
        year.core.run_due_jobs()
        _look(year, waiting)
