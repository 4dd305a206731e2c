from collections.abc import Iterator

from engine.base.i18n import _
from engine.bpmn.drawing import Drawing
from engine.bpmn.findings import error, warning
from engine.bpmn.problems import Problem
from engine.bpmn.vocabulary import BPMN, Element, event_definitions, kind_of, text_of

_KINDS = {"messageRef": "message", "signalRef": "signal", "errorRef": "error", "escalationRef": "escalation"}


def references(drawing: Drawing) -> Iterator[Problem]:
    """What an element refers to stands in the file (S26)."""
    for node in drawing.nodes:
        for holder in (node, *event_definitions(node)):
            yield from _definitions(drawing, node, holder)
        for reference in node.iterchildren(f"{BPMN}eventDefinitionRef"):
            yield _unknown(node, text_of(reference))
        default = node.get("default")
        if default and default not in {flow.get("id") for flow in drawing.outgoing(node)}:
            message = _("The default branch “%(reference)s” of “%(name)s” does not leave it. Choose the default again.")
            yield error(node, "reference.default", message, reference=default)
    yield from _lane_members(drawing)


def _definitions(drawing: Drawing, node: Element, holder: Element) -> Iterator[Problem]:
    for attribute, kind in _KINDS.items():
        reference = holder.get(attribute)
        if reference and kind_of(drawing.definitions.get(reference, drawing.root)) != kind:
            yield _unknown(node, reference)
    activity = holder.get("activityRef")
    if activity and activity not in drawing.by_id:
        yield _unknown(node, activity)


def _unknown(node: Element, reference: str) -> Problem:
    message = _("“%(name)s” refers to “%(reference)s”, which is not in this file. Choose it again.")
    return error(node, "reference.unknown", message, reference=reference)


def _lane_members(drawing: Drawing) -> Iterator[Problem]:
    for lane in drawing.lanes:
        for reference in lane.iterchildren(f"{BPMN}flowNodeRef"):
            if text_of(reference) not in drawing.by_id:
                message = _("The lane “%(name)s” lists “%(reference)s”, which is not in this file.")
                yield warning(lane, "reference.lane_member", message, reference=text_of(reference))
