"""What a form says when something in it is not right, and that it forgets nothing."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.sop import NOTA, SURAT_TUGAS
from tests.e2e.steps import FORM, answers_on, fill_in, press_finish, row_of, start_case

TOO_LARGE = (10 << 20) + 1
WITH_GAPS = {**NOTA, "tanggal_berangkat": "", "beban_biaya": ""}


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_errors_stand_beside_their_fields_and_every_value_is_kept(
    desk_of: Callable[..., Page], photograph: Callable[[Page], None], scripts: bool
) -> None:
    page = desk_of("asih", java_script_enabled=scripts)
    start_case(page, SURAT_TUGAS, "Rapat evaluasi")
    fill_in(page, WITH_GAPS)

    press_finish(page)

    summary = page.locator(".error-summary")
    expect(summary.locator("a")).to_have_count(2)
    expect(page.locator(f"{FORM} .field.has-error")).to_have_count(2)
    expect(page.locator("[data-field=tanggal_berangkat]")).to_contain_text("Tanggal berangkat")
    expect(page.locator("#field-tanggal_berangkat")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#field-tanggal_berangkat")).to_have_accessible_description(re.compile(".+"))
    assert answers_on(page, WITH_GAPS) == WITH_GAPS
    photograph(page)


def test_the_summary_takes_the_focus_leads_to_the_field_and_what_is_mended_there_is_kept(
    desk_of: Callable[..., Page],
) -> None:
    page = desk_of("asih")
    start_case(page, SURAT_TUGAS, "Rapat evaluasi kedua")
    fill_in(page, WITH_GAPS)

    press_finish(page)
    expect(page.locator(".error-summary")).to_be_focused()
    page.locator(".error-summary a[href='#field-beban_biaya']").click()

    expect(page.locator("#field-beban_biaya")).to_be_focused()
    fill_in(page, {"beban_biaya": "dipa"})
    expect(page.locator("#draft-state")).to_have_text(re.compile(r"\d\d[.:]\d\d"))


def test_a_file_that_is_too_large_is_told_before_it_travels(desk_of: Callable[..., Page]) -> None:
    page = desk_of("asih")
    start_case(page, SURAT_TUGAS, "Rapat dengan banyak foto")
    files = page.locator(f"{FORM} [name=files]")
    files.set_input_files({"name": "foto.pdf", "mimeType": "application/pdf", "buffer": bytes(TOO_LARGE)})
    expect(page.locator(f"{FORM} [data-too-large]")).to_be_visible()
    expect(files).to_have_value("")


def test_a_second_click_on_the_button_does_nothing(desk_of: Callable[..., Page]) -> None:
    page = desk_of("asih")
    start_case(page, SURAT_TUGAS, "Rapat koordinasi")
    fill_in(page, NOTA)

    page.locator(f"{FORM} .acts .btn-primary").dblclick()

    expect(page).to_have_url(re.compile(r"/tugas$"))
    expect(row_of(page, "Rapat koordinasi", "selesai")).to_have_count(1)


def test_a_case_without_a_title_is_asked_for_it(
    desk_of: Callable[..., Page], photograph: Callable[[Page], None]
) -> None:
    page = desk_of("asih")
    page.goto(f"/prosedur/{SURAT_TUGAS}/mulai")

    page.locator("form[action$='/mulai'] button").click()

    expect(page.locator("#title")).to_have_attribute("aria-invalid", "true")
    expect(page.locator(".error-summary a[href='#title']")).to_be_visible()
    photograph(page)
