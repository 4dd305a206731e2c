"""The inbox: its views, its counts, and its quiet refresh."""

import html
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from werkzeug.test import TestResponse

from engine.base.clock import FrozenClock
from engine.base.paging import to_cursor
from engine.core.core import Core
from engine.execution.beginning import Started
from engine.worklist.model import WorkItem
from engine.worklist.operations import release
from tests.integration.webui.conftest import Browser, text_of
from tests.support.offices import a_work_item
from tests.support.small_office import person

BrowserOf = Callable[[str], Browser]
PART = {"HX-Request": "true"}
ETAG = re.compile(r'"If-None-Match": "\\"(\w+)\\""')
AGAIN = re.compile(r'<div id="inbox" hx-get="([^"]+)"')


@pytest.fixture
def released(core: Core, item: int) -> int:
    """The first step of the case, in the queue of the clerks."""
    with core.work(person(core, "ani")) as work:
        release(work, item)
    return item


def again(browser: Browser, page: str, **headers: str) -> TestResponse:
    """What the page asks every few seconds."""
    return browser.get(html.unescape(AGAIN.findall(page)[0]), headers={**PART, **headers})


def test_her_task_stands_with_its_case(browser_of: BrowserOf, case: Started):
    page = text_of(browser_of("ani").get("/tugas"))
    assert "Catat" in page
    assert case.number in page


def test_released_work_can_be_taken_from_the_list(browser_of: BrowserOf, released: int):
    budi = browser_of("budi")
    assert "Catat" in text_of(budi.get("/tugas?tampilan=antrean"))
    answer = budi.post(f"/tugas/{released}/ambil", {"tampilan": "antrean"})
    assert answer.location == "/tugas?tampilan=antrean"
    assert "Catat" in text_of(budi.get("/tugas"))


def test_a_row_that_is_taken_says_so_in_its_place_and_the_counts_follow(browser_of: BrowserOf, released: int):
    budi = browser_of("budi")
    budi.get("/tugas?tampilan=antrean")
    answer = text_of(budi.post(f"/tugas/{released}/ambil", {"tampilan": "antrean"}, headers=PART))
    assert answer.lstrip().startswith('<li class="row-line is-taken">')
    assert counts_in(answer) == {
        "My tasks": 1,
        "Queue of my position": 0,
        "Late": 0,
        "Due today": 0,
        "Done by me": 0,
    }


def test_a_row_that_somebody_else_took_is_told(browser_of: BrowserOf, released: int):
    ani, budi = browser_of("ani"), browser_of("budi")
    ani.post(f"/tugas/{released}/ambil")
    answer = budi.post(f"/tugas/{released}/ambil", {"tampilan": "antrean"}, headers=PART)
    assert answer.status_code == 409
    assert "Ani Lestari has already taken this task." in text_of(answer)
    assert "<html" not in text_of(answer)


def test_nothing_new_costs_nothing(browser_of: BrowserOf, case: Started):
    ani = browser_of("ani")
    page = text_of(ani.get("/tugas"))
    unchanged = again(ani, page, **{"If-None-Match": f'"{ETAG.findall(page)[0]}"'})
    assert (unchanged.status_code, unchanged.data) == (304, b"")


def test_a_refresh_brings_the_list_and_the_bell_alone(browser_of: BrowserOf, case: Started):
    ani = browser_of("ani")
    part = text_of(again(ani, text_of(ani.get("/tugas"))))
    assert "Catat" in part
    assert 'id="bell"' in part
    assert "<html" not in part


def test_the_browsers_memory_keeps_part_and_page_apart(browser_of: BrowserOf, case: Started):
    assert "HX-Request" in browser_of("ani").get("/tugas", headers=PART).headers["Vary"]


def test_a_task_that_is_at_risk_by_now_is_drawn_anew(browser_of: BrowserOf, clock: FrozenClock, core: Core, item: int):
    with core.work() as work:
        row = work.session.get_one(WorkItem, item)
        row.risk_at, row.due_at = clock.now() + timedelta(hours=1), clock.now() + timedelta(hours=2)
    ani = browser_of("ani")
    page = text_of(ani.get("/tugas"))
    clock.advance(timedelta(minutes=61))
    assert again(ani, page, **{"If-None-Match": f'"{ETAG.findall(page)[0]}"'}).status_code == 200


