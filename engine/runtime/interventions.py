"""What a person does to a case beside its own course: let an event happen, open offered work, move a token."""

from engine.bpmn.graph import Node
from engine.runtime import stimuli
from engine.runtime.activities import cancel, living
from engine.runtime.catching import fire
from engine.runtime.errors import CannotMove, NotAwaited, NotOffered
from engine.runtime.flow import arrive_at
from engine.runtime.run import Run
from engine.runtime.topology import offered_activities

NO_TARGETS = frozenset({"boundaryEvent", "startEvent"})


def trigger_event(run: Run, stimulus: stimuli.TriggerEvent) -> None:
    """Of an event with several definitions one happens, unless all of them have to."""
    activity = living(run, stimulus.activity_id)
    waits = [wait for wait in activity.waits if _is_named(run.graph.nodes[wait.catcher], stimulus.catcher)]
    if not waits:
        raise NotAwaited(name=stimulus.catcher)
    has_to_happen = [wait for wait in waits if not wait.has_happened]
    is_all_or_nothing = run.graph.nodes[waits[0].catcher].is_parallel_multiple
    for wait in has_to_happen if is_all_or_nothing else has_to_happen[:1]:
        fire(run, activity, wait, stimulus.variables)


def open_offered(run: Run, stimulus: stimuli.OpenActivity) -> None:
    scope = living(run, stimulus.activity_id)
    offered = offered_activities(run.graph, run.node(scope))
    target = next((node for node in offered if _is_named(node, stimulus.target)), None)
    if target is None or not scope.is_at_work:
        raise NotOffered(target=stimulus.target)
    if run.node(scope).is_ordered and run.inside.get(scope.id):
        scope.remaining = [target.id, *(node for node in scope.remaining if node != target.id)]
    else:
        arrive_at(run, target, scope)


def move_token(run: Run, stimulus: stimuli.MoveToken) -> None:
    activity = living(run, stimulus.activity_id)
    if activity.parent is None or activity.item is not None:
        raise CannotMove(target=stimulus.target)
    scope = run.parent(activity)
    target = _target_in(run, run.body(scope), stimulus.target)
    cancel(run, activity)
    arrive_at(run, target, scope)


def _target_in(run: Run, body: Node, name: str) -> Node:
    for node in run.graph.children(body):
        is_reachable = node.kind not in NO_TARGETS and not node.is_triggered_by_event and not node.is_for_compensation
        if _is_named(node, name) and is_reachable:
            return node
    raise CannotMove(target=name)


def _is_named(node: Node, name: str) -> bool:
    return name in (node.id, node.bpmn_id)
