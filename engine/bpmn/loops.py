"""What a multi-instance tells of its passes (BPMN 13.3.7): its `behavior`, and the event that goes with it."""

from engine.bpmn.drawing import Drawing
from engine.bpmn.graph import EventDefinition, EventKind
from engine.bpmn.vocabulary import BPMN, Element, kind_of, trigger_of

# `All` throws nothing; `Complex` would need conditions of its own, and is refused.
EVENT_OF = {"None": "noneBehaviorEventRef", "One": "oneBehaviorEventRef"}
SILENT = "All"

_TELLING = {
    EventKind.SIGNAL: ("signalRef", "name"),
    EventKind.MESSAGE: ("messageRef", "name"),
    EventKind.ESCALATION: ("escalationRef", "escalationCode"),
}


def multi_instance_of(node: Element) -> Element | None:
    return node.find(f"{BPMN}multiInstanceLoopCharacteristics")


def behavior_of(loop: Element) -> str:
    return loop.get("behavior") or SILENT


def told_event(drawing: Drawing, loop: Element) -> EventDefinition | None:
    """The event thrown for each pass or for the first; None where none is named that could be thrown."""
    if behavior_of(loop) not in EVENT_OF:
        return None
    definition = drawing.definitions.get(loop.get(EVENT_OF[behavior_of(loop)]) or "")
    if definition is None or not kind_of(definition).endswith("EventDefinition"):
        return None
    kind = next((kind for kind in _TELLING if kind == trigger_of(definition)), None)
    if kind is None:
        return None
    reference, attribute = _TELLING[kind]
    named = drawing.definitions.get(definition.get(reference) or "")
    return None if named is None else EventDefinition(kind=kind, name=named.get(attribute))
