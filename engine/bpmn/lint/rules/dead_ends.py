from collections.abc import Iterator

from engine.base.i18n import _
from engine.bpmn.drawing import Drawing
from engine.bpmn.findings import error
from engine.bpmn.lint.reach import backward, ends_of, first_of_each_cluster, reachable
from engine.bpmn.problems import Problem


def dead_ends(drawing: Drawing) -> Iterator[Problem]:
    """From every element an end of its scope can be reached."""
    steps = backward(drawing)
    finishes = reachable((end for scope in drawing.scopes for end in ends_of(drawing, scope)), steps)
    stuck = [node for node in drawing.nodes if node not in finishes]
    for node in first_of_each_cluster(stuck, steps):
        message = _("From “%(name)s” no end can be reached. Draw an arrow to a next step or to an end event.")
        yield error(node, "element.dead_end", message)
