"""Indonesian by itself, English by a switch, and back; light or dark as one likes."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

INDONESIAN = ["Tugas", "Berkas", "Prosedur", "Organisasi"]
ENGLISH = ["Tasks", "Cases", "Procedures", "Organisation"]

PAPER = "getComputedStyle(document.body).backgroundColor"


def test_pages_speak_indonesian_until_somebody_asks_for_english(
    desk_of: Callable[..., Page], photograph: Callable[[Page], None]
) -> None:
    page = desk_of("asih")
    speaks(page, "id", INDONESIAN)

    choose(page, "en")
    speaks(page, "en", ENGLISH)
    photograph(page)
    page.goto("/prosedur")
    speaks(page, "en", ENGLISH)

    choose(page, "id")
    speaks(page, "id", INDONESIAN)


def test_the_language_is_kept_in_the_account(desk_of: Callable[..., Page]) -> None:
    choose(desk_of("cakra"), "en")

    speaks(desk_of("cakra"), "en", ENGLISH)


def test_whoever_has_not_signed_in_yet_can_choose_too(
    visit: Callable[..., Page], photograph: Callable[[Page], None]
) -> None:
    page = visit()
    page.goto("/masuk")
    expect(page.locator("h1")).to_have_text("Masuk")
    photograph(page)

    page.click("button[name=language][value=en]")

    expect(page.locator("h1")).to_have_text("Sign in")


def test_dark_stays_dark(desk_of: Callable[..., Page], photograph: Callable[[Page], None]) -> None:
    page = desk_of("asih")
    light = page.evaluate(PAPER)

    page.click(".shell-top details.menu summary")
    page.click("button[name=theme][value=dark]")
    page.goto("/berkas")

    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    assert page.evaluate(PAPER) != light
    photograph(page)


def choose(page: Page, language: str) -> None:
    page.click(".shell-top details.menu summary")
    page.click(f"button[name=language][value={language}]")


def speaks(page: Page, language: str, doors: list[str]) -> None:
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator(".shell-nav li")).to_have_text(doors)
