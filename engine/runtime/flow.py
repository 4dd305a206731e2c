"""Tokens leave an element by its sequence flows."""

from engine.base.i18n import _
from engine.bpmn.graph import Flow, Node
from engine.expressions.errors import EvaluationFault
from engine.runtime.activities import fail, keep_token
from engine.runtime.changes import ElementPassed, FlowsTaken
from engine.runtime.run import Run
from engine.runtime.state import Activity, Move, Stuck, Token, WayOn
from engine.runtime.variables import evaluate

# Those who will listen act before those who may speak, so that no event passes unheard.
LISTENERS = frozenset({"intermediateCatchEvent", "receiveTask", "eventBasedGateway"})
WAITING_FOR_START = "waitingForStart"  # what a complex gateway's flows may ask
DECIDING = frozenset({"inclusiveGateway", "complexGateway"})


def arrive_at(run: Run, node: Node, scope: Activity, flow: str | None = None) -> None:
    token = Token(move=Move.ARRIVE, node=node.id, scope=scope.id, flow=flow)
    if node.kind in LISTENERS:
        run.put_first(token)
    else:
        run.put(token)


def arrive_first_at(run: Run, node: Node, scope: Activity, flow: str | None = None) -> None:
    """The way on from a caught event goes before everything else."""
    run.put_first(Token(move=Move.ARRIVE, node=node.id, scope=scope.id, flow=flow))


def leave(run: Run, node: Node, scope: Activity) -> None:
    """Tokens take the flows whose conditions hold; where none does, the token stays as an incident."""
    flows = _chosen_or_stuck(run, node, scope)
    if flows is not None:
        leave_by(run, node, scope, flows)


def leave_by(run: Run, node: Node, scope: Activity, flows: tuple[Flow, ...]) -> None:
    announce(run, node, flows)
    ways = [(run.graph.nodes[flow.target], flow.id) for flow in flows * node.completion_quantity]
    for target, flow_id in reversed(ways):  # each goes before all others, so the first of them comes last
        if target.kind in LISTENERS:
            arrive_first_at(run, target, scope, flow_id)
    for target, flow_id in ways:
        if target.kind not in LISTENERS:
            arrive_at(run, target, scope, flow_id)
    run.touch(scope)


def leave_first(run: Run, node: Node, scope: Activity) -> None:
    """As `leave`, before all tokens that are already on the move."""
    flows = _chosen_or_stuck(run, node, scope)
    if flows is None:
        return
    announce(run, node, flows)
    for flow in reversed(flows * node.completion_quantity):
        arrive_first_at(run, run.graph.nodes[flow.target], scope, flow.id)
    run.touch(scope)


def passed(run: Run, node: Node) -> None:
    run.changes.append(ElementPassed(node=node.id, element=node.bpmn_id))


def announce(run: Run, node: Node, flows: tuple[Flow, ...]) -> None:
    if node.loop is None:  # of a loop, each pass has been told
        passed(run, node)
    drawn = tuple(flow.bpmn_id for flow in flows if flow.bpmn_id)
    if drawn:
        run.changes.append(FlowsTaken(element=node.bpmn_id, flows=drawn))


def _chosen_or_stuck(run: Run, node: Node, scope: Activity) -> tuple[Flow, ...] | None:
    try:
        return chosen(run, node, scope)
    except EvaluationFault as fault:
        fail(run, keep_token(run, node, scope), fault, WayOn.LEAVE)
        return None


def chosen(run: Run, node: Node, scope: Activity) -> tuple[Flow, ...]:
    """Every flow without a condition or with a true one; the default when no condition held."""
    others = [flow for flow in node.outgoing if flow.id != node.default]
    known = {WAITING_FOR_START: True} if node.kind == "complexGateway" else None
    flows = [flow for flow in others if flow.condition is None or evaluate(run, scope, flow.condition, known)]
    if not any(flow.condition or node.kind in DECIDING for flow in flows):
        flows += [flow for flow in node.outgoing if flow.id == node.default]
    if node.outgoing and not flows:
        raise no_way_out()
    return tuple(flows)


def no_way_out() -> Stuck:
    return Stuck("gateway.no_way", _("No condition of the outgoing flows holds, and there is no default flow."))
