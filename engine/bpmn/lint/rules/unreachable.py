from collections.abc import Iterator

from engine.base.i18n import _
from engine.bpmn.drawing import Drawing
from engine.bpmn.findings import error
from engine.bpmn.lint.reach import first_of_each_cluster, forward, reachable, starts_of
from engine.bpmn.problems import Problem


def unreachable(drawing: Drawing) -> Iterator[Problem]:
    """Every element can be reached from a start of its scope."""
    steps = forward(drawing)
    starts = [start for scope in drawing.scopes for start in starts_of(drawing, scope)]
    reached = reachable(starts, steps)
    apart = [node for node in drawing.nodes if node not in reached]
    for node in first_of_each_cluster(apart, steps):
        message = _("Nothing leads to “%(name)s”. Draw an arrow to it, or remove it.")
        yield error(node, "element.unreachable", message)
