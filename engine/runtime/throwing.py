"""Errors and escalations travel outwards to the nearest element that catches them."""

from collections.abc import Iterable

from engine.bpmn.graph import EventKind, Node
from engine.runtime.catching import tell
from engine.runtime.run import Run
from engine.runtime.state import Activity, Stage
from engine.runtime.topology import event_starts


def is_caught(run: Run, kind: EventKind, code: str, thrower: Activity) -> bool:
    """Tell the nearest catcher; false when nobody catches it."""
    came_from: Activity | None = None
    for activity in run.outwards(thrower):
        start = _listening_inside(run, kind, code, activity, came_from)
        if start is not None:
            tell(run, activity, start)
            return True
        border = _listening_at_border(run, kind, code, activity)
        if border is not None:
            tell(run, activity, border)
            return True
        came_from = activity
    return False


def _listening_inside(run: Run, kind: EventKind, code: str, scope: Activity, came_from: Activity | None) -> Node | None:
    """An event sub-process of the scope, though none hears what it has thrown itself."""
    if scope.progress is not None or scope.stage is Stage.INTERRUPTED:
        return None
    starts = event_starts(run.graph, run.body(scope))
    return _nearest((start for start in starts if came_from is None or start.parent != came_from.node), kind, code)


def _listening_at_border(run: Run, kind: EventKind, code: str, activity: Activity) -> Node | None:
    if activity.item is not None:
        return None
    return _nearest(run.graph.boundary(run.node(activity)), kind, code)


def _nearest(catchers: Iterable[Node], kind: EventKind, code: str) -> Node | None:
    """Who names the code comes before who takes any."""
    matching = [
        (event.name != code, catcher)
        for catcher in catchers
        for event in catcher.events
        if event.kind is kind and (event.catches_any or event.name in (None, code))
    ]
    return min(matching, key=lambda match: match[0])[1] if matching else None
