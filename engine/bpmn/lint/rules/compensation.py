from collections.abc import Iterator

from engine.base.i18n import _
from engine.bpmn.drawing import Drawing, triggers
from engine.bpmn.findings import error, label_of, warning
from engine.bpmn.problems import Problem
from engine.bpmn.vocabulary import Element, event_definitions, is_true, kind_of

_THROWING = frozenset({"intermediateThrowEvent", "endEvent"})


def compensation(drawing: Drawing) -> Iterator[Problem]:
    """What undoes other work stands beside the flow, and whoever asks for it waits for it."""
    for node in drawing.nodes:
        is_handler = not is_true(node, "triggeredByEvent") and drawing.is_off_the_flow(node)
        if is_handler and (drawing.incoming(node) or drawing.outgoing(node)):
            message = _("“%(name)s” undoes other work: no arrow leads to it or away from it. Remove those arrows.")
            yield error(node, "compensation.on_flow", message)
        if kind_of(node) in _THROWING and "compensate" in triggers(node):
            for definition in event_definitions(node):
                if not is_true(definition, "waitForCompletion", default="true"):
                    message = _("“%(name)s” is not to wait until the work is undone; here it always waits.")
                    yield warning(node, "compensation.always_waits", message)
                yield from _out_of_reach(drawing, node, definition)


def _out_of_reach(drawing: Drawing, thrower: Element, definition: Element) -> Iterator[Problem]:
    """What one event names stands beside it; around it too, if it stands in what begins by an event (BPMN 10.5.5)."""
    meant, scope = drawing.by_id.get(definition.get("activityRef") or ""), thrower.getparent()
    if meant is None or scope is None or meant.getparent() is scope:
        return
    if not (is_true(scope, "triggeredByEvent") and meant.getparent() is scope.getparent()):
        message = _("“%(name)s” cannot undo “%(activity)s”, which stands elsewhere. Choose a step beside it.")
        yield error(thrower, "compensation.out_of_reach", message, activity=label_of(meant))
