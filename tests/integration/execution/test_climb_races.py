"""A completion against a rung that gives the work away: one of the two happens."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

from sqlalchemy import select

from engine.base.clock import FrozenClock
from engine.base.errors import NotAllowed
from engine.core.core import Core
from engine.sla.climbing import RungRule
from engine.sla.ladder_keeping import keep_ladder
from engine.sla.ladders import OFFICE
from engine.sla.model import Anchor, Climb, RungAction
from engine.worklist.model import WorkItem, WorkItemState
from tests.integration.execution.conftest import Desk
from tests.support.diagrams import chain, diagram, end, extensions, standard_time, start, user_task
from tests.support.small_office import person

ROUNDS = 12
WRITTEN = diagram(
    *chain(start(), user_task("tulis", extensions('<tk:pelaksana jabatan="writer"/>', standard_time(1, "jam"))), end())
)


def test_work_is_completed_or_given_away(core: Core, desk: Desk, clock: FrozenClock):
    desk.publish(WRITTEN)
    with core.work() as work:
        keep_ladder(work, OFFICE, [RungRule(anchor=Anchor.DUE, action=RungAction.REASSIGN_TO_SUPERIOR)])
    cases = [desk.start() for _round in range(ROUNDS)]
    clock.advance(timedelta(hours=1))
    for case in cases:
        item_id = desk.item(case, "tulis")
        done, _ran = at_once(lambda case=case: complete(desk, case), core.run_due_jobs)
        core.run_due_jobs()
        assert done == (not given_away(core, item_id)), item_id


def at_once(*acts: Callable[[], object]) -> list[object]:
    barrier = Barrier(len(acts))

    def act(one: Callable[[], object]) -> object:
        barrier.wait()
        return one()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(act, acts))


def complete(desk: Desk, case: object) -> bool:
    try:
        desk.complete(case, "tulis", "eko")
    except NotAllowed:
        return False
    return True


def given_away(core: Core, item_id: int) -> bool:
    """As the row of the item says, and with it the row of the climb."""
    with core.read() as reading:
        item = reading.session.get_one(WorkItem, item_id)
        came = reading.session.scalars(select(Climb).where(Climb.work_item_id == item_id)).all()
        citra = person(core, "citra").employee_id
    is_hers = item.state == WorkItemState.OPEN and item.assignee_id == citra
    assert len(came) == is_hers
    return is_hers
