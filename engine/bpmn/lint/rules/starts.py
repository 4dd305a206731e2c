from collections.abc import Iterator

from engine.base.i18n import _
from engine.bpmn.drawing import Drawing, triggers
from engine.bpmn.findings import error, missing, warning
from engine.bpmn.problems import Problem
from engine.bpmn.vocabulary import Element, is_true, kind_of


def starts(drawing: Drawing) -> Iterator[Problem]:
    """A process begins at a start event, and nothing leads back to it."""
    for process in drawing.processes:
        nodes = list(drawing.nodes_in(process))
        if nodes and not any(kind_of(node) == "startEvent" or is_true(node, "instantiate") for node in nodes):
            message = _("The process “%(name)s” has no start event. Draw one and an arrow to the first step.")
            yield missing(process, "start.missing", message)
        yield from _events_that_nobody_hears(nodes)
    for node in drawing.nodes:
        if kind_of(node) == "startEvent" and drawing.incoming(node):
            message = _("An arrow leads to the start event “%(name)s”. Let it lead to the first step instead.")
            yield error(node, "start.has_incoming", message)


def _events_that_nobody_hears(nodes: list[Element]) -> Iterator[Problem]:
    """Cases are started by people: a start event that waits for something else begins none."""
    starts = [node for node in nodes if kind_of(node) == "startEvent"]
    triggered = [node for node in starts if triggers(node)]
    for start in triggered:
        if len(triggered) == len(starts):
            message = _(
                "“%(name)s” waits for an event, so nobody can start a case. Draw a plain start event beside it."
            )
            yield missing(start, "start.by_event", message)
        else:
            message = _(
                "“%(name)s” waits for an event and begins no case; people start cases at the plain start event."
            )
            yield warning(start, "start.not_heard", message)
