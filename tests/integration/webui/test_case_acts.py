"""A head hands work over and ends cases."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from engine.core.core import Core
from engine.execution.beginning import Started
from engine.execution.model import Instance, InstanceState
from engine.worklist.model import WorkItem
from tests.integration.webui.conftest import Browser, text_of
from tests.support.small_office import person

BrowserOf = Callable[[str], Browser]


def state(core: Core, case: Started) -> InstanceState:
    with core.read() as reading:
        return InstanceState(reading.session.get_one(Instance, case.instance_id).state)


def assignee(core: Core, item: int) -> int | None:
    with core.read() as reading:
        return reading.session.scalar(select(WorkItem.assignee_id).where(WorkItem.id == item))


def test_a_head_finds_the_way_to_cancel_on_the_page_of_the_case(browser_of: BrowserOf, case: Started):
    address = f"/berkas/{case.number}/batalkan"
    assert address in text_of(browser_of("citra").get(f"/berkas/{case.number}"))
    assert address not in text_of(browser_of("ani").get(f"/berkas/{case.number}"))


def test_cancelling_says_first_what_will_happen(browser_of: BrowserOf, case: Started):
    page = text_of(browser_of("citra").get(f"/berkas/{case.number}/batalkan"))
    assert "cannot be taken up again" in page
    assert "Catat" in page


def test_a_cancelled_case_tells_why(core: Core, browser_of: BrowserOf, case: Started):
    answer = browser_of("citra").post(
        f"/berkas/{case.number}/batalkan", {"reason": "Salah <alamat>"}, follow_redirects=True
    )
    assert state(core, case) is InstanceState.CANCELLED
    assert "because: Salah &lt;alamat&gt;" in text_of(answer)


def test_without_a_reason_nothing_is_cancelled(core: Core, browser_of: BrowserOf, case: Started):
    answer = browser_of("citra").post(f"/berkas/{case.number}/batalkan", {"reason": " "})
    assert answer.status_code == 422
    assert "Say why" in text_of(answer)
    assert state(core, case) is InstanceState.ACTIVE


@pytest.mark.parametrize("who", ["ani", "budi", "eko"])
def test_only_heads_and_administrators_cancel(core: Core, browser_of: BrowserOf, case: Started, who: str):
    browser = browser_of(who)
    assert browser.get(f"/berkas/{case.number}/batalkan").status_code == 403
    assert browser.post(f"/berkas/{case.number}/batalkan", {"reason": "x"}).status_code == 403
    assert state(core, case) is InstanceState.ACTIVE


def test_a_case_is_cancelled_once(browser_of: BrowserOf, case: Started):
    browser = browser_of("citra")
    browser.post(f"/berkas/{case.number}/batalkan", {"reason": "Salah"})
    assert browser.post(f"/berkas/{case.number}/batalkan", {"reason": "Salah"}).status_code == 409


def test_a_head_hands_a_task_over(core: Core, browser_of: BrowserOf, case: Started, item: int):
    browser, budi = browser_of("citra"), person(core, "budi").employee_id
    assert f"/tugas/{item}/serahkan" in text_of(browser.get(f"/tugas/{item}"))
    assert "Budi Santosa" in text_of(browser.get(f"/tugas/{item}/serahkan"))
    answer = browser.post(f"/tugas/{item}/serahkan", {"to": budi}, follow_redirects=True)
    assert "is now with Budi Santosa" in text_of(answer)
    assert assignee(core, item) == budi


@pytest.mark.parametrize("to", ["", "0", "99999", "x", "99999999999999999999"])
def test_a_task_goes_to_nobody_else(core: Core, browser_of: BrowserOf, case: Started, item: int, to: str):
    before = assignee(core, item)
    assert browser_of("citra").post(f"/tugas/{item}/serahkan", {"to": to}).status_code == 422
    assert assignee(core, item) == before


def test_the_holder_hands_on_to_whom_it_is_meant_for_and_says_why(
    core: Core, browser_of: BrowserOf, case: Started, item: int
):
    browser, budi = browser_of("ani"), person(core, "budi").employee_id
    page = text_of(browser.get(f"/tugas/{item}/serahkan"))
    assert ("Budi Santosa" in page, "Eko Prasetyo" in page) == (True, False)
    assert browser.post(f"/tugas/{item}/serahkan", {"to": budi}).status_code == 422
    answer = browser.post(f"/tugas/{item}/serahkan", {"to": budi, "reason": "Rapat"}, follow_redirects=True)
    assert "is now with Budi Santosa" in text_of(answer)
    assert assignee(core, item) == budi


@pytest.mark.parametrize("who", ["budi", "eko", "fani"])
def test_only_the_head_and_the_holder_hand_over(core: Core, browser_of: BrowserOf, case: Started, item: int, who: str):
    browser, before = browser_of(who), assignee(core, item)
    assert browser.get(f"/tugas/{item}/serahkan").status_code == 403
    assert browser.post(f"/tugas/{item}/serahkan", {"to": person(core, "budi").employee_id}).status_code == 403
    assert assignee(core, item) == before


def test_a_finished_task_leads_back_to_its_page(browser_of: BrowserOf, case: Started, item: int):
    browser_of("ani").post(f"/tugas/{item}/selesai", {"perihal": "Undangan"})
    assert browser_of("citra").get(f"/tugas/{item}/serahkan").location == f"/tugas/{item}"
