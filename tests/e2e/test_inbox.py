"""The inbox by keys alone and on a small telephone: narrowed, chosen from, come back to, and taken along on paper."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.browser import SMALLEST_WIDTH
from tests.e2e.colleagues import CallColleague
from tests.e2e.sop import NOTA, SURAT_TUGAS
from tests.e2e.steps import FORM, finish, row_of

DeskOf = Callable[..., Page]
Photograph = Callable[[Page], None]
WIDER_THAN_THE_WINDOW = "document.documentElement.scrollWidth > window.innerWidth"


def ask_for(call: CallColleague, *titles: str) -> None:
    """Nota dinas that wait for laksmi."""
    asih = call("asih")
    for title in titles:
        asih.complete(asih.start(SURAT_TUGAS, title), NOTA)


def test_a_narrowed_inbox_is_worked_by_keys_alone(desk_of: DeskOf, call: CallColleague, photograph: Photograph) -> None:
    ask_for(call, "Hisab rukyat Godong", "Hisab rukyat Purwodadi", "Kemah pramuka")
    laksmi = desk_of("laksmi")
    laksmi.goto("/tugas")

    laksmi.keyboard.press("/")
    laksmi.keyboard.type("hisab")
    expect(laksmi.locator("#inbox .row-line")).to_have_count(2)
    expect(laksmi).to_have_url(re.compile("cari=hisab"))
    laksmi.keyboard.press("Tab")
    laksmi.keyboard.press("j")
    laksmi.keyboard.press("x")
    expect(laksmi.locator("#bulk")).to_be_visible()
    photograph(laksmi)
    laksmi.keyboard.press("x")
    laksmi.keyboard.press("j")
    laksmi.keyboard.press("k")
    laksmi.keyboard.press("Enter")
    expect(laksmi.locator(FORM)).to_be_visible()
    photograph(laksmi)
    finish(laksmi, decision="setuju")

    expect(laksmi).to_have_url(re.compile("cari=hisab"))
    expect(laksmi.locator("#inbox .row-line")).to_have_count(1)

    laksmi.goto("/tugas?tampilan=selesai&cari=hisab")
    laksmi.keyboard.press("j")
    laksmi.keyboard.press("c")  # takes from the queue, and takes back nothing that was sent on
    laksmi.keyboard.press("Enter")
    expect(laksmi.locator("form[action$='/tarik']")).to_be_visible()


def test_the_keys_are_told_and_can_be_switched_off(desk_of: DeskOf, call: CallColleague) -> None:
    ask_for(call, "Lomba mars madrasah")
    laksmi = desk_of("laksmi")
    laksmi.goto("/tugas")

    laksmi.keyboard.press("?")
    expect(laksmi.locator("#help-keys .menu-body")).to_be_visible()
    laksmi.locator("[data-module=key-switch] input").uncheck()
    laksmi.keyboard.press("Escape")
    laksmi.keyboard.press("j")

    expect(laksmi.locator("#help-keys summary")).to_be_focused()


def test_a_day_without_power_is_entered_on_a_small_telephone(
    desk_of: DeskOf, call: CallColleague, photograph: Photograph
) -> None:
    ask_for(call, "Pawai taaruf Toroh", "Pawai taaruf Klambu")
    laksmi = desk_of("laksmi", SMALLEST_WIDTH)
    laksmi.goto("/tugas?cari=pawai")
    for box in laksmi.locator(".row-pick").all():
        box.check()
    photograph(laksmi)
    laksmi.locator("#bulk button[value=sheet]").click()
    expect(laksmi.locator(".sheet")).to_have_count(2)
    photograph(laksmi)

    row_of(laksmi, "Pawai taaruf Toroh").locator(".row-title").click()
    laksmi.locator(".paper > summary").click()
    arrived = laksmi.locator(".work-side time").last.get_attribute("datetime") or ""
    laksmi.locator("#done-at").fill(laksmi.evaluate(LOCAL_MINUTE, arrived))
    photograph(laksmi)
    finish(laksmi, decision="setuju")
    laksmi.goto("/tugas/progres")

    expect(laksmi.locator(".progress-line", has_text="Pawai taaruf Toroh").locator(".status-mark")).to_be_visible()
    expect(laksmi.locator("#progress-text")).to_have_value(re.compile("Pawai taaruf Toroh"))
    photograph(laksmi)
    assert not laksmi.evaluate(WIDER_THAN_THE_WINDOW)


LOCAL_MINUTE = """instant => {
    const moment = new Date(instant);
    const local = new Date(moment.getTime() + 7 * 3600000);
    return local.toISOString().slice(0, 16);
}"""
