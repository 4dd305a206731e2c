"""The office is flooded: its closure is entered, and a person finds in her inbox that she has till tomorrow."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.colleagues import CallColleague
from tests.e2e.office import Office
from tests.e2e.sop import SURAT_TUGAS
from tests.e2e.steps import row_of
from tests.support.patience import eventually

DeskOf = Callable[..., Page]
Photograph = Callable[[Page], None]
CASE = "Monitoring nikah di Gubug"
PHONE = 360
TODAY, TOMORROW = "2026-11-23", re.compile("^2026-11-24")


@pytest.fixture(scope="module")
def product(own_product: Office) -> Office:
    """Its calendar is not as it was afterwards."""
    return own_product


def test_a_closure_moves_a_deadline(desk_of: DeskOf, call: CallColleague, photograph: Photograph) -> None:
    call("asih").start(SURAT_TUGAS, CASE)
    asih, saka = desk_of("asih"), desk_of("saka", PHONE)
    expect(due(asih)).to_have_attribute("datetime", re.compile(f"^{TODAY}"))

    enter_closure(saka, photograph)

    assert eventually(lambda: TOMORROW.match(due(asih).get_attribute("datetime") or ""))
    photograph(asih)
    asih.goto("/pemberitahuan")
    expect(asih.locator("main", has_text=CASE)).to_be_visible()

    saka.locator(f"form[action$='/{TODAY}/hapus'] button").click()
    saka.locator("button[name='sure']").click()
    saka.locator(".note form button").click()
    expect(saka.locator("main table", has_text="Banjir")).to_be_visible()


def due(asih: Page):
    return row_of(asih, CASE).locator(".due time")


def enter_closure(saka: Page, photograph: Photograph) -> None:
    """By the tab of the organisation; the question says how many deadlines may move."""
    saka.goto("/organisasi")
    saka.locator("main a[href='/organisasi/kalender']").click()
    photograph(saka)
    saka.locator("main a[href='/organisasi/kalender/hari-libur']").click()
    saka.fill("#first_day", TODAY)
    saka.fill("#name", "Banjir")
    saka.locator("form[action^='/organisasi/kalender/hari-libur?'] button.btn-primary").click()
    expect(saka.locator("button[name='sure']")).to_be_visible()
    photograph(saka)
    saka.locator("button[name='sure']").click()
    expect(saka.locator("main table", has_text="Banjir")).to_be_visible()
    photograph(saka)
