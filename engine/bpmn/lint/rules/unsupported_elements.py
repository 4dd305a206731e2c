from collections.abc import Iterator

from engine.base.i18n import _
from engine.bpmn.drawing import Drawing
from engine.bpmn.findings import error
from engine.bpmn.problems import Problem
from engine.bpmn.vocabulary import FLOW_NODES, FURNITURE, kind_of


def unsupported_elements(drawing: Drawing) -> Iterator[Problem]:
    """Every element that would hold a token is one that the engine moves tokens through."""
    message = _("“%(name)s” is of the kind %(kind)s, which is not supported. Draw it with another kind of element.")
    for scope in drawing.scopes:
        for child in scope:
            kind = kind_of(child)
            if kind and kind not in FLOW_NODES and kind not in FURNITURE:
                yield error(child, "element.unsupported", message, kind=kind)
    for node in drawing.nodes:
        if kind_of(node) == "businessRuleTask":
            yield error(
                node,
                "element.unsupported",
                _("“%(name)s” uses a decision table (%(kind)s), which is not supported. Use an exclusive gateway."),
                kind="businessRuleTask",
            )
