from collections.abc import Iterator

from engine.base.i18n import _
from engine.bpmn.drawing import Drawing
from engine.bpmn.findings import error, missing
from engine.bpmn.graph import TimerKind
from engine.bpmn.problems import Problem
from engine.bpmn.timer_values import check_constant, timer_value
from engine.bpmn.vocabulary import Element, child_text, event_definitions, trigger_of
from engine.expressions.errors import ExpressionFault
from engine.expressions.times import check_literal


def timers(drawing: Drawing) -> Iterator[Problem]:
    """A timer says when: an ISO date, duration or repetition, a crontab, or an expression that gives one."""
    for node in drawing.nodes:
        for definition in event_definitions(node):
            if trigger_of(definition) == "timer":
                yield from _time(node, definition)


def _time(node: Element, definition: Element) -> Iterator[Problem]:
    kind = next((kind for kind in TimerKind if child_text(definition, kind)), None)
    if kind is None:
        message = _("The timer “%(name)s” has no time. Give it one, such as PT4H (four hours) or P3D (three days).")
        yield missing(node, "timer.missing", message)
        return
    text = child_text(definition, kind)
    try:
        value = timer_value(kind, text)
        check_literal(kind, text)
        check_constant(kind, value)
    except ExpressionFault as fault:
        yield error(
            node,
            "timer.bad",
            _("The time “%(text)s” of “%(name)s” cannot be read. %(reason)s"),
            text=text[:100],
            reason={"message": fault.message, "params": fault.params},
        )
