"""An administrator's repair: a token continues elsewhere, where that leaves every join and split as it was."""

from engine.bpmn.graph import Node
from engine.runtime import stimuli
from engine.runtime.activities import cancel, living
from engine.runtime.errors import CannotMove, MoveAcrossBranches, MoveOffTheFlow, MoveOfOnePass
from engine.runtime.flow import arrive_at
from engine.runtime.regions import regions
from engine.runtime.run import Run
from engine.runtime.state import Stage
from engine.runtime.topology import BOUNDARY, START, is_named


def move_token(run: Run, stimulus: stimuli.MoveToken) -> None:
    activity = living(run, stimulus.activity_id)
    if activity.parent is None:
        raise CannotMove(target=stimulus.target)
    source, scope = run.node(activity), run.parent(activity)
    if activity.item is not None:
        raise MoveOfOnePass(source=_shown(source), target=stimulus.target)
    if _is_off_the_flow(source) or scope.stage is not Stage.WORKING:
        raise MoveOffTheFlow(source=_shown(source), target=stimulus.target)
    target = _target_in(run, run.body(scope), stimulus.target)
    _require_same_region(run, run.body(scope), source, target)
    cancel(run, activity)
    arrive_at(run, target, scope)


def _target_in(run: Run, body: Node, name: str) -> Node:
    for node in run.graph.children(body):
        if is_named(node, name) and node.kind not in (BOUNDARY, START) and not _is_off_the_flow(node):
            return node
    raise CannotMove(target=name)


def _is_off_the_flow(node: Node) -> bool:
    return node.is_triggered_by_event or node.is_for_compensation


def _require_same_region(run: Run, body: Node, source: Node, target: Node) -> None:
    here, there = regions(run.graph, body, source), regions(run.graph, body, target)
    differing = sorted(name for name in {*here, *there} if here.get(name) != there.get(name))
    if differing:
        between = run.graph.nodes[differing[0]]
        raise MoveAcrossBranches(source=_shown(source), target=_shown(target), between=_shown(between))


def _shown(node: Node) -> str:
    return node.name or node.bpmn_id
