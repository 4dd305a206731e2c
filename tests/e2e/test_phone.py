"""The inbox in a pocket: cards with the same words, and a task done with the thumb."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.browser import PHONE_WIDTH
from tests.e2e.sop import NOTA, SURAT_TUGAS
from tests.e2e.steps import FORM, fill_in, finish, open_task, row_of, start_case

TITLE = "Monitoring KUA Gubug"
SMALLEST_TARGET = 44  # pixels that a thumb hits without care


def test_a_task_is_done_on_a_phone(desk_of: Callable[..., Page], photograph: Callable[[Page], None]) -> None:
    asih, laksmi = desk_of("asih", PHONE_WIDTH), desk_of("laksmi", PHONE_WIDTH)
    start_case(asih, SURAT_TUGAS, TITLE)
    fill_in(asih, NOTA)
    photograph(asih)
    finish(asih)

    card = row_of(laksmi, TITLE)
    expect(card).to_contain_text("Menelaah nota dinas")
    expect(card).to_contain_text("Pembuatan Surat Tugas")
    expect(card.locator(".due")).to_be_visible()
    photograph(laksmi)
    open_task(laksmi, TITLE)
    photograph(laksmi)
    reaches_with_a_thumb(laksmi)
    finish(laksmi, decision="setuju")
    photograph(laksmi)


def reaches_with_a_thumb(page: Page) -> None:
    for button in page.locator(f"{FORM} .acts .btn").all():
        box = button.bounding_box()
        assert box is not None
        assert box["height"] >= SMALLEST_TARGET
