"""The inbox: its views, its counts, and its quiet refresh."""

from collections.abc import Callable
from datetime import timedelta

from engine.base.clock import FrozenClock
from engine.core.core import Core
from engine.execution.cases import Started
from engine.worklist.operations import release
from tests.integration.webui.conftest import Browser, text_of
from tests.support.small_office import person

BrowserOf = Callable[[str], Browser]
FRAGMENT = {"X-Fragment": "inbox"}


def test_her_task_stands_with_its_case(browser_of: BrowserOf, case: Started):
    page = text_of(browser_of("ani").get("/tugas"))
    assert "Catat" in page
    assert case.number in page


def test_released_work_can_be_taken_from_the_list(core: Core, browser_of: BrowserOf, item: int):
    with core.work(person(core, "ani")) as work:
        release(work, item)
    budi = browser_of("budi")
    assert "Catat" in text_of(budi.get("/tugas?tampilan=antrean"))
    answer = budi.post(f"/tugas/{item}/ambil", {"next": "/tugas?tampilan=antrean"})
    assert answer.location == "/tugas?tampilan=antrean"
    assert "Catat" in text_of(budi.get("/tugas"))


def test_nothing_new_costs_nothing(browser_of: BrowserOf, case: Started):
    ani = browser_of("ani")
    first = ani.get("/tugas", headers=FRAGMENT)
    again = ani.get("/tugas", headers={**FRAGMENT, "If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_a_refresh_brings_the_list_alone(browser_of: BrowserOf, case: Started):
    fragment = text_of(browser_of("ani").get("/tugas", headers=FRAGMENT))
    assert 'data-key="item-' in fragment
    assert "<html" not in fragment


def test_what_arrived_since_the_last_look_is_marked(browser_of: BrowserOf, core: Core, clock: FrozenClock, request):
    ani = browser_of("ani")
    ani.get("/tugas")
    clock.advance(timedelta(minutes=5))
    request.getfixturevalue("case")
    assert "is-new" in text_of(ani.get("/tugas"))
    assert "is-new" not in text_of(ani.get("/tugas"))


def test_an_account_without_an_inbox_sees_an_empty_one(browser_of: BrowserOf):
    assert "No tasks wait for you." in text_of(browser_of("fani").get("/tugas"))
