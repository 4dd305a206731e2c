"""What a person does to a case beside its own course: let an event happen, open offered work, mend what failed."""

from engine.runtime import stimuli
from engine.runtime.activities import close, living
from engine.runtime.catching import fire
from engine.runtime.errors import NotAwaited, NotOffered
from engine.runtime.flow import arrive_at, leave
from engine.runtime.run import Run
from engine.runtime.state import Activity, Stage, WayOn
from engine.runtime.topology import GATEWAY, is_named, offered_activities
from engine.runtime.variables import Variables, write


def trigger_event(run: Run, stimulus: stimuli.TriggerEvent) -> None:
    """Of an event with several definitions one happens, unless all of them have to."""
    activity = living(run, stimulus.activity_id)
    waits = [wait for wait in activity.waits if is_named(run.graph.nodes[wait.catcher], stimulus.catcher)]
    if not waits:
        raise NotAwaited(name=stimulus.catcher)
    has_to_happen = [wait for wait in waits if not wait.has_happened]
    is_all_or_nothing = run.graph.nodes[waits[0].catcher].is_parallel_multiple
    for wait in has_to_happen if is_all_or_nothing else has_to_happen[:1]:
        fire(run, activity, wait, stimulus.variables)


def open_offered(run: Run, stimulus: stimuli.OpenActivity) -> None:
    scope = living(run, stimulus.activity_id)
    offered = offered_activities(run.graph, run.node(scope))
    target = next((node for node in offered if is_named(node, stimulus.target)), None)
    if target is None or not scope.is_at_work:
        raise NotOffered(target=stimulus.target)
    if run.node(scope).is_ordered and run.inside.get(scope.id):
        scope.remaining = [target.id, *(node for node in scope.remaining if node != target.id)]
    else:
        arrive_at(run, target, scope)


def complete_failed(run: Run, activity: Activity, variables: Variables) -> None:
    """Somebody says that what failed is done otherwise, and with what result: the case takes its way on."""
    write(run, activity, variables)
    if activity.stage is Stage.KEEPING and activity.item is None:
        _let_token_pass(run, activity)
    else:
        run.performer(activity).finish_by_hand(run, activity)
    activity.fault = None
    run.touch(activity)


def _let_token_pass(run: Run, keeper: Activity) -> None:
    """A way that was not found is sought again, now that more is known; an element that could not begin is passed."""
    node, scope, fault = run.node(keeper), run.parent(keeper), keeper.fault
    close(run, keeper)
    if fault is not None and fault.way_on is WayOn.ARRIVE and node.kind.endswith(GATEWAY):
        arrive_at(run, node, scope, fault.flow)
    else:
        leave(run, node, scope)
