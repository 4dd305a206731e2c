"""Gateways."""

from engine.bpmn.graph import Node
from engine.runtime import joins
from engine.runtime.activities import enter, open_activity
from engine.runtime.errors import CannotComplete
from engine.runtime.flow import leave, leave_by, no_way_out
from engine.runtime.run import Element, Run
from engine.runtime.state import Activity, Round
from engine.runtime.variables import evaluate
from engine.runtime.waits import arm


class ExclusiveGateway(Element):
    """The first flow in the order of the file whose condition holds, else the default."""

    def arrive(self, run: Run, node: Node, scope: Activity, flow: str | None) -> None:
        for outgoing in node.outgoing:
            if outgoing.id != node.default and (outgoing.condition is None or evaluate(run, scope, outgoing.condition)):
                leave_by(run, node, scope, (outgoing,))
                return
        default = tuple(outgoing for outgoing in node.outgoing if outgoing.id == node.default)
        if node.outgoing and not default:
            raise no_way_out()
        leave_by(run, node, scope, default)


class ParallelGateway(Element):
    def arrive(self, run: Run, node: Node, scope: Activity, flow: str | None) -> None:
        if len(node.incoming) > 1 and flow is not None:
            joins.count(scope, flow)
            if len(joins.arrived(scope, node)) < len(node.incoming):
                return
            joins.consume(scope, [incoming.id for incoming in node.incoming])
        leave_by(run, node, scope, node.outgoing)


class InclusiveGateway(Element):
    """A join is decided when everything else has come to rest, see `joins.pass_inclusive`."""

    def arrive(self, run: Run, node: Node, scope: Activity, flow: str | None) -> None:
        if len(node.incoming) > 1 and flow is not None:
            joins.count(scope, flow)
        else:
            leave(run, node, scope)


class ComplexGateway(Element):
    """Passes one token on when its activation condition holds, then swallows the late ones of that round."""

    def arrive(self, run: Run, node: Node, scope: Activity, flow: str | None) -> None:
        if len(node.incoming) < 2 or flow is None:
            leave(run, node, scope)
            return
        before = scope.rounds.get(node.id, Round())
        arrivals = {**before.arrivals, flow: before.arrivals.get(flow, 0) + 1}
        is_full = all(incoming.id in arrivals for incoming in node.incoming)
        fires = not before.has_fired and self.is_activated(run, node, scope, arrivals, is_full)
        self.remember(node, scope, Round(has_fired=before.has_fired or fires, arrivals=arrivals), is_full)
        if fires:
            leave(run, node, scope)

    @staticmethod
    def is_activated(run: Run, node: Node, scope: Activity, arrivals: dict[str, int], is_full: bool) -> bool:
        if node.condition is None:
            return is_full
        return bool(evaluate(run, scope, node.condition, {"activationCount": sum(arrivals.values())}))

    @staticmethod
    def remember(node: Node, scope: Activity, one: Round, is_full: bool) -> None:
        if is_full and one.has_fired:
            one = Round(arrivals={flow: number - 1 for flow, number in one.arrivals.items() if number > 1})
        if one.arrivals:
            scope.rounds[node.id] = one
        else:
            scope.rounds.pop(node.id, None)


class EventGateway(Element):
    """Waits for all the events behind it; the first to happen takes the token."""

    def arrive(self, run: Run, node: Node, scope: Activity, flow: str | None) -> None:
        enter(run, open_activity(run, node, scope))

    def begin(self, run: Run, activity: Activity) -> None:
        for flow in run.node(activity).outgoing:
            arm(run, activity, run.graph.nodes[flow.target])

    def finish_by_hand(self, run: Run, activity: Activity) -> None:
        raise CannotComplete(name=run.node(activity).name)
