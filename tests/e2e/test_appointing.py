"""A Plh is appointed for today by the pages, and the work of the position comes to her."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.colleagues import CallColleague
from tests.e2e.office import Office
from tests.e2e.sop import NOTA, SURAT_TUGAS
from tests.e2e.steps import row_of

DeskOf = Callable[..., Page]
Photograph = Callable[[Page], None]
BEFORE, AFTERWARDS = "Supervisi madrasah di Gubug", "Monitoring nikah di Purwodadi"
TODAY, FRIDAY = "2026-11-23", "2026-11-27"


@pytest.fixture(scope="module")
def product(own_product: Office) -> Office:
    """Who acts for whom is not as it was afterwards."""
    return own_product


def test_a_plh_appointed_for_today_gets_the_work(desk_of: DeskOf, call: CallColleague, photograph: Photograph) -> None:
    asih, ratna, laksmi = call("asih"), desk_of("ratna"), desk_of("laksmi")
    asih.complete(asih.start(SURAT_TUGAS, BEFORE), NOTA)
    expect(row_of(laksmi, BEFORE)).to_have_count(1)

    appoint_as_plh(desk_of("saka"), "Kepala Subbagian", "Ratnadewi", photograph)
    asih.complete(asih.start(SURAT_TUGAS, AFTERWARDS), NOTA)

    expect(row_of(ratna, AFTERWARDS)).to_have_count(1)
    expect(row_of(ratna, BEFORE)).to_have_count(1)
    expect(row_of(laksmi, AFTERWARDS)).to_have_count(0)
    row_of(ratna, AFTERWARDS).locator(".row-title").click()
    photograph(ratna)


def appoint_as_plh(saka: Page, position: str, name: str, photograph: Photograph) -> None:
    """From the tree to the position, then whom, how long, by which letter; seen as a sentence before it is kept."""
    saka.goto("/organisasi")
    photograph(saka)
    saka.locator(".position-title a", has_text=position).click()
    saka.click("a[href^='/organisasi/penunjukan?jabatan=']")
    saka.fill("#search", name)
    saka.press("#search", "Enter")
    saka.locator("ul.rows a", has_text=name).click()
    saka.check("input[name=kind][value=plh]")
    saka.fill("#starts_on", TODAY)
    saka.fill("#ends_on", FRIDAY)
    saka.locator("main form button.btn-primary").click()
    expect(saka.locator("#decree-error")).to_be_visible()
    saka.fill("#decree", "SPT-0301/2026")
    saka.locator("main form button.btn-primary").click()
    expect(saka.locator("#sentence")).to_contain_text(name)
    photograph(saka)
    saka.click("button[name=confirmed]")
    expect(saka.locator("[aria-labelledby=now] .row-line", has_text="SPT-0301/2026")).to_be_visible()
    photograph(saka)
