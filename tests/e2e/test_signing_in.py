"""Signing in with a code from the phone, and by the office's own provider."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect
from pyotp import TOTP

from tests.e2e.office import Office, SetUp, office
from tests.e2e.steps import sign_in
from tests.support.identity_provider import identity_provider

PEOPLE = {
    "bagas": {"sub": "u-17", "nip": "198806052011011003"},
    "nobody": {"sub": "u-18", "nip": ""},
    "saka": {"sub": "u-19", "nip": "199307252022031001"},
}
BAGAS = "Bagaskara"


@pytest.fixture(scope="module")
def product(sample_office: SetUp, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office whose people may also sign in by its provider."""
    folder = tmp_path_factory.mktemp("office")
    with (
        identity_provider(folder / "provider", PEOPLE) as provider,
        office(sample_office, folder / "own", **provider.settings()) as running,
    ):
        yield running


@pytest.mark.parametrize("width", [1280, 360])
def test_the_office_s_provider_lets_her_in(
    visit: Callable[..., Page], photograph: Callable[[Page], None], width: int
) -> None:
    page = visit(width)
    page.goto("/masuk")
    photograph(page)
    page.click("a[href^='/masuk/penyedia']")
    page.fill("[name=who]", "bagas")
    page.click("button")
    expect(page.locator(".shell-top .account-name")).to_contain_text(BAGAS)


def test_whom_no_account_belongs_to_is_told_what_helps(visit: Callable[..., Page]) -> None:
    page = visit()
    page.goto("/masuk/penyedia")
    page.fill("[name=who]", "nobody")
    page.click("button")
    expect(page.locator(".note.is-error")).to_be_visible()
    expect(page.locator("#username")).to_be_visible()


def test_an_administrator_ties_her_account_herself(visit: Callable[..., Page], product: Office) -> None:
    page = visit(360)
    sign_in(page, "saka", product.passwords["saka"])
    page.goto("/akun")
    page.fill("#password", product.passwords["saka"])
    page.click("#provider button")
    page.click("#provider a")
    page.fill("[name=who]", "saka")
    page.click("button")
    expect(page.locator("#provider form")).to_have_count(0)
    expect(page.locator("#provider a")).to_have_count(0)


def test_a_phone_is_set_up_and_its_code_is_asked_for(
    visit: Callable[..., Page], product: Office, photograph: Callable[[Page], None]
) -> None:
    page = visit(360)
    sign_in(page, "bagas", product.passwords["bagas"])
    page.goto("/akun")
    photograph(page)
    phone = sets_up_phone(page, product, photograph)
    page.goto("/akun")
    page.locator("details.menu summary").last.click()
    page.click("form[action='/keluar'] button")

    product.move_clock(minutes=2)
    page.fill("#username", "bagas")
    page.fill("#password", product.passwords["bagas"])
    page.click("form[action='/masuk'] button")
    photograph(page)
    page.fill("#code", phone.at(product.now()))
    page.keyboard.press("Enter")
    expect(page.locator("#inbox")).to_be_visible()


def sets_up_phone(page: Page, product: Office, photograph: Callable[[Page], None]) -> TOTP:
    page.goto("/akun/faktor-kedua")
    page.click("form[action='/akun/faktor-kedua'] button")
    expect(page.locator("svg.qr")).to_be_visible()
    photograph(page)
    phone = TOTP(page.locator("#secret").inner_text())
    page.fill("#code", phone.at(product.now()))
    page.keyboard.press("Enter")
    expect(page.locator(".recovery-codes code")).to_have_count(10)
    photograph(page)
    return phone
