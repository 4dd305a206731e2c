"""From the library's event definitions and loops to the graph's."""

from collections.abc import Callable
from typing import Any

from SpiffWorkflow.bpmn.specs.event_definitions.conditional import ConditionalEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.item_aware_event import (
    ErrorEventDefinition,
    EscalationEventDefinition,
    SignalEventDefinition,
)
from SpiffWorkflow.bpmn.specs.event_definitions.message import MessageEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.simple import CancelEventDefinition, TerminateEventDefinition
from SpiffWorkflow.bpmn.specs.mixins.multiinstance_task import (
    LoopTask,
    MultiInstanceTask,
    SequentialMultiInstanceTask,
)

from engine.bpmn.graph import EventDefinition, EventKind, Loop, TimerKind
from engine.bpmn.message_terms import MessageTerms
from engine.bpmn.spiff import TIMERS, CompensateEventDefinition, LinkEventDefinition
from engine.bpmn.timer_values import timer_value
from engine.bpmn.vocabulary import BPMN, TK, Element
from engine.expressions.expression import Expression

_KINDS = {
    MessageEventDefinition: EventKind.MESSAGE,
    SignalEventDefinition: EventKind.SIGNAL,
    ErrorEventDefinition: EventKind.ERROR,
    EscalationEventDefinition: EventKind.ESCALATION,
    ConditionalEventDefinition: EventKind.CONDITIONAL,
    CompensateEventDefinition: EventKind.COMPENSATE,
    CancelEventDefinition: EventKind.CANCEL,
    TerminateEventDefinition: EventKind.TERMINATE,
    LinkEventDefinition: EventKind.LINK,
    **dict.fromkeys(TIMERS.values(), EventKind.TIMER),
}
_TIMER_KINDS = {definition: TimerKind(kind) for kind, definition in TIMERS.items()}
_CODED = (EventKind.ERROR, EventKind.ESCALATION)


TermsOf = Callable[[str], MessageTerms]
Codes = frozenset[tuple[str, str | None]]
# On a message, signal, error or escalation whose name or code was given by us.
GIVEN_NAME = f"{TK}given_name"


def codes_given(root: Element) -> Codes:
    """Those of errors and escalations that were drawn without a code."""
    return frozenset(
        (kind, definition.get(f"{kind}Code"))
        for kind in _CODED
        for definition in root.iterchildren(f"{BPMN}{kind}")
        if definition.get(GIVEN_NAME)
    )


def events_of(task_spec: Any, terms_of: TermsOf, given: Codes) -> tuple[EventDefinition, ...]:
    """All event definitions of a specification; the terms of messages are found by name."""
    several = getattr(task_spec, "event_definition", None)
    return tuple(_event(definition, terms_of, given) for definition in getattr(several, "event_definitions", ()))


def _event(definition: Any, terms_of: TermsOf, given: Codes) -> EventDefinition:
    kind = _KINDS[type(definition)]
    if kind is EventKind.TIMER:
        timer = _TIMER_KINDS[type(definition)]
        return EventDefinition(kind=kind, timer=timer, value=timer_value(timer, definition.expression))
    if kind is EventKind.CONDITIONAL:
        return EventDefinition(kind=kind, value=Expression(definition.expression))
    if kind in (EventKind.TERMINATE, EventKind.CANCEL):
        return EventDefinition(kind=kind)
    if kind in _CODED:
        return EventDefinition(kind=kind, name=definition.code, catches_any=(kind, definition.code) in given)
    name = definition.name
    terms = terms_of(name) if kind is EventKind.MESSAGE else MessageTerms()
    return EventDefinition(kind=kind, name=name, correlation=terms.correlation, lifetime=terms.lifetime)


def loop_of(task_spec: Any) -> Loop | None:
    if isinstance(task_spec, MultiInstanceTask):
        return Loop(
            is_sequential=isinstance(task_spec, SequentialMultiInstanceTask),
            cardinality=optional_expression(task_spec.cardinality),
            collection=optional_expression(_name(task_spec.data_input)),
            item=_name(task_spec.input_item),
            output=_name(task_spec.data_output),
            output_item=_name(task_spec.output_item),
            condition=optional_expression(task_spec.condition),
        )
    if isinstance(task_spec, LoopTask):
        return Loop(
            is_standard=True,
            condition=optional_expression(task_spec.condition),
            tests_before=task_spec.test_before,
            maximum=task_spec.maximum,
        )
    return None


def optional_expression(text: str | None) -> Expression | None:
    return Expression(text.strip()) if text and text.strip() else None


def _name(data: Any) -> str | None:
    """The variable that a data item means: its name, or its id where the name is only a label."""
    if data is None:
        return None
    name, identity = data.bpmn_name or "", data.bpmn_id or ""
    return identity if identity.isidentifier() and not name.isidentifier() else name or identity
