"""Time passes: work that nobody answers climbs its ladder, and a clock that stands still waits with it."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.colleagues import CallColleague
from tests.e2e.office import Office
from tests.e2e.sop import SURAT_TUGAS
from tests.e2e.steps import open_task, row_of, sees_after_a_while

CASE = "Monitoring nikah di Godong"
STEP = "Activity_AjukanNota"
REASON = "Menunggu nomor dari Kanwil."
PHONE = 360


@pytest.fixture(scope="module")
def product(own_product: Office) -> Office:
    """Its clock is moved."""
    return own_product


def test_work_that_nobody_answers_goes_to_the_superior(
    desk_of: Callable[..., Page], call: CallColleague, product: Office, photograph: Callable[[Page], None]
) -> None:
    make_a_ladder(desk_of("saka"), photograph)
    step = call("asih").start(SURAT_TUGAS, CASE)
    asih = desk_of("asih", PHONE)
    asih.goto(step.address)
    expect(asih.locator("#case-summary ~ dl")).to_contain_text("08.1")
    photograph(asih)

    product.move_clock(minutes=75)

    bima = desk_of("bima")
    bima.goto("/tugas?tampilan=saya")
    sees_after_a_while(bima, row_of(bima, CASE))
    open_task(bima, CASE)
    expect(bima.locator(".work-side")).to_contain_text("Asihwulan Kencanaputri")
    photograph(bima)
    bima.goto(step.case_address)
    expect(bima.locator("#escalations + ul li")).to_have_count(2)
    photograph(bima)


def test_a_clock_is_stopped_while_another_office_is_waited_for(
    desk_of: Callable[..., Page], call: CallColleague, product: Office, photograph: Callable[[Page], None]
) -> None:
    step = call("asih").start(SURAT_TUGAS, "Pembinaan penyuluh Toroh")
    asih = desk_of("asih", PHONE)
    asih.goto(step.address)
    before = due_at(asih)
    asih.click("a[href$='/jeda']")
    asih.click("form[method=post] .btn-primary")
    expect(asih.locator(".error-summary a")).to_have_count(2)
    photograph(asih)
    asih.check("[name=waits_for][value=other_office]")
    asih.fill("#reason", REASON)
    asih.click("form[method=post] .btn-primary")
    expect(asih.locator(".note.is-warning")).to_contain_text(REASON)
    photograph(asih)

    product.move_clock(minutes=20)

    asih.click("form[action$='/lanjut'] button")
    expect(asih.locator(".note.is-warning")).to_have_count(0)
    assert due_at(asih) >= before + timedelta(minutes=20)
    desk = desk_of("asih")
    desk.goto(step.case_address)
    expect(desk.locator("#clock + ul")).to_contain_text(REASON)
    photograph(desk)


def due_at(page: Page) -> datetime:
    return datetime.fromisoformat(page.locator(".head-side .due time").get_attribute("datetime") or "")


def make_a_ladder(saka: Page, photograph: Callable[[Page], None]) -> None:
    """Remind when it is due; half an hour later give it to the superior. In between, one mistake and its remedy."""
    saka.goto("/administrasi/eskalasi")
    photograph(saka)
    saka.goto(f"/administrasi/eskalasi/tangga?prosedur={SURAT_TUGAS}&langkah={STEP}")
    rungs = saka.locator("#rungs fieldset")
    for left in reversed(range(1, rungs.count())):
        saka.click("button[value='remove-1']")
        expect(rungs).to_have_count(left)
    saka.click("button[value='add']")
    expect(rungs).to_have_count(2)
    fill_rung(saka, 1, "remind_holder", "45")
    fill_rung(saka, 2, "reassign_to_superior", "30")
    saka.click(".acts button[value='keep']")
    expect(saka.locator("#after-2-error")).to_be_visible()
    photograph(saka)
    saka.fill("#after-1", "0")
    saka.click(".acts button[value='keep']")
    expect(saka.locator(".note").first).to_be_visible()
    photograph(saka)


def fill_rung(page: Page, number: int, action: str, minutes: str) -> None:
    page.select_option(f"#anchor-{number}", "due")
    page.fill(f"#after-{number}", minutes)
    page.select_option(f"#unit-{number}", "minutes")
    page.select_option(f"#action-{number}", action)
