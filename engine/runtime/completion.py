"""An activity has done its work and goes its way out."""

from engine.expressions.errors import EvaluationFault
from engine.runtime.activities import close, fail
from engine.runtime.flow import leave
from engine.runtime.run import LOOP, Run
from engine.runtime.state import Activity, Completed, Stage, WayOn
from engine.runtime.topology import compensation_start
from engine.runtime.variables import evaluate_all, write

LOG_ENTRY_SIZE = 60


def complete(run: Run, activity: Activity) -> None:
    node, scope = run.node(activity), run.parent(activity)
    run.current = activity
    activity.stage = Stage.DONE
    if activity.item is not None:
        run.elements[LOOP].item_done(run, scope, activity)
        return
    can_be_undone = bool(node.handler or activity.completed or compensation_start(run.graph, node))
    give_outputs(run, activity)
    run.grow(LOG_ENTRY_SIZE if can_be_undone else 0)
    close(run, activity)
    if can_be_undone:
        scope.completed.append(Completed(node=node.id, inner=activity.completed))
    leave(run, node, scope)
    tell_scope(run, scope)


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
