"""docs/lint-rules.md: each rule of the linter, what it says, and a drawing that breaks it beside one that keeps it."""

import inspect
import re
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path

from lxml import etree

from engine.bpmn.lint.rules import RULES, Rule
from tests.conformance.pages.codes import told_by
from tests.conformance.pages.support_page import VERDICTS, readable
from tests.conformance.pages.tables import table
from tests.support.sources import ROOT
from tests.unit.bpmn.rules.examples import EXAMPLES, Example

PAGE = ROOT / "docs" / "lint-rules.md"
HEAD = """# What the linter looks at

Every uploaded diagram is put to these rules, all of them, so that everything is told at once. Each rule is one file in
`engine/bpmn/lint/rules/`. *Refused*: the file is not kept. *Draft*: it is kept and cannot run until this is answered.
*Warning* and *note*: it runs. The lines of an example that begin with `-` break the rule; those with `+` keep it.

This page is written by `make docs` from the rules and their tests.
"""
NAMESPACE = re.compile(r' xmlns(:\w+)?="[^"]*"')
MOST_LINES = 24


def lint_page() -> str:
    return "\n".join([HEAD, *(_section(rule) for rule in RULES)])


def _section(rule: Rule) -> str:
    path = Path(inspect.getsourcefile(rule) or "")
    about = " ".join((rule.__doc__ or "").split())
    said = [(f"`{told.code}`", VERDICTS[told.severity], readable(told.sentence)) for told in told_by([path])]
    parts = [f"## {path.stem.replace('_', ' ').capitalize()}", about, table(("code", "verdict", "what is said"), said)]
    return "\n\n".join([*parts, _example(EXAMPLES[rule.__name__])]) + "\n"


def _example(example: Example) -> str:
    different = list(unified_diff(_drawn(example.wrong), _drawn(example.right), n=1, lineterm=""))[2:]
    lines = [line for line in different if not line.startswith("@@")]
    shown = [*lines[:MOST_LINES], "…"] if len(lines) > MOST_LINES else lines
    return "\n".join(["```diff", *(line[:150] for line in shown), "```"])


def _drawn(source: bytes) -> list[str]:
    """The lines inside the file's frame."""
    root = etree.fromstring(source)
    etree.indent(root)
    return list(_lines(NAMESPACE.sub("", etree.tostring(root, encoding="unicode"))))


def _lines(text: str) -> Iterator[str]:
    return (line.removeprefix("  ") for line in text.splitlines()[1:-1])
