from collections.abc import Iterator

from engine.base.i18n import _
from engine.bpmn.drawing import Drawing
from engine.bpmn.findings import error, missing
from engine.bpmn.problems import Problem
from engine.bpmn.vocabulary import is_true, kind_of


def starts(drawing: Drawing) -> Iterator[Problem]:
    """A process begins at a start event, and nothing leads back to it."""
    for process in drawing.processes:
        nodes = list(drawing.nodes_in(process))
        if nodes and not any(kind_of(node) == "startEvent" or is_true(node, "instantiate") for node in nodes):
            message = _("The process “%(name)s” has no start event. Draw one and an arrow to the first step.")
            yield missing(process, "start.missing", message)
    for node in drawing.nodes:
        if kind_of(node) == "startEvent" and drawing.incoming(node):
            message = _("An arrow leads to the start event “%(name)s”. Let it lead to the first step instead.")
            yield error(node, "start.has_incoming", message)
