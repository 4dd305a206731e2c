"""Several tasks at once, the pages of the list and back to it, and what is new in it."""

import html
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from engine.base.clock import FrozenClock
from engine.base.paging import PAGE_SIZE
from engine.core.core import Core
from engine.execution.cases import start_case
from engine.worklist.model import Comment, WorkItem
from engine.worklist.operations import reassign, release
from tests.integration.webui.conftest import Browser, text_of
from tests.support.offices import a_work_item
from tests.support.small_office import person

BrowserOf = Callable[[str], Browser]
ANSWER = {"perihal": "Undangan rapat", "hari": "2", "catatan": ""}


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """What the database does differs nowhere here; the queries have tests on both."""
    return sqlite_url


@pytest.fixture
def queue(core: Core, item: int) -> list[int]:
    """Three steps in the queue of the clerks, none of them taken."""
    ani = person(core, "ani")
    for title in ("Berkas kedua", "Berkas ketiga"):
        with core.work(ani) as work:
            start_case(work, "proses", title)
    with core.read() as reading:
        ids = list(reading.session.scalars(select(WorkItem.id).order_by(WorkItem.id)))
    for work_item_id in ids:
        with core.work(ani) as work:
            release(work, work_item_id)
    return ids


def row(core: Core, work_item_id: int) -> WorkItem:
    with core.read() as reading:
        return reading.session.get_one(WorkItem, work_item_id)


def test_all_that_were_chosen_are_taken(browser_of: BrowserOf, core: Core, queue: list[int]):
    budi = browser_of("budi")
    back = "/tugas?tampilan=antrean"
    answer = budi.post("/tugas/pilihan", {"act": "claim", "pilih": queue, "kembali": back})
    assert answer.location == back
    assert {row(core, each).assignee_id for each in queue} == {person(core, "budi").employee_id}
    assert "Done with 3 tasks." in text_of(budi.get(back))


def test_what_cannot_be_taken_says_why_and_hinders_no_other(browser_of: BrowserOf, core: Core, queue: list[int]):
    browser_of("ani").post(f"/tugas/{queue[0]}/ambil")
    page = text_of(browser_of("budi").post("/tugas/pilihan", {"act": "claim", "pilih": [*queue, 4711]}))
    assert "Done with 2 tasks." in page
    assert "2 tasks were left as they were" in page
    assert "Ani Lestari has already taken this task." in page
    assert "There is no such task." in page


def test_without_a_choice_it_is_asked_for(browser_of: BrowserOf, queue: list[int]):
    ani = browser_of("ani")
    ani.post("/tugas/pilihan", {"act": "claim", "pilih": ["x", "-1", "9" * 30]})
    assert "Choose one task or more first" in text_of(ani.get("/tugas"))


@pytest.mark.parametrize("address", ["/tugas/pilihan", "/tugas/saringan"])
def test_the_address_of_a_form_asked_for_by_hand_leads_to_the_list(browser_of: BrowserOf, address: str):
    assert browser_of("ani").get(address).location == "/tugas"


def test_the_head_hands_several_over(browser_of: BrowserOf, core: Core, queue: list[int]):
    citra = browser_of("citra")
    to = citra.post("/tugas/pilihan", {"act": "reassign", "pilih": queue}).location
    assert "Budi Santosa" in text_of(citra.get(to))
    citra.post("/tugas/serahkan", {"pilih": queue, "to": person(core, "budi").employee_id})
    assert {row(core, each).assignee_id for each in queue} == {person(core, "budi").employee_id}


def test_nobody_is_offered_to_those_who_lead_nobody(browser_of: BrowserOf, queue: list[int]):
    page = text_of(browser_of("ani").get(f"/tugas/serahkan?pilih={queue[0]}"))
    assert "None of these tasks waits in a unit that you lead." in page
    assert "Budi Santosa" not in page


def test_a_choice_of_nobody_comes_back(browser_of: BrowserOf, queue: list[int]):
    answer = browser_of("citra").post("/tugas/serahkan", {"pilih": queue})
    assert answer.status_code == 422
    assert "Choose who gets the tasks." in text_of(answer)


