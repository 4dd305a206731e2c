"""The administrator: a case that stopped goes on, a newcomer gets an account."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.colleagues import CallColleague
from tests.e2e.office import Office
from tests.e2e.sop import FILES, KUNCI_GUDANG
from tests.e2e.steps import sign_in

TITLE = "Kunci gudang arsip"
MELATI = "Melati Sekarjingga"


@pytest.fixture(scope="module")
def product(own_product: Office) -> Office:
    return own_product


def test_a_case_that_stopped_is_shown_and_goes_on(
    desk_of: Callable[..., Page], call: CallColleague, product: Office, photograph: Callable[[Page], None]
) -> None:
    number = stop_a_case(call)
    saka = desk_of("saka")
    saka.goto("/administrasi/gangguan")
    row = saka.locator(".data-table tbody tr", has_text=number)
    expect(row).to_contain_text("Gateway_SudahHarinya")
    photograph(saka)

    try_again(saka, number)
    expect(row).to_be_visible()
    product.move_clock(days=1)
    try_again(saka, number)

    expect(row).to_have_count(0)
    photograph(saka)
    saka.goto(f"/berkas/{number}")
    expect(saka.locator(".journey > li").last).to_have_class("is-done")


def test_a_newcomer_gets_an_account_and_signs_in(
    desk_of: Callable[..., Page], visit: Callable[..., Page], photograph: Callable[[Page], None]
) -> None:
    saka = desk_of("saka")
    saka.goto("/administrasi/akun")
    photograph(saka)
    password = opens_account(saka, "melati", MELATI)
    photograph(saka)

    melati = visit()
    sign_in(melati, "melati", password)

    expect(melati.locator(".shell-top .account-name")).to_contain_text(MELATI)
    melati.fill("#current", password)
    melati.fill("#password", "hujan di bulan juni")
    melati.locator("form[action='/akun/sandi'] button").click()
    expect(melati.locator("#inbox")).to_be_visible()


def test_staff_find_the_administrators_pages_closed(
    desk_of: Callable[..., Page], photograph: Callable[[Page], None]
) -> None:
    page = desk_of("bagas")

    answer = page.goto("/administrasi/akun")

    assert answer is not None
    assert answer.status == 403
    photograph(page)


def stop_a_case(call: CallColleague) -> str:
    """A procedure without a way on for today; the number of the case that stands there."""
    call("galih").deploy(FILES / "kunci_gudang.bpmn", publish=True)
    asih = call("asih")
    return asih.complete(asih.start(KUNCI_GUDANG, TITLE), {}).case


def try_again(page: Page, number: str) -> None:
    page.locator(".data-table tbody tr", has_text=number).locator("form button").click()
    page.wait_for_load_state()


def opens_account(page: Page, username: str, employee: str) -> str:
    """The password, which the page shows once."""
    page.goto("/administrasi/akun/baru")
    page.fill("#search", employee)
    page.keyboard.press("Enter")
    page.locator(".plain-list a", has_text=employee).click()
    page.fill("#username", username)
    page.locator("form[method=post] .btn-primary").click()
    return page.locator(".shown-once").nth(1).inner_text()
