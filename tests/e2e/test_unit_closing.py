"""A unit goes to another ministry: its people leave with it, its open task goes on with somebody who stays."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.colleagues import CallColleague
from tests.e2e.office import Office
from tests.e2e.sop import SURAT_TUGAS
from tests.e2e.steps import row_of

DeskOf = Callable[..., Page]
Photograph = Callable[[Page], None]
TITLE = "Monitoring zakat di Kecamatan Gubug"
MINISTRY = "Kementerian Haji dan Umrah"


@pytest.fixture(scope="module")
def product(own_product: Office) -> Office:
    """Whoever leaves here works on in the other journeys."""
    return own_product


def test_a_unit_is_transferred_with_its_people_and_its_work_stays(
    desk_of: DeskOf, call: CallColleague, photograph: Photograph
) -> None:
    call("asih").start(SURAT_TUGAS, TITLE)
    saka = desk_of("saka")
    saka.goto("/organisasi")
    saka.get_by_role("link", name="Seksi Bimbingan Masyarakat Islam", exact=True).first.click()
    saka.click("a[href$='/tutup']")
    saka.fill("#day", "2026-11-23")
    saka.fill("#transferred_to", MINISTRY)
    saka.select_option("#below_to", label="Kantor Kementerian Agama Kabupaten Grobogan")
    saka.click("button[value=look]")

    expect(saka.get_by_text(TITLE).first).to_be_visible()
    choose(saka, "#work_to", "Kepala Subbagian Tata Usaha")
    photograph(saka)
    saka.click("button[value=preview]")
    expect(saka.get_by_text(MINISTRY)).to_be_visible()
    saka.click("button[value=act]")
    expect(saka).to_have_url(re.compile(r"/organisasi/unit/\d+$"))
    expect(saka.get_by_text(MINISTRY).first).to_be_visible()

    expect(row_of(desk_of("laksmi"), TITLE)).to_be_visible()


def choose(page: Page, select: str, words: str) -> None:
    """By a part of what the option says."""
    options = page.locator(f"{select} option").filter(has_text=words)
    page.select_option(select, value=options.first.get_attribute("value"))
