"""The main job, walked once: upload, publish, three inboxes, lateness told upwards, the manager's view."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.e2e.office import Office
from tests.e2e.sop import FILES, PEMINJAMAN, PEMINJAMAN_FORMS, PERMINTAAN
from tests.e2e.steps import (
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
TITLE = "Rapat koordinasi penyuluh"
LATE_STEP, DONE_STEP = "Activity_PeriksaJadwal", "Activity_AjukanPeminjaman"

# The element of a diagram that bears a mark: how a page shows it.
Marked = Callable[[Page, str, str], Locator]


def in_the_viewer(page: Page, element: str, mark: str) -> Locator:
    return page.locator(f".djs-element[data-element-id={element}].mark-{mark}")


def in_the_servers_picture(page: Page, element: str, mark: str) -> Locator:
    return page.locator(f".diagram #element-{element}.tk-{mark}")


@dataclass(frozen=True, kw_only=True)
class MainWay:
    """Who takes part, each in front of a browser of her own."""

    product: Office
    photograph: Callable[[Page], None]
    marked: Marked
    designer: Page
    applicant: Page
    clerk: Page
    superior: Page
    head: Page

    def walk(self) -> None:
        self.upload_until_it_can_run()
        self.ask()
        self.let_the_step_become_late()
        self.look_at_the_board()
        self.let_the_drawn_timer_fire()
        self.finish_the_case()

    def upload_until_it_can_run(self) -> None:
        """Without its forms it stays a draft that says what is missing and where; then it comes into force."""
        page = self.designer
        upload(page, SOP / "process.bpmn", SOP / "sop.yaml")
        expect(page.locator(".problem-list li")).to_have_count(4)
        expect(page.locator(".problem-list")).to_contain_text(LATE_STEP)
        expect(page.locator("a[href$='/terbitkan']")).to_have_count(0)
        expect(self.marked(page, LATE_STEP, "problem")).to_be_visible()
        self.photograph(page)
        upload(page, SOP / "process.bpmn", SOP / "sop.yaml", *PEMINJAMAN_FORMS)
        expect(page.locator(".problem-list li")).to_have_count(0)
        expect(page.locator("details.form-preview")).to_have_count(4)
        self.photograph(page)
        publish_version(page)
        self.photograph(page)

    def ask(self) -> None:
        start_case(self.applicant, PEMINJAMAN, TITLE)
        fill_in(self.applicant, PERMINTAAN)
        self.photograph(self.applicant)
        finish(self.applicant)
        self.photograph(self.applicant)

    def let_the_step_become_late(self) -> None:
        """A reminder at three quarters of 20 minutes; then it is late, and the superior hears of it."""
        expect(row_of(self.clerk, TITLE, "antrean")).to_be_visible()
        self.product.move_clock(minutes=15)
        sees_notice(self.clerk)
        expect(row_of(self.clerk, TITLE, "antrean").locator(".due.is-risk")).to_be_visible()
        self.product.move_clock(minutes=6)
        sees_notice(self.superior)
        self.photograph(self.superior)
        expect(row_of(self.clerk, TITLE, "antrean").locator(".due.is-late")).to_be_visible()
        self.photograph(self.clerk)

    def look_at_the_board(self) -> None:
        page = self.superior
        page.goto("/pemantauan")
        expect(page.locator(".figure.tone-late .figure-count")).to_have_text("1")
        self.photograph(page)
        page.locator(".data-table a", has_text=re.compile("RR-2026-")).first.click()
        expect(page.locator("h1")).to_have_text(TITLE)
        page.goto(f"/berkas/{number_of(page)}/diagram")
        expect(self.marked(page, LATE_STEP, "late")).to_be_visible()
        expect(self.marked(page, DONE_STEP, "done")).to_be_visible()
        self.photograph(page)

    def let_the_drawn_timer_fire(self) -> None:
        """The timer on the step's edge gives the superior a task of her own; the step itself goes on waiting."""
        self.product.move_clock(minutes=10)
        self.superior.goto("/tugas")
        sees_after_a_while(self.superior, self.superior.locator("#inbox .row-line", has_text=TITLE))
        open_task(self.superior, TITLE)
        fill_in(self.superior, {"hambatan": "Petugas sedang rapat."})
        finish(self.superior)

    def finish_the_case(self) -> None:
        take_task(self.clerk, TITLE)
        fill_in(self.clerk, {"ruang": "kecil", "catatan_petugas": "Ruang utama sedang dicat."})
        self.photograph(self.clerk)
        finish(self.clerk)
        open_task(self.superior, TITLE)
        self.photograph(self.superior)
        finish(self.superior, decision="setuju")
        self.photograph(self.superior)
        self.head.goto("/berkas?cari=" + TITLE.replace(" ", "+"))
        self.head.locator(".data-table a").first.click()
        expect(self.head.locator(".journey li.is-done")).to_have_count(6)
        self.photograph(self.head)


def sees_notice(page: Page) -> None:
    page.goto("/pemberitahuan")
    lines = page.locator(".notice-line", has_text=TITLE)
    sees_after_a_while(page, lines.filter(has_text="Memeriksa jadwal ruang"))
