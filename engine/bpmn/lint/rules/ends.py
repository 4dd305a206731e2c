from collections.abc import Iterator

from engine.base.i18n import _
from engine.bpmn.drawing import Drawing
from engine.bpmn.findings import error, missing
from engine.bpmn.problems import Problem
from engine.bpmn.vocabulary import kind_of


def ends(drawing: Drawing) -> Iterator[Problem]:
    """A process ends at an end event, and nothing follows it."""
    for process in drawing.processes:
        nodes = list(drawing.nodes_in(process))
        if nodes and not any(kind_of(node) == "endEvent" for node in nodes):
            message = _("The process “%(name)s” has no end event. Draw one and an arrow to it from the last step.")
            yield missing(process, "end.missing", message)
    for node in drawing.nodes:
        if kind_of(node) == "endEvent" and drawing.outgoing(node):
            message = _("An arrow leaves the end event “%(name)s”. Remove it, or draw another kind of event.")
            yield error(node, "end.has_outgoing", message)
