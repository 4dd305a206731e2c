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
        for way in _ways_of_undoing(drawing, node)[1:]:
            message = _("“%(host)s” can be undone in several ways, of which only one would happen. Keep one of them.")
            yield error(way, "compensation.several", message, host=label_of(node))
        if kind_of(node) in _THROWING and "compensate" in triggers(node):
            for definition in event_definitions(node):
                if not is_true(definition, "waitForCompletion", default="true"):
                    message = _("“%(name)s” is not to wait until the work is undone; here it always waits.")
                    yield warning(node, "compensation.always_waits", message)
                yield from _out_of_reach(drawing, node, definition)


def _ways_of_undoing(drawing: Drawing, node: Element) -> list[Element]:
    """The events at its border that say how it is undone, and those sub-processes inside it that do."""
    inside = (child for child in drawing.nodes_in(node) if is_true(child, "triggeredByEvent"))
    begins = {child: [start for start in drawing.nodes_in(child) if kind_of(start) == "startEvent"] for child in inside}
    return [
        *(border for border in drawing.boundary_of(node) if "compensate" in triggers(border)),
        *(child for child, starts in begins.items() if any("compensate" in triggers(start) for start in starts)),
    ]


def _out_of_reach(drawing: Drawing, thrower: Element, definition: Element) -> Iterator[Problem]:
    """What one event names stands beside it; around it too, if it stands in what begins by an event (BPMN 10.5.5)."""
    meant, scope = drawing.by_id.get(definition.get("activityRef") or ""), thrower.getparent()
    if meant is None or scope is None or meant.getparent() is scope:
        return
    if not (is_true(scope, "triggeredByEvent") and meant.getparent() is scope.getparent()):
        message = _("“%(name)s” cannot undo “%(activity)s”, which stands elsewhere. Choose a step beside it.")
        yield error(thrower, "compensation.out_of_reach", message, activity=label_of(meant))