def test_what_arrived_since_the_last_look_is_marked(browser_of: BrowserOf, clock: FrozenClock, request):
    ani = browser_of("ani")
    ani.get("/tugas")
    clock.advance(timedelta(minutes=5))
    request.getfixturevalue("case")
    clock.advance(timedelta(minutes=5))
    assert "is-new" in text_of(ani.get("/tugas"))
    assert "is-new" not in text_of(ani.get("/tugas"))


def test_what_is_marked_stays_marked_while_the_page_stands_open(browser_of: BrowserOf, clock: FrozenClock, request):
    ani = browser_of("ani")
    ani.get("/tugas")
    clock.advance(timedelta(minutes=5))
    request.getfixturevalue("case")
    page = text_of(ani.get("/tugas"))
    clock.advance(timedelta(minutes=5))
    assert "is-new" in text_of(again(ani, page))


def test_a_look_at_one_view_is_none_at_another(browser_of: BrowserOf, clock: FrozenClock, request):
    budi = browser_of("budi")
    budi.get("/tugas?tampilan=antrean")
    clock.advance(timedelta(minutes=5))
    request.getfixturevalue("released")
    clock.advance(timedelta(minutes=5))
    budi.get("/tugas")
    assert "is-new" in text_of(budi.get("/tugas?tampilan=antrean"))


@pytest.mark.parametrize("looked", ["1:saya=1", "2:saya=x", "rubbish", "2:saya=" + "9" * 90, ":=&"])
def test_a_memory_that_is_not_hers_marks_nothing(browser_of: BrowserOf, case: Started, looked: str):
    ani = browser_of("ani")
    ani.client.set_cookie("tatakerja_looked", looked.replace("1:", "999:"))
    assert "is-new" not in text_of(ani.get("/tugas"))


def test_without_a_task_the_queue_of_her_position_is_pointed_to(browser_of: BrowserOf, released: int):
    page = text_of(browser_of("budi").get("/tugas"))
    assert "No tasks. The queue of your position holds 1." in page
    assert 'href="/tugas?tampilan=antrean"' in page


def test_late_work_leads_and_work_without_a_deadline_ends(
    browser_of: BrowserOf, core: Core, clock: FrozenClock, item: int
):
    dues = {
        "Nanti": timedelta(hours=5),
        "Terlambat": timedelta(hours=-5),
        "Kapan saja": None,
        "Segera": timedelta(hours=1),
    }
    with core.work() as work:
        first = work.session.get_one(WorkItem, item)
        for number, (title, due) in enumerate(dues.items(), start=100):
            due_at = clock.now() + due if due is not None else None
            a_work_item(
                work.session,
                first.instance_id,
                clock.now(),
                activity_id=number,
                title=title,
                risk_at=None,
                due_at=due_at,
                assignee_id=first.assignee_id,
            )
    titles = re.findall(r'class="row-title"[^>]*>([^<]+)<', text_of(browser_of("ani").get("/tugas")))
    assert [title for title in titles if title in dues] == ["Terlambat", "Segera", "Nanti", "Kapan saja"]


def test_an_account_without_an_inbox_sees_an_empty_one(browser_of: BrowserOf):
    assert "No tasks wait for you." in text_of(browser_of("fani").get("/tugas"))


def test_further_on_in_the_list_one_is_led_to_its_top(browser_of: BrowserOf, case: Started):
    place = to_cursor([None, 2**30])
    page = text_of(browser_of("ani").get(f"/tugas?tampilan=saya&sesudah={place}"))
    assert "No tasks wait for you." not in page
    assert 'href="/tugas?tampilan=saya">To the top of the list' in page


def counts_in(page: str) -> dict[str, int]:
    """The views with a count, by their labels."""
    found = re.findall(r'id="tab-\d"[^>]*>([^<]+?) <span class="count[^"]*">(\d+)</span>', page)
    return {label: int(count) for label, count in found}
