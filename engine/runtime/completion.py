"""An activity has done its work and goes its way out."""

from typing import Any

from engine.bpmn.graph import Loop
from engine.expressions.errors import EvaluationFault
from engine.runtime.activities import close, fail
from engine.runtime.compensation import apart, remember
from engine.runtime.flow import leave
from engine.runtime.run import LOOP, Run
from engine.runtime.state import Activity, Completed, Stage, WayOn
from engine.runtime.topology import asks_for_undoing, compensation_start
from engine.runtime.variables import evaluate_all, seen, write


def complete(run: Run, activity: Activity) -> None:
    node, scope = run.node(activity), run.parent(activity)
    run.current = activity
    activity.stage = Stage.DONE
    if activity.item is not None:
        run.elements[LOOP].item_done(run, scope, activity)
        return
    give_outputs(run, activity)
    log_completed(run, scope, activity)
    close(run, activity)
    leave(run, node, scope)
    tell_scope(run, scope)


def log_completed(run: Run, scope: Activity, activity: Activity) -> None:
    """What can be undone is kept; of a repetition, each of its passes."""
    node = run.node(activity)
    by_a_handler = node.handler is not None and activity.progress is None
    if not (activity.completed or by_a_handler or compensation_start(run.graph, node)):
        return
    if node.is_for_compensation or not asks_for_undoing(run.graph):
        return
    if activity.progress is not None:
        scope.completed.extend(activity.completed)
    elif activity.called is not None and not node.handler:
        remember(run, scope.completed, apart(_entry(run, activity, seen(run, activity))))
    elif activity.called is not None:
        remember(run, scope.completed, _entry(run, activity, seen(run, scope) | _of_the_pass(activity, node.loop)))
    else:
        remember(run, scope.completed, _entry(run, activity, seen(run, activity)))


def _entry(run: Run, activity: Activity, variables: dict[str, Any]) -> Completed:
    return Completed(
        node=activity.node,
        opened=activity.id,
        closed=run.last_id,
        inner=activity.completed,
        variables=variables,
    )


def _of_the_pass(call: Activity, loop: Loop | None) -> dict[str, Any]:
    """Of what a called process knows, that which tells the pass of the loop that called it from the others."""
    names = ("loopCounter", loop.item) if loop else ()
    return {name: value for name, value in (call.variables or {}).items() if name in names}


def tell_scope(run: Run, scope: Activity) -> None:
    """Something inside has completed."""
    try:
        run.element(scope).child_done(run, scope)
    except EvaluationFault as fault:
        fail(run, scope, fault, WayOn.SETTLE)


def give_outputs(run: Run, activity: Activity) -> None:
    """What a multi-instance has collected, or what the diagram maps out; a called process gives its own way."""
    node = run.node(activity)
    if activity.progress is not None:
        if node.loop and node.loop.output and activity.progress.outputs is not None:
            write(run, run.parent(activity), {node.loop.output: activity.progress.outputs})
    elif node.outputs and activity.called is None:
        write(run, run.parent(activity), evaluate_all(run, activity, node.outputs))
