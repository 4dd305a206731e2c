"""Pages on which a clock is stopped, and where people see that it stands still."""

import re
from collections.abc import Callable
from datetime import time, timedelta

import pytest

from engine.base.clock import FrozenClock
from engine.calendar.entries import TableFacts
from engine.calendar.hours_keeping import enter_table
from engine.calendar.model import HoursKind
from engine.core.core import Core
from engine.execution.beginning import Started
from engine.execution.cases import start_case
from engine.execution.model import Instance
from engine.worklist.model import WorkItem
from engine.worklist.queries import open_items_of_case
from tests.integration.webui.conftest import Browser, text_of
from tests.support.diagrams import chain, diagram, end, extensions, start, user_task
from tests.support.publishing import publish_diagram
from tests.support.small_office import person

BrowserOf = Callable[[str], Browser]
STANDS_STILL = re.compile("<dd>The clock stands still since .*The deadline is set anew when it runs again.")
WAITING = {"waits_for": "applicant", "reason": "Ijazah <asli> menyusul"}


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """What the databases do differently is tested with the operations."""
    return sqlite_url


@pytest.fixture
def approval(browser_of: BrowserOf, case: Started, item: int) -> int:
    """What Ani has filled in lies before Citra."""
    browser_of("ani").post(f"/tugas/{item}/selesai", {"perihal": "Undangan"})
    return item + 1


def test_a_stopped_clock_is_seen_wherever_the_work_is(browser_of: BrowserOf, case: Started, approval: int):
    citra = browser_of("citra")
    assert f"/tugas/{approval}/jeda" in text_of(citra.get(f"/tugas/{approval}"))
    page = text_of(citra.post(f"/tugas/{approval}/jeda", WAITING, follow_redirects=True))
    assert "The clock stands still: waiting for the applicant. Ijazah &lt;asli&gt; menyusul" in page
    assert f"/tugas/{approval}/lanjut" in page
    for place in ("/tugas", "/berkas", f"/tugas/{approval}/serahkan", f"/tugas/{approval}/revisi"):
        assert "Clock stopped" in text_of(citra.get(place))
    assert "When the clock stood still" in text_of(citra.get(f"/berkas/{case.number}"))


def test_a_clock_runs_again(browser_of: BrowserOf, case: Started, approval: int, clock: FrozenClock):
    citra = browser_of("citra")
    citra.post(f"/tugas/{approval}/jeda", WAITING)
    clock.advance(timedelta(minutes=30))
    page = text_of(citra.post(f"/tugas/{approval}/lanjut", {}, follow_redirects=True))
    assert "The clock runs again" in page
    assert "The clock stood still for 30 minutes" in text_of(citra.get(f"/berkas/{case.number}"))


def test_while_the_clock_stands_still_no_deadline_is_told(
    core: Core, browser_of: BrowserOf, case: Started, approval: int, clock: FrozenClock
):
    with core.work() as work:
        work.session.get_one(Instance, case.instance_id).due_at = clock.now() + timedelta(days=5)
    citra = browser_of("citra")
    citra.post(f"/tugas/{approval}/jeda", WAITING)
    assert STANDS_STILL.search(text_of(citra.get(f"/tugas/{approval}")))
    assert STANDS_STILL.search(text_of(citra.get(f"/berkas/{case.number}")))


def test_what_is_late_is_late_by_the_hours_of_its_unit(
    core: Core, browser_of: BrowserOf, approval: int, clock: FrozenClock
):
    with core.work() as work:
        item = work.session.get_one(WorkItem, approval)
        item.due_at = clock.now()
        week = (((time(7), time(20)),),) * 7
        own = TableFacts(unit_id=item.unit_id, kind=HoursKind.ORDINARY, first_day=clock.now().date(), week=week)
        enter_table(work, own)
    clock.advance(timedelta(hours=11))  # of which the office has worked seven
    citra = browser_of("citra")
    for page in ("/tugas", f"/tugas/{approval}", "/berkas"):
        assert "Late 1 working day" in text_of(citra.get(page)), page


def test_a_time_for_each_says_of_how_many_it_is(core: Core, browser_of: BrowserOf):
    each = '<tk:waktu teks="2 menit/berkas" kali="jumlah"/>'
    step = user_task("seleksi", extensions('<tk:pelaksana peran="pemulai"/>', each))
    publish_diagram(core, diagram(*chain(start(), step, end())))
    with core.work(person(core, "ani")) as work:
        started = start_case(work, "proses", "Arsip", {"jumlah": 5})
        (line,) = open_items_of_case(work.session, started.instance_id)
    page = text_of(browser_of("ani").get(f"/tugas/{line.work_item_id}"))
    assert "5 × 2 minutes after it arrived" in page


def test_a_deadline_that_stayed_is_told_so(browser_of: BrowserOf, approval: int):
    citra = browser_of("citra")
    citra.post(f"/tugas/{approval}/jeda", WAITING)
    page = text_of(citra.post(f"/tugas/{approval}/lanjut", {}, follow_redirects=True))
    assert "The deadline stayed: no working time passed meanwhile." in page


def test_what_is_not_said_is_asked_again(browser_of: BrowserOf, approval: int):
    answer = browser_of("citra").post(f"/tugas/{approval}/jeda", {"waits_for": "", "reason": "Menunggu Kanwil"[:0]})
    assert answer.status_code == 422
    assert "Choose for whom the case waits." in text_of(answer)
    assert 'href="#reason"' in text_of(answer)


def test_whoever_only_looks_on_is_offered_nothing(browser_of: BrowserOf, approval: int):
    ani = browser_of("ani")
    assert f"/tugas/{approval}/jeda" not in text_of(ani.get(f"/tugas/{approval}"))
    assert ani.get(f"/tugas/{approval}/jeda").status_code == 403
