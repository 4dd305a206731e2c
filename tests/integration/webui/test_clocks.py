"""Pages on which a clock is stopped, and where people see that it stands still."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from engine.base.clock import FrozenClock
from engine.core.core import Core
from engine.execution.beginning import Started
from engine.execution.model import Instance
from tests.integration.webui.conftest import Browser, text_of

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
    assert "Clock stopped" in text_of(citra.get("/tugas"))
    assert "Clock stopped" in text_of(citra.get("/berkas"))
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
