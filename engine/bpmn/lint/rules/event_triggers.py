from collections.abc import Iterator

from engine.base.i18n import _
from engine.bpmn.drawing import Drawing, triggers
from engine.bpmn.findings import error, missing
from engine.bpmn.problems import Problem
from engine.bpmn.vocabulary import EVENTS, Element, is_true, kind_of
from engine.bpmn.words import trigger_word

_EVERYWHERE = frozenset({"message", "timer", "signal", "conditional"})
_CAUGHT_FROM_WITHIN = _EVERYWHERE | {"error", "escalation", "compensate"}
_ALLOWED = {
    "intermediateCatchEvent": _EVERYWHERE | {"link"},
    "intermediateThrowEvent": frozenset({"message", "signal", "escalation", "link", "compensate"}),
    "boundaryEvent": _CAUGHT_FROM_WITHIN | {"cancel"},
    "endEvent": frozenset({"message", "signal", "error", "escalation", "terminate", "cancel", "compensate"}),
}


def event_triggers(drawing: Drawing) -> Iterator[Problem]:
    """An event waits for, or tells, something that its place in the drawing allows (S4, S15)."""
    for event in (node for node in drawing.nodes if kind_of(node) in EVENTS):
        found = triggers(event)
        for trigger in found:
            if trigger not in _allowed(event):
                message = _("“%(name)s” is a %(trigger)s event, which cannot stand here. Choose another kind of event.")
                yield error(event, "event.wrong_place", message, trigger=trigger_word(trigger))
        if not found and _must_wait(event):
            message = _("“%(name)s” does not say what it waits for. Choose a timer, message, signal or condition.")
            yield missing(event, "event.no_trigger", message)


def _allowed(event: Element) -> frozenset[str]:
    if kind_of(event) == "endEvent" and not any(kind_of(outer) == "transaction" for outer in event.iterancestors()):
        return _ALLOWED["endEvent"] - {"cancel"}
    if kind_of(event) != "startEvent":
        return _ALLOWED[kind_of(event)]
    if _starts_by_event(event):
        return _CAUGHT_FROM_WITHIN
    return _EVERYWHERE if _is_in_process(event) else frozenset()


def _must_wait(event: Element) -> bool:
    return kind_of(event) in ("intermediateCatchEvent", "boundaryEvent") or _starts_by_event(event)


def _starts_by_event(event: Element) -> bool:
    scope = event.getparent()
    return kind_of(event) == "startEvent" and scope is not None and is_true(scope, "triggeredByEvent")


def _is_in_process(event: Element) -> bool:
    scope = event.getparent()
    return scope is not None and kind_of(scope) == "process"
