from collections.abc import Iterator

from engine.base.i18n import _
from engine.bpmn.drawing import Drawing, triggers
from engine.bpmn.findings import error, missing, warning
from engine.bpmn.graph import TimerKind
from engine.bpmn.problems import Problem
from engine.bpmn.timer_values import timer_value
from engine.bpmn.vocabulary import Element, child_text, event_definitions, is_true, kind_of, trigger_of
from engine.expressions.errors import ExpressionFault


def starts(drawing: Drawing) -> Iterator[Problem]:
    """A process begins at a start event, and nothing leads back to it."""
    for process in drawing.processes:
        nodes = list(drawing.nodes_in(process))
        if nodes and not any(kind_of(node) == "startEvent" or is_true(node, "instantiate") for node in nodes):
            message = _("The process “%(name)s” has no start event. Draw one and an arrow to the first step.")
            yield missing(process, "start.missing", message)
        yield from _events_that_nobody_hears(nodes)
        yield from _timers_before_any_data(nodes)
    for node in drawing.nodes:
        if kind_of(node) == "startEvent" and drawing.incoming(node):
            message = _("An arrow leads to the start event “%(name)s”. Let it lead to the first step instead.")
            yield error(node, "start.has_incoming", message)


def _events_that_nobody_hears(nodes: list[Element]) -> Iterator[Problem]:
    """Messages, signals and timers start cases, and so do people; a condition cannot: there are no data yet."""
    starts = [node for node in nodes if kind_of(node) == "startEvent"]
    conditional = [node for node in starts if triggers(node) == ["conditional"]]
    for start in conditional:
        if len(conditional) == len(starts):
            message = _(
                "“%(name)s” waits for a condition, but before a case begins there are no data to judge. "
                "Choose a plain start, a message, a signal or a timer."
            )
            yield missing(start, "start.by_event", message)
        else:
            message = _("“%(name)s” waits for a condition and begins no case: before it there are no data to judge.")
            yield warning(start, "start.not_heard", message)


def _timers_before_any_data(nodes: list[Element]) -> Iterator[Problem]:
    """A timer that starts cases runs when there is no case yet: it can only know the calendar."""
    for start in (node for node in nodes if kind_of(node) == "startEvent"):
        for definition in event_definitions(start):
            names = sorted(_names_in(definition)) if trigger_of(definition) == "timer" else []
            if names:
                message = _(
                    "The timer of “%(name)s” reads “%(names)s”, but there are no data before a case begins. "
                    "Give it a fixed time, such as 0 8 * * MON-FRI (working days at eight)."
                )
                yield missing(start, "start.timer_needs_data", message, names=", ".join(names))


def _names_in(definition: Element) -> frozenset[str]:
    kind = next((kind for kind in TimerKind if child_text(definition, kind)), None)
    try:
        return timer_value(kind, child_text(definition, kind)).names if kind else frozenset()
    except ExpressionFault:
        return frozenset()  # told by the rule for timers
