"""How often a page asks the database: a fixed number of times, however many lines it has."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from engine.core.core import Core
from engine.execution.cases import start_case
from engine.organisation.model import Position
from tests.support.offices import a_candidate, a_work_item
from tests.support.statements import asked

PAGES = [
    "/tugas",
    "/tugas?tampilan=antrean",
    "/berkas",
    "/pemantauan",
    "/prosedur",
    "/pemberitahuan",
    "/berkas/{number}",
    "/berkas/{number}/diagram",
    "/tugas/{item}",
]


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """The statements are the same on both databases."""
    return sqlite_url


def begin(core: Core, number: int) -> None:
    """As the system: so they wait in the pool, where everyone of the unit sees them."""
    with core.work() as work:
        for each in range(number):
            start_case(work, "proses", f"Berkas {each}")


@pytest.mark.parametrize("address", PAGES)
def test_a_page_asks_no_more_for_a_hundred_cases_than_for_ten(core, browser_of, case, item, address):
    citra = browser_of("citra")
    page = address.format(number=case.number, item=item)
    citra.get(page)
    asked_for = []
    for more in (9, 90):
        begin(core, more)
        with asked(core.engine) as statements:
            assert citra.get(page).status_code == 200
        asked_for.append(len(statements))
    assert asked_for[0] == asked_for[1] <= 24


@pytest.mark.parametrize(
    "address", ["/berkas/{number}", "/berkas/{number}/data", "/tugas/{item}", "/tugas?tampilan=antrean"]
)
def test_a_page_asks_no_more_for_a_long_journey_than_for_a_short_one(core, browser_of, clock, case, item, address):
    ani, page = browser_of("ani"), address.format(number=case.number, item=item)
    asked_for = []
    for steps in (range(100, 102), range(102, 140)):
        lay_late_steps_in_the_queue(core, case.instance_id, steps)
        ani.get(page)
        with asked(core.engine) as statements:
            assert ani.get(page).status_code == 200
        asked_for.append(len(statements))
    assert asked_for[0] == asked_for[1] <= 24


def lay_late_steps_in_the_queue(core: Core, instance_id: int, numbers: range) -> None:
    """Steps that lie in a queue and are late take the most words, and so the most questions."""
    with core.work() as work:
        clerk = work.session.scalars(select(Position.id).where(Position.code == "clerk")).one()
        for number in numbers:
            long_ago = work.now - timedelta(days=9)
            step = a_work_item(work.session, instance_id, long_ago, activity_id=number)
            a_candidate(work.session, step, position_id=clerk)
