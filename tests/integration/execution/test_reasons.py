"""A task always says why it is where it is now."""

from collections.abc import Callable

from engine.base.unit_of_work import UnitOfWork
from engine.core.core import Core
from engine.worklist import operations as worklist
from engine.worklist.model import WorkItem
from tests.integration.execution.conftest import Desk
from tests.support.diagrams import chain, diagram, end, person_task, start
from tests.support.small_office import person

POOL = diagram(*chain(start(), person_task("tulis", "writer"), person_task("catat", "clerk"), end()))


def reason_after(core: Core, desk: Desk, *acts: Callable[[UnitOfWork, int], None]) -> str:
    desk.publish(POOL)
    case = desk.start()
    desk.complete(case, "tulis", by="eko")
    item_id = desk.item(case, "catat")
    for act in acts:
        with core.work(person(core, "ani")) as work:
            act(work, item_id)
    with core.read() as reading:
        reason = reading.session.get_one(WorkItem, item_id).assignment_reason
    text: str = reason["message"] % reason["params"]
    return text


def test_a_task_that_was_taken_no_longer_waits_in_the_pool(core: Core, desk: Desk):
    taken = reason_after(core, desk, worklist.claim)
    assert taken == "Ani Lestari took it from the pool of Pengadministrasi."


def test_a_task_that_was_laid_back_says_by_whom(core: Core, desk: Desk):
    laid_back = reason_after(core, desk, worklist.claim, worklist.release)
    assert laid_back == "Ani Lestari laid it back into the pool of Pengadministrasi."
