"""The complex gateway: a round begins when enough tokens have come, and ends when no more can (BPMN 13.4.5)."""

from engine.bpmn.graph import Flow, Node
from engine.expressions.errors import EvaluationFault
from engine.runtime.activities import fail
from engine.runtime.flow import WAITING_FOR_START, leave, leave_by
from engine.runtime.joins import may_still_come
from engine.runtime.run import Element, Run
from engine.runtime.state import Activity, Round, WayOn
from engine.runtime.variables import evaluate


class ComplexGateway(Element):
    """Passes one token on when its activation condition holds, then takes in the late ones of that round."""

    def arrive(self, run: Run, node: Node, scope: Activity, flow: str | None) -> None:
        if len(node.incoming) < 2 or flow is None:
            leave(run, node, scope)
            return
        before = scope.rounds.get(node.id, Round())
        arrivals = {**before.arrivals, flow: before.arrivals.get(flow, 0) + 1}
        if before.has_fired or not is_activated(run, node, scope, arrivals):
            scope.rounds[node.id] = Round(has_fired=before.has_fired, arrivals=arrivals)
        else:
            fire_round(run, node, scope, arrivals)


def is_activated(run: Run, node: Node, scope: Activity, arrivals: dict[str, int]) -> bool:
    if node.condition is None:
        return all(flow.id in arrivals for flow in node.incoming)
    return bool(evaluate(run, scope, node.condition, {"activationCount": sum(arrivals.values())}))


def fire_round(run: Run, node: Node, scope: Activity, arrivals: dict[str, int]) -> None:
    scope.rounds[node.id] = Round(has_fired=True, arrivals=arrivals)
    run.fired_rounds.add(scope.id)
    leave(run, node, scope)


def end_round(run: Run) -> bool:
    """End one round to which nothing more can come; true when there was one."""
    for scope_id in sorted(run.fired_rounds):
        scope = run.activities.get(scope_id)
        for node_id, one in list(scope.rounds.items()) if scope else ():
            node = run.graph.nodes[node_id]
            if scope and one.has_fired and not may_still_come(run, node, scope, set(one.arrivals)):
                _end(run, node, scope, one)
                return True
    return False


def _end(run: Run, node: Node, scope: Activity, one: Round) -> None:
    """Tokens beyond one by each flow belong to the next round, which may begin with them at once."""
    del scope.rounds[node.id]
    run.touch(scope)
    if not any(other.has_fired for other in scope.rounds.values()):
        run.fired_rounds.discard(scope.id)
    surplus = {flow: number - 1 for flow, number in one.arrivals.items() if number > 1}
    try:
        flows = _at_the_end(run, node, scope)
        begins_anew = bool(surplus) and is_activated(run, node, scope, surplus)
    except EvaluationFault as fault:
        fail(run, scope, fault, WayOn.SETTLE)
        return
    if flows:
        leave_by(run, node, scope, flows)
    if begins_anew:
        fire_round(run, node, scope, surplus)
    elif surplus:
        scope.rounds[node.id] = Round(arrivals=surplus)


def _at_the_end(run: Run, node: Node, scope: Activity) -> tuple[Flow, ...]:
    """Only flows that ask whether the gateway still waits for its start are looked at a second time."""
    return tuple(
        flow
        for flow in node.outgoing
        if flow.condition is not None
        and WAITING_FOR_START in flow.condition.names
        and evaluate(run, scope, flow.condition, {WAITING_FOR_START: False})
    )
