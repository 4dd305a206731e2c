"""The life of an activity instance: opened, entered, failed, closed."""

from collections.abc import Mapping
from typing import Any

from engine.base.i18n import translate
from engine.bpmn.graph import Node
from engine.expressions.errors import EvaluationFault
from engine.runtime import changes
from engine.runtime.errors import AlreadyClosed
from engine.runtime.run import ACTIVITY_SIZE, Run
from engine.runtime.state import Activity, Fault, Progress, Stage, WayOn
from engine.runtime.variables import evaluate_all, set_in_scope
from engine.runtime.waits import announce_cleared, arm, disarm

WITH_INPUTS = frozenset(
    {"userTask", "scriptTask", "serviceTask", "businessRuleTask", "subProcess", "transaction", "adHocSubProcess"}
)


def living(run: Run, activity_id: int) -> Activity:
    activity = run.activities.get(activity_id)
    if activity is None:
        raise AlreadyClosed(activity_id=activity_id)
    return activity


def open_activity(run: Run, node: Node, scope: Activity | None) -> Activity:
    run.grow(ACTIVITY_SIZE)
    return _announced(run, run.add(node, scope))


def _announced(run: Run, activity: Activity) -> Activity:
    node = run.node(activity)
    run.current = activity
    run.changes.append(
        changes.ActivityOpened(activity_id=activity.id, node=node.id, element=node.bpmn_id, kind=node.kind)
    )
    return activity


def open_loop(run: Run, node: Node, scope: Activity) -> Activity:
    """The body of a loop: it holds one activity for each pass."""
    body = open_activity(run, node, scope)
    body.progress = Progress()
    return body


def enter(run: Run, activity: Activity) -> None:
    """Wait for the events at its border, take its inputs, and begin; after a failure, all of it again."""
    node = run.node(activity)
    run.current = activity
    activity.stage = Stage.OPENING
    disarm(run, activity)
    if activity.item is None:
        for event in run.graph.boundary(node):
            arm(run, activity, event)
    if node.inputs and node.kind in WITH_INPUTS and activity.progress is None:
        set_in_scope(run, activity, evaluate_all(run, activity, node.inputs))
    activity.stage = Stage.WORKING
    run.performer(activity).begin(run, activity)


def close(run: Run, activity: Activity) -> None:
    _remove(run, activity)
    _announce_closed(run, activity)


def _announce_closed(run: Run, activity: Activity) -> None:
    if not activity.is_announced_closed:
        node = run.node(activity)
        activity.is_announced_closed = True
        run.changes.append(changes.ActivityClosed(activity_id=activity.id, node=node.id, element=node.bpmn_id))


def cancel(run: Run, activity: Activity) -> None:
    _remove(run, activity)
    if not activity.is_announced_closed:
        node = run.node(activity)
        run.changes.append(changes.ActivityCancelled(activity_id=activity.id, node=node.id, element=node.bpmn_id))


def _remove(run: Run, activity: Activity) -> None:
    for child in run.children(activity):
        cancel(run, child)
    run.remove(activity)
    for wait in activity.waits:
        announce_cleared(run, activity, wait)


def clear(run: Run, scope: Activity) -> None:
    """Stop everything inside a scope; the scope itself stays."""
    for child in run.children(scope):
        cancel(run, child)
    forget_moves(run, scope)
    scope.undoing = []
    scope.fault = None
    run.touch(scope)


def forget_moves(run: Run, scope: Activity) -> None:
    """Tokens on the move and those at joins are gone; living activities stay."""
    run.forget_tokens(scope)
    scope.arrivals = {}
    scope.rounds = {}


def keep_token(run: Run, node: Node, scope: Activity) -> Activity:
    """Where a token cannot go on, it stays visible as an activity without work."""
    # Not counted as growth: where nothing may grow any more, this is how it is told.
    keeper = _announced(run, run.add(node, scope))
    keeper.stage = Stage.KEEPING
    return keeper


def fail(run: Run, activity: Activity, fault: EvaluationFault, way_on: WayOn, flow: str | None = None) -> None:
    if way_on is WayOn.COMPLETE:
        _announce_closed(run, activity)  # the work is done: it must not stay in anybody's inbox
    record(run, activity, fault.code, fault.message, fault.params, way_on, flow)


def record(
    run: Run,
    activity: Activity,
    code: str,
    message: str,
    params: Mapping[str, Any],
    way_on: WayOn,
    flow: str | None = None,
) -> None:
    """An incident: part of the state until it is retried, and a change to be shown."""
    shown = {name: value if isinstance(value, Mapping) else _short(value) for name, value in params.items()}
    activity.fault = Fault(code=code, message=message, params=shown, way_on=way_on, flow=flow)
    node = run.node(activity)
    run.changes.append(
        changes.ActivityFailed(
            activity_id=activity.id,
            node=node.id,
            element=node.bpmn_id,
            code=code,
            message=translate(message, shown),
            template=message,
            params=shown,
        )
    )


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 200 else text[:199] + "…"
