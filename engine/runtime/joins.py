"""Tokens that wait for others: counted by flow in the scope where they wait."""

from collections.abc import Collection, Iterable

from engine.base.i18n import _
from engine.bpmn.graph import Flow, Node
from engine.runtime.activities import record
from engine.runtime.flow import leave
from engine.runtime.run import Run
from engine.runtime.state import Activity, WayOn
from engine.runtime.topology import behind

INCLUSIVE = "inclusiveGateway"


def count(scope: Activity, flow: str | None) -> None:
    if flow is not None:
        scope.arrivals[flow] = scope.arrivals.get(flow, 0) + 1


def consume(scope: Activity, flows: Iterable[str]) -> None:
    for flow in flows:
        scope.arrivals[flow] -= 1
        if not scope.arrivals[flow]:
            del scope.arrivals[flow]


def arrived(scope: Activity, join: Node) -> tuple[Flow, ...]:
    return tuple(flow for flow in join.incoming if flow.id in scope.arrivals)


def pass_on(run: Run, join: Node, scope: Activity, flows: tuple[Flow, ...]) -> None:
    consume(scope, [flow.id for flow in flows])
    leave(run, join, scope)


def pass_inclusive(run: Run) -> bool:
    """Let one inclusive join go on to which nothing more can come; true when there was one.

    When nothing else in a scope lives, the first one goes on rather than letting two wait for each other.
    """
    for scope in run.activities.looked_at():
        joins = _waiting_joins(run, scope)
        ready = next((join for join in joins if not _is_awaiting(run, join, scope)), None)
        if ready is None and joins and not run.inside.get(scope.id):
            ready = joins[0]
        if ready is not None:
            pass_on(run, ready, scope, arrived(scope, ready))
            return True
    return False


def _waiting_joins(run: Run, scope: Activity) -> list[Node]:
    if not scope.arrivals:
        return []
    targets = {run.graph.flows[flow].target for flow in scope.arrivals}
    return [node for node in run.graph.children(run.body(scope)) if node.kind == INCLUSIVE and node.id in targets]


def _is_awaiting(run: Run, join: Node, scope: Activity) -> bool:
    return may_still_come(run, join, scope, {flow.id for flow in arrived(scope, join)})


def may_still_come(run: Run, join: Node, scope: Activity, present: Collection[str]) -> bool:
    """Some token can still reach an empty flow of the join, and none of those where one waits already."""
    moving = [token for token in run.queue if token.scope == scope.id]
    if any(token.node == join.id and token.flow not in present for token in moving):
        return True
    reached = [behind(run.graph, join, flow) for flow in join.incoming if flow.id in present]
    missing = [behind(run.graph, join, flow) for flow in join.incoming if flow.id not in present]
    elsewhere = {child.node for child in run.children(scope)} | {token.node for token in moving}
    elsewhere |= {run.graph.flows[flow].target for flow in scope.arrivals}
    elsewhere |= {node for node, one in scope.rounds.items() if not one.has_fired}
    return any(
        any(node in nodes for nodes in missing) and not any(node in nodes for nodes in reached)
        for node in elsewhere - {join.id}
    )


def report_stranded(run: Run) -> None:
    """A scope in which tokens wait for others that can never come is an incident."""
    for scope in run.activities.looked_at():
        waiting = _stranded_at(run, scope)
        if waiting and scope.fault is None and not run.inside.get(scope.id):
            record(
                run,
                scope,
                "join.stranded",
                _("Nothing can arrive any more at %(elements)s, where the case waits."),
                {"elements": ", ".join(waiting)},
                WayOn.SETTLE,
            )


def _stranded_at(run: Run, scope: Activity) -> list[str]:
    waiting = {run.graph.flows[flow].target for flow in scope.arrivals}
    waiting |= {node for node, one in scope.rounds.items() if not one.has_fired}
    return sorted(run.graph.nodes[node].name or run.graph.nodes[node].bpmn_id for node in waiting)
