from collections.abc import Iterator

from engine.base.i18n import _
from engine.bpmn.drawing import Drawing
from engine.bpmn.findings import error
from engine.bpmn.problems import Problem
from engine.bpmn.vocabulary import BPMN, FLOW_NODES, FURNITURE, SCOPES, kind_of
from engine.bpmn.words import kind_word


def unsupported_elements(drawing: Drawing) -> Iterator[Problem]:
    """Every element that would hold a token is one that the engine moves tokens through."""
    message = _("“%(name)s” is of the kind %(kind)s, which is not supported. Draw it with another kind of element.")
    for scope in drawing.scopes:
        for child in scope:
            kind = kind_of(child)
            if kind and kind not in FLOW_NODES and kind not in FURNITURE:
                yield error(child, "element.unsupported", message, kind=kind_word(kind))
    yield from _misplaced(drawing)


def _misplaced(drawing: Drawing) -> Iterator[Problem]:
    for node in drawing.root.iter(*(BPMN + kind for kind in FLOW_NODES)):
        parent = node.getparent()
        where = "" if parent is None else kind_of(parent)
        if where and where not in SCOPES and where != "extensionElements":
            message = _("“%(name)s” stands inside a %(where)s, where it cannot be. Draw it in a process.")
            yield error(node, "element.misplaced", message, where=kind_word(where))
