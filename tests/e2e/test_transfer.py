"""An employee with open work is transferred: the work stays with a colleague, and new duties are given and taken on."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.colleagues import CallColleague
from tests.e2e.office import Office
from tests.e2e.sop import NOTA, SURAT_TUGAS
from tests.e2e.steps import row_of, take_task

DeskOf = Callable[..., Page]
Photograph = Callable[[Page], None]
TITLE = "Verifikasi buku nikah di KUA Gubug"
DUTY = "Memimpin pelayanan nikah di kecamatan sesuai peraturan agar masyarakat terlayani"


@pytest.fixture(scope="module")
def product(own_product: Office) -> Office:
    """Whoever is transferred here works on in the other journeys."""
    return own_product


@pytest.fixture
def open_task(call: CallColleague) -> None:
    """A case waits in the queue of the two analysts."""
    asked = call("asih").complete(call("asih").start(SURAT_TUGAS, TITLE), NOTA)
    call("laksmi").complete(asked, {"keputusan_telaah": "setuju"})


def test_transfer_with_open_work(desk_of: DeskOf, open_task: None, photograph: Photograph) -> None:
    dananjaya = desk_of("dananjaya")
    take_task(dananjaya, TITLE)

    saka = desk_of("saka")
    find_position(saka, "kua gubug", "Kepala KUA")
    saka.click("a[href$='/baru']")
    saka.fill("#sentence", DUTY)
    saka.locator("main form button.btn-primary").click()
    expect(saka.get_by_text(DUTY)).to_be_visible()

    saka.goto("/organisasi/mutasi?cari=dananjaya")
    saka.click("ul.rows a")
    saka.fill("#search", "gubug kepala")
    saka.press("#search", "Enter")
    saka.click("ul.rows a")
    expect(saka.get_by_text(DUTY)).to_be_visible()
    photograph(saka)
    choice = saka.locator("select[name^='item-']")
    choice.select_option(label=choice.locator("option", has_text="Kiranasari").inner_text())
    saka.locator("main form button.btn-primary").click()
    expect(saka).to_have_url(re.compile(r"/organisasi/pegawai/\d+$"))

    expect(row_of(dananjaya, TITLE)).to_have_count(0)
    sign_as("bima", desk_of, photograph)
    acknowledge_as(dananjaya, photograph)


def find_position(page: Page, search: str, title: str) -> None:
    page.goto("/organisasi/uraian-tugas")
    page.fill("#search", search)
    page.press("#search", "Enter")
    page.locator("td.is-lead a", has_text=title).click()


def sign_as(username: str, desk_of: DeskOf, photograph: Photograph) -> None:
    superior = desk_of(username)
    superior.goto("/organisasi/lembar-uraian-tugas")
    superior.locator("[aria-labelledby=sign] a").first.click()
    photograph(superior)
    superior.locator("form[action$='/tanda-tangan'] button").click()
    expect(superior.locator("form[action$='/tanda-tangan']")).to_have_count(0)


def acknowledge_as(employee: Page, photograph: Photograph) -> None:
    employee.goto("/organisasi/lembar-uraian-tugas")
    employee.locator("[aria-labelledby=mine] a").first.click()
    employee.locator("form[action$='/terima'] button").click()
    expect(employee.locator(".status-mark.tone-good")).to_be_visible()
    photograph(employee)
    pdf = employee.request.get(f"{employee.url}/lembar.pdf")
    assert pdf.body().startswith(b"%PDF-")
