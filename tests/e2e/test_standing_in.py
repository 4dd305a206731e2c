"""On a phone a head lets a colleague act for her; the colleague finds the work and both names stand in the journey."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.colleagues import CallColleague
from tests.e2e.office import Office
from tests.e2e.sop import NOTA, SURAT_TUGAS
from tests.e2e.steps import open_task, row_of

DeskOf = Callable[..., Page]
Photograph = Callable[[Page], None]
CASE = "Monitoring nikah di Gubug"
PHONE = 360


@pytest.fixture(scope="module")
def product(own_product: Office) -> Office:
    """Who acts for whom is not as it was afterwards."""
    return own_product


def test_a_colleague_acts_on_behalf(desk_of: DeskOf, call: CallColleague, photograph: Photograph) -> None:
    asih, laksmi, ratna = call("asih"), desk_of("laksmi", PHONE), desk_of("ratna")
    asih.complete(asih.start(SURAT_TUGAS, CASE), NOTA)

    record_absence(laksmi, photograph)
    give_delegation(laksmi, "Ratnadewi", photograph)

    expect(row_of(ratna, CASE, "atas-nama")).to_have_count(1)
    open_task(ratna, CASE, "atas-nama")
    photograph(ratna)
    expect(ratna.locator(".note").first).to_be_visible()
    ratna.goto("/organisasi/pelimpahan")
    photograph(ratna)
    ratna.locator("form[action$='/akhiri'] button").click()
    expect(row_of(ratna, CASE, "atas-nama")).to_have_count(0)


def record_absence(laksmi: Page, photograph: Photograph) -> None:
    laksmi.goto("/organisasi/ketidakhadiran/baru")
    laksmi.locator("main form button.btn-primary").click()
    expect(laksmi.locator("#kind-error")).to_be_visible()
    photograph(laksmi)
    laksmi.select_option("#kind", "annual")
    laksmi.fill("#starts_on", "2026-11-23")
    laksmi.fill("#ends_on", "2026-11-27")
    laksmi.locator("main form button.btn-primary").click()
    expect(laksmi.locator("ul.rows .row-line")).to_have_count(1)
    photograph(laksmi)


def give_delegation(laksmi: Page, name: str, photograph: Photograph) -> None:
    """By the link that the warning about her open work offers."""
    laksmi.locator("a[href^='/organisasi/pelimpahan/baru']").first.click()
    laksmi.fill("#rekan", name)
    laksmi.locator("main form button.btn-primary").click()
    expect(laksmi.locator("#ends_at-error")).to_be_visible()
    photograph(laksmi)
    laksmi.fill("#ends_at", "2026-11-27T16:00")
    laksmi.locator("main form button.btn-primary").click()
    expect(laksmi.locator("ul.rows .row-line", has_text=name)).to_have_count(1)
    photograph(laksmi)
