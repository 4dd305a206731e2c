"""A clerk's day with one task: taking it, laying it back, leaving it half done, adding to it, being too late."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.e2e.colleagues import CallColleague
from tests.e2e.office import Office
from tests.e2e.sop import KONSEP, NOTA, SURAT_TUGAS
from tests.e2e.steps import (
    FORM,
    answers_on,
    fill_in,
    finish,
    open_task,
    press_finish,
    row_of,
    take_task,
)

DeskOf = Callable[..., Page]
Photograph = Callable[[Page], None]
# The colleague who holds the same position as dananjaya, without an account in the sample office.
KIRANA_NIP = "199203082019032003"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def lay_in_queue(call: CallColleague) -> Callable[[str], None]:
    """Brings a case of this title to the third step, which lies in the queue of the analysts."""

    def lay_in_queue(title: str) -> None:
        asked = call("asih").complete(call("asih").start(SURAT_TUGAS, title), NOTA)
        call("laksmi").complete(asked, {"keputusan_telaah": "setuju"})

    return lay_in_queue


def test_a_task_is_taken_from_the_queue_and_laid_back(
    desk_of: DeskOf, lay_in_queue: Callable[[str], None], photograph: Photograph
) -> None:
    title = "Pembinaan penghulu di KUA Purwodadi"
    lay_in_queue(title)
    dananjaya = desk_of("dananjaya")
    photograph(dananjaya)

    open_task(dananjaya, title, "antrean")
    expect(dananjaya.locator(FORM)).to_have_count(0)
    photograph(dananjaya)
    dananjaya.click("form[action$='/ambil'] button")
    expect(dananjaya.locator(FORM)).to_be_visible()
    photograph(dananjaya)

    dananjaya.click(f"{FORM} button[formaction$='/kembalikan']")
    expect(row_of(dananjaya, title)).to_have_count(0)
    expect(row_of(dananjaya, title, "antrean")).to_be_visible()


def test_what_was_typed_is_still_there_after_a_reload(
    desk_of: DeskOf, lay_in_queue: Callable[[str], None], photograph: Photograph
) -> None:
    title = "Monitoring administrasi nikah"
    lay_in_queue(title)
    dananjaya = desk_of("dananjaya")
    take_task(dananjaya, title)

    fill_in(dananjaya, KONSEP)
    expect(dananjaya.locator("#draft-state")).to_have_text(re.compile(r"\d\d[.:]\d\d"))
    photograph(dananjaya)
    dananjaya.reload()

    assert answers_on(dananjaya, KONSEP) == KONSEP


def test_files_and_comments_join_the_case_and_nothing_typed_is_lost(
    desk_of: DeskOf, lay_in_queue: Callable[[str], None], photograph: Photograph
) -> None:
    title = "Sosialisasi moderasi beragama"
    lay_in_queue(title)
    dananjaya = desk_of("dananjaya")
    take_task(dananjaya, title)
    fill_in(dananjaya, KONSEP)

    attach(dananjaya, "konsep.pdf", PDF)
    say(dananjaya, "Pangkat sudah dicocokkan dengan SK terakhir.")
    photograph(dananjaya)

    assert answers_on(dananjaya, KONSEP) == KONSEP
    assert downloaded(dananjaya, "konsep.pdf").read_bytes() == PDF
    finish(dananjaya)
    ratna = desk_of("ratna")
    open_task(ratna, title)
    expect(ratna.locator(".files")).to_contain_text("konsep.pdf")
    expect(ratna.locator(".talk")).to_contain_text("Pangkat sudah dicocokkan")
    photograph(ratna)


def test_whoever_is_second_reads_who_was_first_and_keeps_what_she_typed(
    desk_of: DeskOf, product: Office, lay_in_queue: Callable[[str], None], photograph: Photograph
) -> None:
    title = "Pendataan tanah wakaf"
    lay_in_queue(title)
    product.open_account("kirana", KIRANA_NIP)
    dananjaya, kirana = desk_of("dananjaya"), desk_of("kirana")
    take_task(dananjaya, title)
    fill_in(dananjaya, {**KONSEP, "penanda_tangan": "plh"})
    dananjaya.fill("#comment", "Kepala sedang dinas luar.")

    lays_back_in_another_window(dananjaya, title)
    take_task(kirana, title)
    fill_in(kirana, KONSEP)
    finish(kirana)
    press_finish(dananjaya)

    expect(dananjaya.locator("main")).to_contain_text("Kiranasari Widuri")
    expect(dananjaya.locator("main")).to_contain_text(re.compile(r"23 November 2026 pukul \d\d\.\d\d WIB"))
    expect(dananjaya.locator(".facts")).to_contain_text("23 Nov")
    expect(dananjaya.locator(".facts")).to_contain_text("Kepala sedang dinas luar.")
    photograph(dananjaya)


def attach(page: Page, name: str, content: bytes) -> None:
    file = FilePayload(name=name, mimeType="application/pdf", buffer=content)
    page.set_input_files(f"{FORM} input[name=files]", file)
    page.click(f"{FORM} button[formaction$='/lampiran']")
    expect(page.locator(".files")).to_contain_text(name)


def say(page: Page, text: str) -> None:
    page.fill("#comment", text)
    page.click("button[formaction$='/catatan']")
    expect(page.locator(".talk")).to_contain_text(text)


def downloaded(page: Page, name: str) -> Path:
    with page.expect_download() as download:
        page.locator(".files a", has_text=name).click()
    return Path(download.value.path())


def lays_back_in_another_window(page: Page, title: str) -> None:
    window = page.context.new_page()
    open_task(window, title)
    window.click(f"{FORM} button[formaction$='/kembalikan']")
    expect(row_of(window, title, "antrean")).to_be_visible()
    window.close()
