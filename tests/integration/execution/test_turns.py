"""Work in turn stays fair when many cases come to the step at once."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import select

from engine.core.core import Core
from engine.execution import user_tasks
from engine.organisation.model import Employee
from engine.worklist.model import WorkItem
from tests.integration.execution.conftest import Desk
from tests.integration.execution.test_rerouting import steps
from tests.support.small_office import person

CASES = 12


def test_nobody_is_passed_over_or_chosen_twice(core: Core):
    desk = Desk(core)
    desk.publish(steps('<tk:pelaksana jabatan="clerk" cara="giliran"/>'))
    items = [desk.item(desk.start(by="eko"), "isi") for _number in range(CASES)]

    def complete(item_id: int) -> None:
        with core.work(person(core, "eko")) as work:
            user_tasks.complete(work, item_id, {})

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(complete, items))
    with core.read() as reading:
        query = select(Employee.name).join(WorkItem, WorkItem.assignee_id == Employee.id)
        names = Counter(reading.session.scalars(query.where(WorkItem.element == "langkah")))
    assert names == {"Ani Lestari": CASES // 2, "Budi Santosa": CASES // 2}
