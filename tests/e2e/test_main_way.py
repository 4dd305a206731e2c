"""The main job: a designer uploads an SOP, staff work it, a late step escalates, managers see it."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.office import Office
from tests.e2e.sop import FILES, PEMINJAMAN, PERMINTAAN
from tests.e2e.steps import (
    complete,
    fill_in,
    finish,
    number_of,
    open_task,
    publish_version,
    row_of,
    sees_after_a_while,
    start_case,
    take_task,
    upload,
)

SOP = FILES / "peminjaman_ruang"
FORMS = tuple(sorted((SOP / "forms").iterdir()))
TITLE = "Rapat koordinasi penyuluh"


def test_an_sop_runs_from_its_upload_to_the_managers_board(
    desk_of: Callable[..., Page], product: Office, photograph: Callable[[Page], None]
) -> None:
    galih, asih, bagas, laksmi, wira = (desk_of(name) for name in ("galih", "asih", "bagas", "laksmi", "wira"))

    keeps_a_draft_without_its_forms(galih)
    photograph(galih)
    keeps_a_version_that_can_run(galih)
    photograph(galih)
    publish_version(galih)
    photograph(galih)

    start_case(asih, PEMINJAMAN, TITLE)
    fill_in(asih, PERMINTAAN)
    photograph(asih)
    finish(asih)
    photograph(asih)

    expect(row_of(bagas, TITLE, "antrean")).to_be_visible()
    photograph(bagas)
    product.move_clock(minutes=15)
    sees_notice(bagas, TITLE)
    expect(row_of(bagas, TITLE, "antrean").locator(".due.is-risk")).to_be_visible()
    product.move_clock(minutes=6)
    sees_notice(laksmi, TITLE)
    photograph(laksmi)
    expect(row_of(bagas, TITLE, "antrean").locator(".due.is-late")).to_be_visible()
    photograph(bagas)

    sees_it_late_on_the_board(laksmi)
    photograph(laksmi)
    sees_it_late_on_the_diagram(laksmi)
    photograph(laksmi)

    product.move_clock(minutes=10)
    gets_the_task_of_the_drawn_timer(laksmi)
    photograph(laksmi)

    take_task(bagas, TITLE)
    photograph(bagas)
    fill_in(bagas, {"ruang": "kecil", "catatan_petugas": "Ruang utama sedang dicat."})
    finish(bagas)
    complete(laksmi, TITLE, {}, decision="setuju")
    photograph(laksmi)

    wira.goto("/berkas?cari=" + TITLE.replace(" ", "+"))
    wira.locator(".data-table a").first.click()
    expect(wira.locator("li.is-done")).to_have_count(6)
    photograph(wira)


def keeps_a_draft_without_its_forms(designer: Page) -> None:
    """Four forms are missing: each is said with its step and line, and no case can start."""
    upload(designer, SOP / "process.bpmn", SOP / "sop.yaml")
    expect(designer.locator(".problem-list li")).to_have_count(4)
    expect(designer.locator(".problem-list")).to_contain_text("Activity_PeriksaJadwal")
    expect(designer.locator("a[href$='/terbitkan']")).to_have_count(0)
    expect(designer.locator(".diagram-viewer .djs-element.mark-problem")).to_have_count(4)


def keeps_a_version_that_can_run(designer: Page) -> None:
    upload(designer, SOP / "process.bpmn", SOP / "sop.yaml", *FORMS)
    expect(designer.locator(".problem-list li")).to_have_count(0)
    expect(designer.locator("a[href$='/terbitkan']")).to_be_visible()
    expect(designer.locator("details.form-preview")).to_have_count(4)


def sees_notice(page: Page, case_title: str) -> None:
    page.goto("/pemberitahuan")
    sees_after_a_while(
        page, page.locator(".notice-line", has_text=case_title).filter(has_text="Memeriksa jadwal ruang")
    )


def sees_it_late_on_the_board(manager: Page) -> None:
    manager.goto("/pemantauan")
    expect(manager.locator(".figure.tone-late .figure-count")).to_have_text("1")
    expect(manager.locator(".data-table").first).to_contain_text(TITLE)


def sees_it_late_on_the_diagram(manager: Page) -> None:
    manager.locator(".data-table a", has_text=re.compile("RR-2026-")).click()
    expect(manager.locator("h1")).to_have_text(TITLE)
    manager.goto(f"/berkas/{number_of(manager)}/diagram")
    expect(manager.locator(".djs-element[data-element-id=Activity_PeriksaJadwal].mark-late")).to_be_visible()
    expect(manager.locator(".djs-element[data-element-id=Activity_AjukanPeminjaman].mark-done")).to_be_visible()


def gets_the_task_of_the_drawn_timer(superior: Page) -> None:
    """The timer on the step's edge gives her a task of her own, while the step itself goes on waiting."""
    superior.goto("/tugas")
    sees_after_a_while(superior, superior.locator("#inbox .row-line", has_text=TITLE))
    open_task(superior, TITLE)
    fill_in(superior, {"hambatan": "Petugas sedang rapat."})
    finish(superior)
