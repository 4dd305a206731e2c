"""The names that DMN files use, and how their elements are asked."""

import re
from collections.abc import Iterator

from engine.bpmn.vocabulary import DMN, Element, text_of

NAME = re.compile(r"[^\W\d_]\w{0,99}")
LONGEST_LABEL = 200


def kind_of(element: Element) -> str:
    """The DMN name of an element, or nothing when it is of another vocabulary."""
    tag = str(element.tag)
    return tag.removeprefix(DMN) if tag.startswith(DMN) else ""


def children(element: Element, kind: str) -> list[Element]:
    return list(element.iterchildren(DMN + kind))


def cell_text(element: Element | None) -> str:
    """What is written in a cell or an expression."""
    return "" if element is None else text_of(element.find(f"{DMN}text"))


def words(text: str | None) -> str:
    """A name or a note as it is shown: on one line, and no longer than a line can be."""
    return " ".join((text or "").split())[:LONGEST_LABEL]


def name_among(*candidates: str | None, otherwise: str) -> str:
    """The first that a variable can have; else one made of the id."""
    fitting = (name for candidate in candidates if (name := (candidate or "").strip()) and NAME.fullmatch(name))
    return next(fitting, None) or "_".join(re.findall(r"\w+", otherwise)).lstrip("_0123456789")[:100] or "hasil"


def decision_title(decision: Element) -> str:
    return words(decision.get("name")) or decision.get("id") or "?"


def required_ids(decision: Element) -> Iterator[str]:
    """The decisions that must be made before; what stands in another file keeps its whole address."""
    for requirement in children(decision, "informationRequirement"):
        for required in children(requirement, "requiredDecision"):
            yield (required.get("href") or "").removeprefix("#")


def column_label(column: Element) -> str:
    """How a designer recognises a column."""
    own = words(column.get("label")) or words(column.get("name"))
    return own or words(cell_text(column.find(f"{DMN}inputExpression"))) or "?"
