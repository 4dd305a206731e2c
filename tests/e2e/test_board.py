"""A head looks at her board: from a number to the cases behind it, and home with a table."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.colleagues import CallColleague
from tests.e2e.sop import NOTA, SURAT_TUGAS

DeskOf = Callable[..., Page]
Photograph = Callable[[Page], None]


def test_from_a_number_to_the_steps_behind_it_and_to_a_table(
    desk_of: DeskOf, call: CallColleague, photograph: Photograph
):
    call("asih").complete(call("asih").start(SURAT_TUGAS, "Undangan rapat kerja"), NOTA)
    page = desk_of("laksmi")
    page.goto("/pemantauan")
    photograph(page)
    page.goto("/pemantauan/periode?menurut=langkah&periode=minggu")
    row = page.locator(".step-board tbody tr").filter(has=page.locator("a[href*='keadaan=terbuka']")).first
    number = row.locator("a[href*='keadaan=terbuka']")
    many = int(number.inner_text())
    number.click()
    expect(page.locator(".case-table td.is-lead")).to_have_count(many)
    with page.expect_download() as taken:
        page.locator("a[href*='langkah.xlsx']").click()
    assert taken.value.suggested_filename.endswith(".xlsx")
    page.goto("/pemantauan/beban")
    photograph(page)
