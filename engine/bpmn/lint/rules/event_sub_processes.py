from collections.abc import Iterator

from engine.base.i18n import _
from engine.bpmn.drawing import Drawing
from engine.bpmn.findings import error, missing
from engine.bpmn.problems import Problem
from engine.bpmn.vocabulary import SCOPES, Element, is_true, kind_of

_LOOPS = frozenset({"multiInstanceLoopCharacteristics", "standardLoopCharacteristics"})


def event_sub_processes(drawing: Drawing) -> Iterator[Problem]:
    """An event sub-process begins by its event and by nothing else, as often as that happens (S8)."""
    for node in drawing.nodes:
        if kind_of(node) in SCOPES and is_true(node, "triggeredByEvent"):
            yield from _one(drawing, node)


def _one(drawing: Drawing, node: Element) -> Iterator[Problem]:
    if not any(kind_of(child) == "startEvent" for child in drawing.nodes_in(node)):
        message = _("“%(name)s” begins by an event, but has no start event that says which. Draw one inside it.")
        yield missing(node, "event_sub_process.no_start", message)
    if drawing.incoming(node) or drawing.outgoing(node):
        message = _("“%(name)s” begins by an event: no arrow leads to it or away from it. Remove those arrows.")
        yield error(node, "event_sub_process.on_flow", message)
    if any(kind_of(child) in _LOOPS for child in node):
        message = _("“%(name)s” begins whenever its event happens: it cannot be repeated as well. Remove the loop.")
        yield error(node, "event_sub_process.loop", message)
    if drawing.boundary_of(node):
        message = _("“%(name)s” begins by an event: no event can sit on its border. Put the event inside it.")
        yield error(node, "event_sub_process.border", message)
