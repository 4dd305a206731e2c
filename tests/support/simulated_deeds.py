"""What people do with cases in a year that is simulated: mostly a task is done, sometimes something else happens."""

from collections.abc import Callable

from sqlalchemy import select

from engine.base.actor import Actor
from engine.execution import user_tasks
from engine.execution.cases import cancel_case, start_case
from engine.execution.messages import deliver
from engine.execution.model import Subscription
from engine.execution.returning import return_case
from engine.organisation.queries import holders_of
from engine.sla.model import WaitsFor
from engine.sla.stopping import resume_clock, stop_clock
from engine.worklist.model import Candidate, WorkItem, WorkItemState
from engine.worklist.operations import claim, reassign, release
from tests.support.simulated_office import MESSAGE, PROCEDURES, SECRETARIAT
from tests.support.simulated_time import ZONE, Year

OF_CLERKS = ("catat", "terima", "simpan")


def begin_case(year: Year) -> None:
    clerk = year.random.choice(year.clerks[year.random.choice(list(year.clerks))])
    key = year.random.choice(list(PROCEDURES))
    with year.core.work(year.people[clerk]) as work:
        case = start_case(work, key, f"Berkas {key}")
    look(year, case.instance_id)


def look(year: Year, instance_id: int) -> None:
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
    year.work_off()
    look(year, item.instance_id)
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
        with year.core.work(_head(year)) as work:
            reassign(work, item.id, year.random.choice(year.clerks[item.unit_id or 0]))


def _cancel(year: Year, item: WorkItem, _holder: Actor) -> None:
    with year.core.work(_head(year)) as work:
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


def _head(year: Year) -> Actor:
    """Of the office: whoever heads a section changes."""
    return year.people[year.heads[year.units["kantor"]]]


def _take(year: Year, item: WorkItem) -> None:
    takers = _takers(year, item)
    if not takers:  # till somebody comes back, or her superior gets it
        return
    with year.core.work(year.people[year.random.choice(takers)]) as work:
        if item.clock_stopped_at is None and year.random.random() < 0.15:
            user_tasks.complete(work, item.id, {})
        else:
            claim(work, item.id)


def _takers(year: Year, item: WorkItem) -> list[int]:
    """Who may take it today; of the steps of clerks that is known without a look."""
    if item.element in OF_CLERKS:
        return year.clerks[item.unit_id or 0]
    today = year.clock.now().astimezone(ZONE).date()
    query = select(Candidate.position_id).where(Candidate.work_item_id == item.id, Candidate.position_id.is_not(None))
    with year.core.read() as reading:
        positions = [position for position in reading.session.scalars(query) if position is not None]
        return sorted({each.employee_id for each in holders_of(reading.session, positions, today)})


def _hear(year: Year) -> None:
    with year.core.work(SECRETARIAT) as work:
        waiting = work.session.scalar(select(Subscription.instance_id).order_by(Subscription.id).limit(1))
        if waiting is not None:
            deliver(work, MESSAGE, None, {})
    if waiting is not None:
        year.work_off()
        look(year, waiting)
