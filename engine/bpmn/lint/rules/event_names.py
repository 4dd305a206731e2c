from collections.abc import Iterator

from engine.base.i18n import _
from engine.bpmn.drawing import Drawing
from engine.bpmn.findings import missing
from engine.bpmn.problems import Problem
from engine.bpmn.vocabulary import Element, event_definitions, kind_of, trigger_of
from engine.bpmn.words import trigger_word

_THROWING = frozenset({"endEvent", "intermediateThrowEvent"})


def event_names(drawing: Drawing) -> Iterator[Problem]:
    """Messages, signals and thrown errors say which; an event's own name serves for the first two."""
    for node in drawing.nodes:
        for definition in event_definitions(node):
            yield from _named(node, definition)
        if kind_of(node) in ("sendTask", "receiveTask") and not (
            node.get("messageRef") or list(event_definitions(node))
        ):
            yield _which(node, "message")


def _named(node: Element, definition: Element) -> Iterator[Problem]:
    trigger = trigger_of(definition)
    if trigger in ("message", "signal") and not (definition.get(f"{trigger}Ref") or (node.get("name") or "").strip()):
        yield _which(node, trigger)
    if trigger in ("error", "escalation") and kind_of(node) in _THROWING and not definition.get(f"{trigger}Ref"):
        yield _which(node, trigger)


def _which(node: Element, trigger: str) -> Problem:
    message = _("“%(name)s” does not say which %(trigger)s it means. Choose one.")
    return missing(node, "event.no_name", message, trigger=trigger_word(trigger))
