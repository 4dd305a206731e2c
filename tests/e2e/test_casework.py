"""A case goes back for revision and comes again; a colleague is asked; an applicant follows her case by her receipt."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.browser import SMALLEST_WIDTH
from tests.e2e.colleagues import CallColleague
from tests.e2e.sop import NOTA, SURAT_TUGAS
from tests.e2e.steps import FORM, answers_on, finish, number_of, open_task, row_of

DeskOf = Callable[..., Page]
Visit = Callable[..., Page]
Photograph = Callable[[Page], None]
REASON = "Tanggal kegiatan belum disebut."


def test_a_case_goes_back_with_a_reason_and_comes_again(
    desk_of: DeskOf, call: CallColleague, photograph: Photograph
) -> None:
    title = "Pembinaan takmir musala Al-Huda"
    call("asih").complete(call("asih").start(SURAT_TUGAS, title), NOTA)
    laksmi, asih = desk_of("laksmi"), desk_of("asih", width=SMALLEST_WIDTH)
    open_task(laksmi, title)
    laksmi.click("a[href$='/revisi']")
    laksmi.locator("#steps label").first.click()
    laksmi.fill("#reason", REASON)
    photograph(laksmi)
    laksmi.locator("form[method=post] .btn-primary").last.click()
    expect(row_of(laksmi, title)).to_have_count(0)

    open_task(asih, title)
    expect(asih.locator(".note.is-warning")).to_contain_text(REASON)
    assert answers_on(asih, NOTA) == {name: str(answer) for name, answer in NOTA.items()}
    photograph(asih)
    finish(asih)

    open_task(laksmi, title)
    laksmi.click(".crumbs a[href^='/berkas/']")
    expect(laksmi.locator(".journey")).to_contain_text(REASON)
    photograph(laksmi)


def test_a_colleague_is_asked_and_answers(desk_of: DeskOf, call: CallColleague, photograph: Photograph) -> None:
    title = "Rapat persiapan manasik"
    call("asih").complete(call("asih").start(SURAT_TUGAS, title), NOTA)
    laksmi, ratna = desk_of("laksmi"), desk_of("ratna", width=SMALLEST_WIDTH)
    open_task(laksmi, title)
    laksmi.click("a[href$='/tanya']")
    with laksmi.expect_response(re.compile(r"/rekan\?")):
        laksmi.locator("#rekan").press_sequentially("ratna")
    laksmi.fill("#rekan", laksmi.locator("#rekan-list option").first.get_attribute("value") or "")
    laksmi.fill("#question", "Apakah ruang rapat bebas?")
    photograph(laksmi)
    laksmi.locator("form[method=post] .btn-primary").last.click()
    expect(laksmi.locator(".talk")).to_contain_text("Apakah ruang rapat bebas?")

    ratna.goto("/pertanyaan")
    photograph(ratna)
    ratna.locator("textarea[name=answer]").first.fill("Bebas.")
    ratna.locator("form[action$='/jawab'] button").first.click()
    laksmi.reload()
    expect(laksmi.locator(".talk")).to_contain_text("Bebas.")
    photograph(laksmi)


def test_an_applicant_follows_her_case_by_her_receipt(desk_of: DeskOf, visit: Visit, photograph: Photograph) -> None:
    asih = desk_of("asih")
    asih.goto(f"/prosedur/{SURAT_TUGAS}/mulai")
    asih.locator("details summary").last.click()
    asih.fill("#applicant_name", "Sari Wulandari")
    photograph(asih)
    start_case_here(asih, "Permohonan narasumber")
    asih.click(".crumbs a[href^='/berkas/']")
    number = number_of(asih)
    asih.click("a[href$='/pemohon']")
    photograph(asih)
    asih.click("form[action$='/tanda-terima'] button")
    pin = asih.locator("#pin").inner_text()
    expect(asih.locator("svg.qr")).to_be_visible()
    photograph(asih)
    asih.goto(f"/berkas/{number}/tanda-terima")
    expect(asih.locator("input[name=instead_of]")).to_have_count(1)
    photograph(asih)

    sari = visit(SMALLEST_WIDTH)
    sari.goto(f"/lacak?nomor={number}")
    sari.fill("#pin", pin)
    photograph(sari)
    sari.locator("form .btn-primary").click()
    expect(sari.locator("#state")).to_have_text(number)
    expect(sari.locator("main")).not_to_contain_text("Sari")
    photograph(sari)


def start_case_here(page: Page, title: str) -> None:
    page.fill("#title", title)
    page.locator("form[action$='/mulai'] .btn-primary").click()
    expect(page.locator(FORM)).to_be_visible()
