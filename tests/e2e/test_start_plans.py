"""The secretariat plans what nobody should have to remember."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

DeskOf = Callable[..., Page]
Photograph = Callable[[Page], None]


def test_a_monthly_report_and_a_persons_salary_increase_are_planned(desk_of: DeskOf, photograph: Photograph) -> None:
    saka = desk_of("saka")
    saka.goto("/prosedur")
    saka.click("a[href$='/prosedur/rencana']")
    saka.click("a[href$='/rencana/baru']")
    saka.fill("#name", "Laporan bulanan")
    saka.select_option("#procedure", index=1)
    saka.select_option("#day", "31")
    saka.click("main form button.btn-primary")
    expect(saka.locator("#day-error")).to_be_visible()
    photograph(saka)
    saka.select_option("#day", "L")
    saka.click("main form button.btn-primary")
    expect(saka.locator("h1")).to_have_text("Laporan bulanan")

    saka.goto("/prosedur/rencana/baru?untuk=pegawai")
    saka.fill("#name", "Kenaikan gaji berkala")
    saka.select_option("#procedure", index=1)
    saka.click("main form button.btn-primary")
    saka.fill("#rekan", "Kiranasari")
    saka.fill("#next_on", "2027-03-01")
    saka.click("form[action$='/pegawai'] button")
    expect(saka.locator("td input[type=date]")).to_have_value("2027-03-01")
    photograph(saka)

    saka.click(".crumbs a")
    expect(saka.locator("[aria-labelledby=coming] tbody tr").filter(has_text="Kiranasari")).to_have_count(1)
    photograph(saka)
    saka.click("[aria-labelledby=plans] a:has-text('Laporan bulanan')")
    saka.click("a[href$='/hapus']")
    saka.click("main .btn-danger")
    expect(saka.locator("[aria-labelledby=plans] tbody tr")).to_have_count(1)
