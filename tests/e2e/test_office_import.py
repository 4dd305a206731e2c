"""An office comes from a workbook of SIMPEG: its columns are understood, the difference is seen, then it is done."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from engine.base.spreadsheet_writing import xlsx_file
from tests.e2e.accessibility import grave_findings
from tests.e2e.browser import PHONE_WIDTH
from tests.e2e.office import Office

HEADINGS = ("No", "NIP Baru", "Nama Lengkap", "Pangkat/Gol.", "Jabatan", "Unit Kerja", "TMT Jabatan", "No. HP")
GITA, HANA, SAKA = "199003032015032003", "199104042015042004", "199307252022031001"
ROWS = (
    ("1", GITA, "Gita Permata", "Penata Muda (III/a)", "Kepala Seksi", "Seksi PHU", "1 Maret 2026", "081200000001"),
    ("2", HANA, "Hana Kusuma", "II/c", "Pengolah Data Haji", "Seksi PHU", "01/03/2026", "081200000002"),
    ("3", SAKA, "Sakawira Lintang, S.Kom.", "III/b", "", "", "", ""),
)
FAULTY = ("4", "19900303201503200", "Indra Wijaya", "", "", "", "", "")


@pytest.fixture(scope="module")
def product(own_product: Office) -> Office:
    return own_product


def test_an_office_comes_from_a_workbook(
    desk_of: Callable[..., Page], photograph: Callable[[Page], None], tmp_path: Path
) -> None:
    saka = desk_of("saka", accept_downloads=True)
    sends(saka, a_workbook(tmp_path / "pegawai.xlsx", *ROWS, FAULTY))
    expect(saka.locator("#column-3")).to_have_value("rank")
    looks_right(saka, photograph)
    saka.locator("form[method=post] .btn-primary").click()
    looks_right(saka, photograph)
    with saka.expect_download() as download:
        saka.locator("a[href$='kesalahan.xlsx']").click()
    assert download.value.suggested_filename == "kesalahan.xlsx"

    sends(saka, a_workbook(tmp_path / "pegawai.xlsx", *ROWS))
    saka.locator("form[method=post] .btn-primary").click()
    saka.locator("#unknown-make").check()
    saka.locator("form[action$='pilihan'] button").click()
    expect(saka.locator(".figure-count").nth(0)).to_have_text("7")
    expect(saka.locator(".data-table tbody")).to_contain_text("Seksi PHU")
    looks_right(saka, photograph)
    saka.locator("form[action$='terapkan'] button").click()
    looks_right(saka, photograph)

    saka.goto("/organisasi/pegawai?cari=Gita")
    expect(saka.locator("main")).to_contain_text("Gita Permata")


def sends(page: Page, workbook: Path) -> None:
    page.goto("/organisasi/impor")
    page.locator("#file").set_input_files(workbook)
    page.locator("form[enctype] button").click()


def a_workbook(path: Path, *rows: tuple[str, ...]) -> Path:
    """With a letterhead above its headings, as such files have."""
    with xlsx_file("Pegawai", ("Daftar Pegawai",), [("per 1 November 2026",), HEADINGS, *rows]) as file:
        path.write_bytes(file.read())
    return path


def looks_right(page: Page, photograph: Callable[[Page], None]) -> None:
    """At a desk and on a phone, for everyone."""
    desk = page.viewport_size
    assert desk is not None
    photograph(page)
    findings = grave_findings(page)
    page.set_viewport_size({"width": PHONE_WIDTH, "height": 800})
    photograph(page)
    findings += grave_findings(page)
    assert page.evaluate("document.scrollingElement.scrollWidth") <= PHONE_WIDTH
    page.set_viewport_size(desk)
    assert not findings, "\n".join(findings)
