from collections.abc import Iterator
from itertools import islice

from engine.base.i18n import _
from engine.bpmn.drawing import Drawing
from engine.bpmn.findings import label_of, warning
from engine.bpmn.lint.reach import Steps, forward, reachable
from engine.bpmn.problems import Problem
from engine.bpmn.vocabulary import ACTIVITIES, Element, child_text, kind_of

_JOINS = frozenset({"parallelGateway", "inclusiveGateway", "complexGateway"})
# Each split costs a walk over the file; a drawing with more of them has other worries.
_MOST_SPLITS = 100


def implicit_joins(drawing: Drawing) -> Iterator[Problem]:
    """Branches that ran side by side are joined by a gateway, else what follows runs once for each."""
    told: set[Element] = set()
    steps = forward(drawing)
    for split in islice((node for node in drawing.nodes if _splits(drawing, node)), _MOST_SPLITS):
        node = _meeting_place(drawing, steps, split)
        if node is not None and node not in told:
            told.add(node)
            message = _(
                "Branches that begin at “%(split)s” meet at “%(name)s” without a joining gateway, "
                "so it happens once for each. Join them with a parallel gateway."
            )
            yield warning(node, "join.implicit", message, split=label_of(split))


def _splits(drawing: Drawing, node: Element) -> bool:
    branches = drawing.outgoing(node)
    if len(branches) < 2:
        return False
    return kind_of(node) == "parallelGateway" or (
        kind_of(node) in ACTIVITIES and not any(child_text(branch, "conditionExpression") for branch in branches)
    )


def _meeting_place(drawing: Drawing, steps: Steps, split: Element) -> Element | None:
    """The first element that two branches of a split lead to on their own."""

    def until_joined(node: Element) -> Iterator[Element]:
        return iter(()) if _joins(drawing, node) or node is split else iter(steps(node))

    targets = [drawing.by_id.get(flow.get("targetRef") or "") for flow in drawing.outgoing(split)]
    seen: set[Element] = set()
    meeting: set[Element] = set()
    for target in targets:
        if target is not None:
            walked = reachable([target], until_joined)
            meeting |= walked & seen
            seen |= walked
    first = (node for node in drawing.nodes if node in meeting)
    return next((node for node in first if not _joins(drawing, node) and _is_entered_twice(drawing, node)), None)


def _joins(drawing: Drawing, node: Element) -> bool:
    return kind_of(node) in _JOINS and len(drawing.incoming(node)) > 1


def _is_entered_twice(drawing: Drawing, node: Element) -> bool:
    return kind_of(node) != "endEvent" and len(drawing.incoming(node)) > 1
