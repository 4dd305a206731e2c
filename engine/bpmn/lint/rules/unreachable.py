from collections.abc import Iterator

from engine.base.i18n import _
from engine.bpmn.drawing import Drawing
from engine.bpmn.findings import error
from engine.bpmn.lint.reach import first_of_each_cluster, forward, reachable, starts_of
from engine.bpmn.problems import Problem
from engine.bpmn.vocabulary import Element, kind_of


def unreachable(drawing: Drawing) -> Iterator[Problem]:
    """Every element can be reached from a start of its scope; an event that sits on nothing is told as such."""
    steps = forward(drawing)
    starts = [start for scope in drawing.scopes for start in starts_of(drawing, scope)]
    reached = reachable(starts, steps)
    apart = [node for node in drawing.nodes if node not in reached and not _sits_on_nothing(drawing, node)]
    for node in first_of_each_cluster(apart, steps):
        message = _("Nothing leads to “%(name)s”. Draw an arrow to it, or remove it.")
        yield error(node, "element.unreachable", message)


def _sits_on_nothing(drawing: Drawing, node: Element) -> bool:
    return kind_of(node) == "boundaryEvent" and drawing.host_of(node) is None
