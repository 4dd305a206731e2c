"""Filters of the inbox under a name: kept, shared, renamed, opening the inbox, removed."""

from collections.abc import Callable

import pytest

from engine.core.core import Core
from engine.worklist.model import WorkItem
from tests.integration.webui.conftest import Browser, text_of

BrowserOf = Callable[[str], Browser]
LISTED = "/tugas?tampilan=saya&cari=rapat"


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url


@pytest.fixture
def ani(browser_of: BrowserOf, item: int) -> Browser:
    """She keeps one filter, the first."""
    ani = browser_of("ani")
    ani.post("/tugas/saringan?cari=rapat", {"name": "Rapat saja"})
    return ani


def test_a_filter_is_kept_shared_and_removed(browser_of: BrowserOf, core: Core, item: int):
    ani, budi = browser_of("ani"), browser_of("budi")
    with core.read() as reading:
        unit_id = reading.session.get_one(WorkItem, item).unit_id
    ani.post("/tugas/saringan?tampilan=antrean&cari=rapat", {"name": "Rapat saja", "unit": unit_id})
    assert "Rapat saja" in text_of(budi.get("/tugas"))
    assert "/tugas?tampilan=antrean&amp;cari=rapat" in text_of(budi.get("/tugas"))
    assert budi.post("/tugas/saringan/1/hapus").status_code == 404
    ani.post("/tugas/saringan/1/hapus")
    assert "Rapat saja" not in text_of(budi.get("/tugas"))


def test_one_of_the_same_name_is_replaced(browser_of: BrowserOf, item: int):
    ani = browser_of("ani")
    for word in ("satu", "dua"):
        ani.post(f"/tugas/saringan?cari={word}", {"name": "Kata"})
    page = text_of(ani.get("/tugas"))
    assert "cari=dua" in page
    assert "cari=satu" not in page


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": "  "}, "Give the filter a name"),
        ({"name": "a" * 81}, "Give the filter a name"),
        ({"name": "Milik orang", "unit": "4711"}, "shared only with a unit in which you work"),
    ],
)
def test_what_cannot_be_kept_says_why(browser_of: BrowserOf, item: int, fields, said):
    ani = browser_of("ani")
    ani.post("/tugas/saringan?cari=rapat", fields)
    assert said in text_of(ani.get("/tugas?cari=rapat"))


def test_a_filter_is_renamed_in_its_place(ani: Browser):
    assert ani.post("/tugas/saringan/1/nama", {"name": " Rapat  dinas ", "kembali": LISTED}).location == LISTED
    page = text_of(ani.get("/tugas?tampilan=saya"))
    assert "Rapat dinas" in page
    assert "Rapat saja" not in page


@pytest.mark.parametrize(("name", "said"), [(" ", "Give the filter a name"), ("Kata", "You keep another filter")])
def test_a_new_name_that_cannot_be_says_why(ani: Browser, name: str, said: str):
    ani.post("/tugas/saringan?cari=kata", {"name": "Kata"})
    ani.post("/tugas/saringan/1/nama", {"name": name})
    page = text_of(ani.get("/tugas?tampilan=saya"))
    assert said in page
    assert "Rapat saja" in page


def test_the_inbox_opens_with_the_filter_that_was_chosen_last(ani: Browser):
    ani.post("/tugas/saringan?tampilan=antrean", {"name": "Antrean"})
    for filter_id in (1, 2, 2):
        ani.post(f"/tugas/saringan/{filter_id}/pembuka")
    assert ani.get("/tugas").location == "/tugas?tampilan=antrean"
    assert "opens your inbox" in text_of(ani.get("/tugas?tampilan=saya"))


def test_all_that_is_hers_is_one_click_away_and_come_back_to(ani: Browser, item: int):
    ani.post("/tugas/saringan/1/pembuka")
    page = text_of(ani.get("/tugas?tampilan=saya"))
    assert f'href="/tugas/{item}?kembali=/tugas?tampilan%3Dsaya"' in page


@pytest.mark.parametrize("act", ["bukan-pembuka", "hapus"])
def test_the_inbox_opens_plainly_again(ani: Browser, act: str):
    ani.post("/tugas/saringan/1/pembuka")
    ani.post(f"/tugas/saringan/1/{act}")
    assert ani.get("/tugas").status_code == 200


def test_a_filter_of_somebody_else_opens_nobodys_inbox(browser_of: BrowserOf, ani: Browser):
    budi = browser_of("budi")
    assert budi.post("/tugas/saringan/1/pembuka").status_code == 404
    assert budi.post("/tugas/saringan/1/nama", {"name": "Milik Budi"}).status_code == 404


def test_what_is_being_kept_is_not_carried_over_to_another_list(ani: Browser):
    """A page that is refreshed in its place holds on to what has the same id."""
    marks = {text_of(ani.get(page)).split('id="filter-keep-')[1][:8] for page in (LISTED, f"{LISTED}+dinas")}
    assert len(marks) == 2
