"""Lists change in place: news arrive, work is taken, searches answer while one types; the cursor stays where it is."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.sop import NOTA, SURAT_TUGAS
from tests.e2e.steps import complete, fill_in, finish, row_of, rows_of, start_case

DeskOf = Callable[..., Page]


def look_again(page: Page) -> None:
    """As when the tab comes to the front; otherwise the page asks every 20 seconds."""
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def ask_for_assignment(page: Page, title: str) -> None:
    start_case(page, SURAT_TUGAS, title)
    fill_in(page, NOTA)
    finish(page)


def test_news_arrive_in_the_inbox_without_stealing_the_cursor(desk_of: DeskOf) -> None:
    asih, laksmi = desk_of("asih"), desk_of("laksmi")
    ask_for_assignment(asih, "Pembinaan takmir masjid")
    row_of(laksmi, "Pembinaan takmir masjid").locator(".row-title").focus()
    focused = laksmi.evaluate("document.activeElement.id")
    rows = laksmi.locator("#inbox .row-line").count()

    ask_for_assignment(asih, "Penyuluhan pranikah")
    look_again(laksmi)

    expect(laksmi.locator("#inbox .row-line")).to_have_count(rows + 1)
    expect(laksmi.locator(".row-line.is-new", has_text="Penyuluhan pranikah")).to_be_visible()
    assert laksmi.evaluate("document.activeElement.id") == focused


def test_a_task_is_taken_without_leaving_the_list(desk_of: DeskOf) -> None:
    asih, laksmi, dananjaya = (desk_of(name) for name in ("asih", "laksmi", "dananjaya"))
    for title in ("Visitasi madrasah", "Rukyatul hilal"):
        ask_for_assignment(asih, title)
        complete(laksmi, title, {}, decision="setuju")
    waiting = rows_of(dananjaya, "antrean").count()

    row = row_of(dananjaya, "Rukyatul hilal", "antrean")
    row.locator("form button").click()

    expect(row.locator(".status-mark")).to_be_visible()
    expect(row.locator("form")).to_have_count(0)
    expect(row.locator(".row-title")).to_be_focused()
    expect(dananjaya.locator("#inbox .row-line")).to_have_count(waiting)
    expect(dananjaya.locator("#tab-2 .count")).to_have_text(str(waiting - 1))
    expect(row_of(dananjaya, "Rukyatul hilal")).to_be_visible()


def test_a_search_answers_while_one_types_and_can_be_come_back_to(desk_of: DeskOf) -> None:
    asih = desk_of("asih")
    for title in ("Khutbah Jumat keliling", "Lomba cerdas cermat"):
        ask_for_assignment(asih, title)
    asih.goto("/berkas")

    asih.locator("#search").press_sequentially("cermat", delay=20)

    expect(asih.locator("#cases tbody tr")).to_have_count(1)
    expect(asih.locator("#search")).to_be_focused()
    expect(asih).to_have_url(re.compile(r"/berkas\?cari=cermat$"))
    asih.reload()
    expect(asih.locator("#cases tbody tr")).to_have_count(1)


def test_a_notice_is_marked_as_read_in_its_place(desk_of: DeskOf) -> None:
    asih, laksmi = desk_of("asih"), desk_of("laksmi")
    ask_for_assignment(asih, "Monitoring zakat fitrah")
    laksmi.goto("/pemberitahuan")
    unread = laksmi.locator(".notice-line.is-new").count()

    line = laksmi.locator(".notice-line", has_text="Monitoring zakat fitrah").first
    line.locator("form button").click()

    expect(line.locator("form")).to_have_count(0)
    expect(laksmi.locator(".notice-line.is-new")).to_have_count(unread - 1)