def test_urgency_is_set_by_the_head_and_refused_to_others(browser_of: BrowserOf, core: Core, queue: list[int]):
    chosen = {"act": "priority", "priority": "mendesak", "pilih": queue[:1]}
    assert "may set its priority" in text_of(browser_of("budi").post("/tugas/pilihan", chosen))
    browser_of("citra").post("/tugas/pilihan", chosen)
    assert row(core, queue[0]).priority == 1


def test_one_comes_back_to_the_list_from_which_the_task_was_opened(browser_of: BrowserOf, item: int):
    ani = browser_of("ani")
    back = "/tugas?tampilan=hari-ini&cari=sebuah"
    assert "kembali=" in text_of(ani.get("/tugas?tampilan=saya&cari=sebuah"))
    ani.get(f"/tugas/{item}?kembali={back.replace('&', '%26')}")
    answer = ani.post(f"/tugas/{item}/selesai", {**ANSWER, "kembali": back})
    assert answer.location == back


@pytest.mark.parametrize("back", ["https://jahat.example/tugas", "//jahat.example", "/masuk", "/tugas/../x", "\\"])
def test_no_address_but_a_list_of_ours_is_believed(browser_of: BrowserOf, item: int, back: str):
    assert browser_of("ani").post(f"/tugas/{item}/selesai", {**ANSWER, "kembali": back}).location == "/tugas"


def test_the_pages_of_a_list_are_turned_in_both_directions(browser_of: BrowserOf, core: Core, item: int):
    mine, now = row(core, item), core.clock.now()
    facts = {"due_at": None, "risk_at": None, "assignee_id": mine.assignee_id}
    with core.work() as work:
        for place in range(2 * PAGE_SIZE):
            a_work_item(work.session, mine.instance_id, now, activity_id=100 + place, **facts)
    ani, page = browser_of("ani"), "/tugas?tampilan=saya"
    walked = [page, *(page := turned(ani, page, "next") for _ in range(2))]
    assert [turned(ani, page, "prev") for page in walked[:0:-1]] == walked[-2::-1]
    assert f'hx-get="{html.escape(page)}' in text_of(ani.get(page))


def turned(browser: Browser, page: str, way: str) -> str:
    return html.unescape(re.findall(rf'href="([^"]+)" rel="{way}"', text_of(browser.get(page)))[0])


def test_what_was_handed_to_her_and_what_was_said_is_marked(
    browser_of: BrowserOf, core: Core, clock: FrozenClock, item: int
):
    budi = browser_of("budi")
    budi.get("/tugas")
    clock.advance(timedelta(minutes=5))
    with core.work(person(core, "citra")) as work:
        reassign(work, item, person(core, "budi").employee_id or 0)
    assert "Handed to you" in text_of(budi.get("/tugas"))
    clock.advance(timedelta(minutes=5))
    with core.work() as work:
        instance_id = work.session.get_one(WorkItem, item).instance_id
        work.session.add(Comment(instance_id=instance_id, text="Ya", written_at=work.now, written_by="Citra"))
    assert "New comment" in text_of(budi.get("/tugas"))
    assert "is-new" not in text_of(budi.get("/tugas"))


def test_the_head_is_offered_for_her_unit_only_what_she_may_do(browser_of: BrowserOf, queue: list[int]):
    page = text_of(browser_of("citra").get("/tugas?tampilan=unit"))
    offered = [act for act in ("claim", "release", "reassign", "priority", "follow_up") if f'value="{act}"' in page]
    assert offered == ["reassign", "priority"]


def test_whoever_leads_nobody_is_offered_her_own_acts(browser_of: BrowserOf, item: int):
    page = text_of(browser_of("ani").get("/tugas"))
    offered = [act for act in ("claim", "release", "reassign", "priority", "follow_up") if f'value="{act}"' in page]
    assert offered == ["release", "priority", "follow_up"]
