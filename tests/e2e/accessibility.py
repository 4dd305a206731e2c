"""What axe-core finds wrong with a page."""

from functools import cache
from typing import Any

from playwright.sync_api import Page

from tests.support.sources import ROOT

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
GRAVE = ("serious", "critical")


def grave_findings(page: Page) -> list[str]:
    """Each as one line: the rule, what it wants, and where the page breaks it."""
    # Evaluated by the browser's own door, so the page's content policy stays as strict as it is for everyone.
    page.evaluate(_axe())
    found = page.evaluate("options => axe.run(document, options)", {"resultTypes": ["violations"]})
    return [_line(page, each) for each in found["violations"] if each["impact"] in GRAVE]


@cache
def _axe() -> str:
    return AXE.read_text(encoding="utf-8")


def _line(page: Page, violation: dict[str, Any]) -> str:
    places = "; ".join(f"{' '.join(map(str, node['target']))} {node['html'][:120]}" for node in violation["nodes"][:3])
    return f"{page.url}: {violation['id']} ({violation['impact']}): {violation['help']}: {places}"
