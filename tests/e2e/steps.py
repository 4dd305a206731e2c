"""What people do on the pages, one small step each. Elements are found by what does not change with the language."""

import re
from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.support.patience import eventually

Answers = Mapping[str, str | int]
FORM = "#work-form"


def sign_in(page: Page, username: str, password: str) -> None:
    page.goto("/masuk")
    page.fill("#username", username)
    page.fill("#password", password)
    page.locator("form[action^='/masuk'] button[type=submit]").click()
    expect(page.locator(".shell-nav")).to_be_visible()


def start_case(page: Page, procedure: str, title: str) -> None:
    """Begin a case of the procedure with this key; leads to its first step, if that is hers."""
    page.goto("/prosedur")
    page.click(f"a[href='/prosedur/{procedure}/mulai']")
    page.fill("#title", title)
    page.locator(f"form[action='/prosedur/{procedure}/mulai'] button").click()
    expect(page.locator(".note")).to_be_visible()


def rows_of(page: Page, view: str = "saya") -> Locator:
    """The rows of her inbox: `saya`, `antrean`, `terlambat` or `selesai`."""
    page.goto(f"/tugas?tampilan={view}")
    return page.locator("#inbox .row-line")


def row_of(page: Page, case_title: str, view: str = "saya") -> Locator:
    return rows_of(page, view).filter(has_text=case_title)


def open_task(page: Page, case_title: str, view: str = "saya") -> None:
    row_of(page, case_title, view).locator(".row-title").click()
    expect(page.locator("h1")).to_be_visible()


def take_task(page: Page, case_title: str) -> None:
    """Open the case's task from the queue of her position, and claim it."""
    open_task(page, case_title, "antrean")
    page.click("form[action$='/ambil'] button")
    expect(page.locator(FORM)).to_be_visible()


def fill_in(page: Page, answers: Answers) -> None:
    for name, answer in answers.items():
        answer_question(page, name, str(answer))


def answer_question(page: Page, name: str, answer: str) -> None:
    control = page.locator(f"{FORM} [name='{name}']").first
    kind = control.evaluate("element => element.type")
    if kind in ("radio", "checkbox"):
        page.locator(f"{FORM} [name='{name}'][value='{answer}']").check()
    elif kind == "select-one":
        control.select_option(answer)
    else:
        control.fill(answer)


def answers_on(page: Page, names: Answers) -> dict[str, str]:
    """What stands in these fields now."""
    return {name: page.locator(f"{FORM} [name='{name}']").first.input_value() for name in names}


def finish(page: Page, decision: str = "") -> None:
    """Press the one button, or the one of `decision`; leads back to the inbox."""
    press_finish(page, decision)
    expect(page).to_have_url(re.compile(r"/tugas(\?.*)?$"))


def press_finish(page: Page, decision: str = "") -> None:
    button = f"button[value='{decision}']" if decision else "button.btn-primary"
    page.locator(f"{FORM} .acts {button}").click()


def complete(page: Page, case_title: str, answers: Answers, decision: str = "") -> None:
    open_task(page, case_title)
    fill_in(page, answers)
    finish(page, decision)


def upload(page: Page, *files: Path) -> None:
    page.goto("/prosedur/unggah")
    page.set_input_files("input[type=file][name=files]", files)
    page.locator("form[action$='/unggah'] button.btn-primary").click()
    page.wait_for_load_state()


def sees_after_a_while(page: Page, target: Locator) -> None:
    """Look again and again until the page shows it."""

    def is_there() -> bool:
        page.reload()
        return target.count() > 0

    assert eventually(is_there, seconds=30), f"{target} never came to {page.url}"


def publish_version(page: Page) -> None:
    """Put the version on the page in force, by the page that says what will happen."""
    page.click("a[href$='/terbitkan']")
    page.locator("form[method=post] .btn-primary").click()
    expect(page).to_have_url(re.compile(r"/prosedur/\w+$"))


def number_of(page: Page) -> str:
    """The number of the case whose page this is."""
    return page.locator(".page-head .number").inner_text()
