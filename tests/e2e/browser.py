"""People in front of a browser, and what the browser complains of meanwhile."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Response, WebError, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
DESK_WIDTH, PHONE_WIDTH, SMALLEST_WIDTH = 1280, 390, 360
HEIGHTS = {DESK_WIDTH: 800, PHONE_WIDTH: 844, SMALLEST_WIDTH: 740}
PATIENCE_MS = 10_000
SERVER_FAULT = 500
# Pages and what scripts ask for; a style or a picture that is not there is a fault.
MAY_BE_REFUSED = frozenset({"document", "fetch"})


class NoBrowser(Exception):
    """Chromium is not installed."""


@contextmanager
def chromium() -> Iterator[Browser]:
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        raise NoBrowser("Chromium is missing. Install it with: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(FLAGS))
        yield browser
        browser.close()


@dataclass  # without slots: Playwright keeps notes on the object whose methods it calls
class Watch:
    """Collects what no page may do: errors in scripts, breaches of the content policy, faults of the server."""

    complaints: list[str] = field(default_factory=list)
    _refused: set[str] = field(default_factory=set)
    _watched: list[BrowserContext] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        self._watched.append(context)
        context.on("console", self._hear)
        context.on("weberror", self._note)
        context.on("response", self._look)

    def end(self) -> None:
        """For contexts that live longer than the watch."""
        for context in self._watched:
            context.remove_listener("console", self._hear)
            context.remove_listener("weberror", self._note)
            context.remove_listener("response", self._look)

    def _note(self, error: WebError) -> None:
        self.complaints.append(f"script: {error.error}")

    def _look(self, response: Response) -> None:
        if response.status >= SERVER_FAULT:
            self.complaints.append(f"{response.status}: {response.request.method} {response.url}")
        elif response.status >= 400 and response.request.resource_type in MAY_BE_REFUSED:
            self._refused.add(response.url)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type not in ("error", "warning"):
            return
        # The browser logs each page that answers with a refusal; that a form was refused is no fault of the page.
        is_refusal = message.text.startswith("Failed to load resource") and message.location["url"] in self._refused
        if not is_refusal:
            self.complaints.append(f"{message.type}: {message.text} at {message.location['url']}")


def new_context(browser: Browser, url: str, width: int = DESK_WIDTH, **options: Any) -> BrowserContext:
    """A browser of an Indonesian clerk's own: its cookies, its width; `options` as Playwright has them."""
    context = browser.new_context(
        base_url=url,
        viewport={"width": width, "height": HEIGHTS[width]},
        locale="id-ID",
        timezone_id="Asia/Jakarta",
        reduced_motion="reduce",
        is_mobile=width < DESK_WIDTH,
        has_touch=width < DESK_WIDTH,
        **options,
    )
    context.set_default_timeout(PATIENCE_MS)
    return context
