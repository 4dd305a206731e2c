"""Managers see how cases stand; each number leads to the list behind it."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest

from engine.base.clock import FrozenClock
from engine.execution.beginning import Started
from tests.integration.webui.conftest import Browser, text_of

BrowserOf = Callable[[str], Browser]


@pytest.fixture
def late_case(case: Started, browser_of: BrowserOf, item: int, clock: FrozenClock) -> Started:
    """Its second step waits for Citra, and has had its ten minutes."""
    browser_of("ani").post(f"/tugas/{item}/selesai", {"perihal": "Undangan"})
    clock.advance(timedelta(minutes=30))
    return case


def test_the_board_says_what_is_late_where_and_for_whom(browser_of: BrowserOf, late_case: Started):
    page = text_of(browser_of("citra").get("/pemantauan"))
    assert late_case.number in page
    assert "Setujui" in page
    assert "Citra Dewanti" in page


def test_every_number_leads_to_a_list_with_that_case(browser_of: BrowserOf, late_case: Started):
    browser = browser_of("citra")
    page = text_of(browser.get("/pemantauan"))
    links = set(re.findall(r'href="(/berkas\?[^"]*keadaan=terlambat[^"]*)"', page))
    assert len(links) == 3  # of all, of its procedure, of its unit
    for link in links:
        assert late_case.number in text_of(browser.get(unescape(link)))


@pytest.mark.parametrize(
    "filter", ["keadaan=berisiko", "keadaan=lancar", "keadaan=tanpa-pelaksana", "prosedur=proses&keadaan=selesai"]
)
def test_other_lists_do_not_have_it(browser_of: BrowserOf, late_case: Started, filter: str):
    assert late_case.number not in text_of(browser_of("citra").get(f"/berkas?{filter}"))


def test_a_quiet_board_says_so(browser_of: BrowserOf, case: Started):
    assert "Nothing is late, at risk or stopped" in text_of(browser_of("citra").get("/pemantauan"))


def test_an_empty_office_has_a_board(browser_of: BrowserOf):
    assert browser_of("citra").get("/pemantauan").status_code == 200


@pytest.mark.parametrize(
    "filter",
    [
        "prosedur=tidak-ada",
        "unit=99999",
        "unit=x",
        "selesai_sejak=kemarin",
        "selesai_sejak=0001-01-01",
        "keadaan=%00",
        "unit=99999999999999999999",
    ],
)
def test_a_filter_that_means_nothing_is_left_out(browser_of: BrowserOf, case: Started, filter: str):
    assert case.number in text_of(browser_of("citra").get(f"/berkas?{filter}"))


@pytest.mark.parametrize("who", ["ani", "eko"])
def test_only_managers_and_administrators_see_the_board(browser_of: BrowserOf, who: str):
    assert browser_of(who).get("/pemantauan").status_code == 403


def test_the_office_is_shown_with_those_who_hold_it_today(browser_of: BrowserOf):
    page = text_of(browser_of("ani").get("/organisasi"))
    assert "Kasubbag TU" in page
    assert "Citra Dewanti" in page
    assert "1 vacant seat" in page
