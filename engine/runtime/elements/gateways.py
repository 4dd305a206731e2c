"""Gateways; the complex one has a file of its own."""

from engine.bpmn.graph import Node
from engine.runtime import joins
from engine.runtime.activities import enter, open_activity
from engine.runtime.errors import CannotComplete
from engine.runtime.flow import leave, leave_by, no_way_out
from engine.runtime.run import Element, Run
from engine.runtime.state import Activity
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


class EventGateway(Element):
    """Waits for all the events behind it; the first to happen takes the token."""

    def arrive(self, run: Run, node: Node, scope: Activity, flow: str | None) -> None:
        enter(run, open_activity(run, node, scope))

    def begin(self, run: Run, activity: Activity) -> None:
        for flow in run.node(activity).outgoing:
            arm(run, activity, run.graph.nodes[flow.target])

    def finish_by_hand(self, run: Run, activity: Activity) -> None:
        raise CannotComplete(name=run.node(activity).name)
