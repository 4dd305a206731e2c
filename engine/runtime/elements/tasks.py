"""Tasks."""

from engine.base.i18n import _
from engine.bpmn.graph import EventKind, Node, Service
from engine.expressions.bounds import plain
from engine.runtime import joins
from engine.runtime.activities import close, enter, open_activity, open_loop
from engine.runtime.changes import ServiceRequested, WorkOffered
from engine.runtime.completion import complete
from engine.runtime.flow import announce, leave_first
from engine.runtime.run import Element, Run
from engine.runtime.sending import send_message
from engine.runtime.state import Activity, Stage, Stuck
from engine.runtime.variables import evaluate, evaluate_all, execute, seen_locally
from engine.runtime.waits import arm

NOT_SAID = Service(operation="")  # whoever carries services out says that there is none of that name


class Work(Element):
    """Work with a beginning and an end, possibly several times."""

    def arrive(self, run: Run, node: Node, scope: Activity, flow: str | None) -> None:
        if not self.enough_arrived(node, scope, flow):
            return
        opened = open_loop(run, node, scope) if node.loop else open_activity(run, node, scope)
        enter(run, opened)

    @staticmethod
    def enough_arrived(node: Node, scope: Activity, flow: str | None) -> bool:
        """BPMN's start quantity: so many tokens are needed to begin once."""
        if node.start_quantity < 2 or flow is None:
            return True
        joins.count(scope, flow)
        arrived = [one.id for one in node.incoming for _time in range(scope.arrivals.get(one.id, 0))]
        if len(arrived) < node.start_quantity:
            return False
        joins.consume(scope, arrived[: node.start_quantity])
        return True

    def begin(self, run: Run, activity: Activity) -> None:
        complete(run, activity)


class PassTask(Work):
    """A task that nobody has to do in the office: abstract, or manual and not in a lane."""


class UserTask(Work):
    def begin(self, run: Run, activity: Activity) -> None:
        node = run.node(activity)
        activity.stage = Stage.OFFERED
        run.changes.append(
            WorkOffered(
                activity_id=activity.id,
                node=node.id,
                element=node.bpmn_id,
                variables=seen_locally(run, activity),
            )
        )


class ServiceTask(Work):
    def begin(self, run: Run, activity: Activity) -> None:
        node = run.node(activity)
        service = node.service or NOT_SAID
        parameters = {name: plain(evaluate(run, activity, value)) for name, value in service.parameters.items()}
        run.changes.append(
            ServiceRequested(
                activity_id=activity.id,
                node=node.id,
                element=node.bpmn_id,
                operation=service.operation,
                parameters=parameters,
            )
        )


class ScriptTask(Work):
    def begin(self, run: Run, activity: Activity) -> None:
        script = run.node(activity).script
        if script is not None:
            execute(run, activity, script)
        complete(run, activity)


class SendTask(Work):
    def begin(self, run: Run, activity: Activity) -> None:
        node = run.node(activity)
        payload = evaluate_all(run, activity, node.inputs)
        for event in node.events:
            if event.kind is EventKind.MESSAGE:
                send_message(run, node, activity, event, payload)
        if run.is_living(activity):
            complete(run, activity)


class ReceiveTask(Work):
    def begin(self, run: Run, activity: Activity) -> None:
        node = run.node(activity)
        if not node.has(EventKind.MESSAGE):
            raise Stuck("event.no_name", _("It is not said which message or signal is meant."))
        arm(run, activity, node)

    def caught(self, run: Run, activity: Activity, catcher: Node) -> None:
        if activity.node == catcher.id:
            complete(run, activity)
            return
        gateway, scope = run.node(activity), run.parent(activity)
        close(run, activity)
        announce(run, gateway, tuple(flow for flow in gateway.outgoing if flow.target == catcher.id))
        leave_first(run, catcher, scope)
