"""Journeys in a real browser against the product as it really runs."""

import re
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, StorageState, expect

from tests.e2e.browser import DESK_WIDTH, PATIENCE_MS, Watch, chromium, new_context
from tests.e2e.colleagues import CallColleague, colleague
from tests.e2e.office import Office, SetUp, office, set_up
from tests.e2e.steps import sign_in
from tests.support.sources import ROOT

SCREENSHOTS = ROOT / "build" / "screenshots"
SignIn = Callable[..., Page]
Photograph = Callable[[Page], None]

expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="session")
def sample_office(tmp_path_factory: pytest.TempPathFactory) -> SetUp:
    return set_up(tmp_path_factory.mktemp("office") / "set-up")


@pytest.fixture(scope="session")
def product(sample_office: SetUp, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The product on the morning after it was set up, shared by the journeys that leave its clock alone."""
    with office(sample_office, tmp_path_factory.mktemp("office") / "shared") as running:
        yield running


@pytest.fixture(scope="module")
def own_product(sample_office: SetUp, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """One for a single file of journeys, which may move its clock."""
    with office(sample_office, tmp_path_factory.mktemp("office") / "own") as running:
        yield running


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Whatever a browser complains of during a journey fails it."""
    watch = Watch()
    yield watch
    assert not watch.complaints, "\n".join(watch.complaints)


@pytest.fixture
def visit(browser: Browser, product: Office, watch: Watch) -> Iterator[SignIn]:
    """`visit()` is a browser at the product's address with nobody signed in; takes what `new_context` takes."""
    opened: list[BrowserContext] = []

    def visit(width: int = DESK_WIDTH, **options: object) -> Page:
        context = new_context(browser, product.url, width, **options)
        watch.over(context)
        opened.append(context)
        return context.new_page()

    yield visit
    for context in opened:
        context.close()


@pytest.fixture(scope="session")
def signed_in() -> dict[tuple[str, str], StorageState]:
    """The cookies of those who have signed in: each does it once at each product."""
    return {}


@pytest.fixture
def desk_of(visit: SignIn, product: Office, signed_in: dict[tuple[str, str], StorageState]) -> SignIn:
    """`desk_of("asih")` is her browser, signed in, at her front page; takes what `new_context` takes."""

    def desk_of(username: str, width: int = DESK_WIDTH, **options: object) -> Page:
        who = (product.url, username)
        page = visit(width, storage_state=signed_in.get(who), **options)
        if who in signed_in:
            page.goto("/")
        else:
            sign_in(page, username, product.passwords[username])
            signed_in[who] = page.context.storage_state()
        return page

    return desk_of


@pytest.fixture(scope="module")
def call(product: Office) -> CallColleague:
    """`call("asih")` does by the API what she did before the journey."""
    return cache(partial(colleague, product))


@pytest.fixture
def photograph(request: pytest.FixtureRequest) -> Photograph:
    """Keeps how a page looks as build/screenshots/<journey>-<n>-<width>.png."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    journey = re.sub(r"\W+", "-", request.node.name.removeprefix("test_"))
    taken: list[Path] = []

    def photograph(page: Page) -> None:
        width = page.viewport_size["width"] if page.viewport_size else 0
        taken.append(SCREENSHOTS / f"{journey}-{len(taken) + 1}-{width}.png")
        # From the top, or what sticks to the window stands in the middle of the picture.
        page.evaluate("window.scrollTo(0, 0)")
        page.screenshot(path=taken[-1], full_page=True)

    return photograph
