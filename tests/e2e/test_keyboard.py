"""Everything without a mouse: from signing in to a completed task."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.colleagues import CallColleague
from tests.e2e.office import Office
from tests.e2e.sop import NOTA, SURAT_TUGAS
from tests.e2e.steps import FORM, row_of

MOST_STEPS = 120
# Whether what has the focus now is this element, and can be seen to have it.
IS_HERE = """selector => {
    const here = document.activeElement;
    return here.matches(selector) && here.matches(":focus-visible") && here.getClientRects().length > 0;
}"""


def test_a_task_is_done_by_keyboard_alone(
    call: CallColleague, visit: Callable[..., Page], product: Office, photograph: Callable[[Page], None]
) -> None:
    title = "Kunjungan ke KUA Gubug"
    call("asih").complete(call("asih").start(SURAT_TUGAS, title), NOTA)
    page = visit()
    page.goto("/")

    signs_in(page, "laksmi", product.passwords["laksmi"])
    skips_the_navigation(page)
    photograph(page)
    tab_to(page, f"a[href='{address_of(page, title)}']")
    page.keyboard.press("Enter")
    expect(page.locator(FORM)).to_be_visible()
    tab_to(page, f"{FORM} button[value=setuju]")
    photograph(page)
    page.keyboard.press("Enter")

    expect(page.locator(".note").first).to_contain_text("Menelaah nota dinas")
    expect(row_of(page, title)).to_have_count(0)


def test_the_account_menu_opens_and_closes_by_keyboard(desk_of: Callable[..., Page]) -> None:
    page = desk_of("asih")

    tab_to(page, ".shell-top details.menu summary")
    page.keyboard.press("Enter")
    expect(page.locator(".shell-top .menu-body")).to_be_visible()
    tab_to(page, "button[name=theme][value=dark]")
    page.keyboard.press("Escape")

    expect(page.locator(".shell-top .menu-body")).to_be_hidden()
    expect(page.locator(".shell-top details.menu summary")).to_be_focused()


def address_of(page: Page, title: str) -> str | None:
    return page.locator("#inbox .row-line", has_text=title).locator(".row-title").get_attribute("href")


def signs_in(page: Page, username: str, password: str) -> None:
    tab_to(page, "#username")
    page.keyboard.type(username)
    page.keyboard.press("Tab")
    page.keyboard.type(password)
    page.keyboard.press("Enter")
    expect(page.locator(".shell-nav")).to_be_visible()


def skips_the_navigation(page: Page) -> None:
    page.keyboard.press("Tab")
    expect(page.locator(".skip-link")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is there."""
    for _step in range(MOST_STEPS):
        page.keyboard.press("Tab")
        if page.evaluate(IS_HERE, selector):
            return
    raise AssertionError(f"Tab does not lead to {selector}")
