"""docs/lint-rules.md: each rule of the linter, what it says, and a drawing that breaks it beside one that keeps it."""

import ast
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
from tests.support.sources import ROOT, parsed
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
SAYS = ("code", "verdict", "what is said")
DMN_RULES = [path for path in sorted((ROOT / "engine/bpmn/dmn/rules").glob("*.py")) if path.stem != "__init__"]
OF_DECISIONS = """## Decision tables

A DMN file beside a diagram is put to rules of its own, in `engine/bpmn/dmn/rules/`.
"""


def lint_page() -> str:
    return "\n".join([HEAD, *(_section(rule) for rule in RULES), OF_DECISIONS, *map(_of_decisions, DMN_RULES)])


def _of_decisions(path: Path) -> str:
    """A rule of decision tables; its drawings are tables, shown in its tests."""
    rule = next(one for one in parsed(path).body if isinstance(one, ast.FunctionDef) and not one.name.startswith("_"))
    about = " ".join((ast.get_docstring(rule) or "").split())
    return "\n\n".join([f"### {_title(path)}", about, table(SAYS, _said(path))]) + "\n"


def _title(path: Path) -> str:
    return path.stem.replace("_", " ").capitalize()


def _said(path: Path) -> list[tuple[str, ...]]:
    return [(f"`{told.code}`", VERDICTS[told.severity], readable(told.sentence)) for told in told_by([path])]


def _section(rule: Rule) -> str:
    path = Path(inspect.getsourcefile(rule) or "")
    about = " ".join((rule.__doc__ or "").split())
    return (
        "\n\n".join([f"## {_title(path)}", about, table(SAYS, _said(path)), _example(EXAMPLES[rule.__name__])]) + "\n"
    )


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
