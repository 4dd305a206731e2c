"""Start, boundary and intermediate events, and the ends of a way."""

from functools import partial

from engine.base.i18n import _
from engine.bpmn.graph import EventDefinition, EventKind, Node
from engine.runtime import compensation
from engine.runtime.activities import cancel, clear, close, enter, keep_token, open_activity, record
from engine.runtime.flow import announce, leave, leave_first
from engine.runtime.run import Element, Run
from engine.runtime.sending import throw
from engine.runtime.state import Activity, Move, Stage, Stuck, Token, Wait, WayOn
from engine.runtime.throwing import is_caught
from engine.runtime.variables import Variables, evaluate_all
from engine.runtime.waits import arm, disarm_where


class StartEvent(Element):
    def arrive(self, run: Run, node: Node, scope: Activity, flow: str | None) -> None:
        leave(run, node, scope)

    def caught(self, run: Run, activity: Activity, catcher: Node) -> None:
        """An event sub-process begins inside the scope that waited."""
        sub_process = run.graph.nodes[catcher.parent or ""]
        if catcher.is_interrupting:
            clear(run, activity)
            activity.stage = Stage.INTERRUPTED
            disarm_where(run, activity, partial(_is_not_at_border, run))
        opened = open_activity(run, sub_process, activity)
        opened.remaining = [catcher.id]
        run.put_first(Token(move=Move.BEGIN, node=sub_process.id, scope=activity.id, activity=opened.id))


def _is_not_at_border(run: Run, wait: Wait) -> bool:
    return run.graph.nodes[wait.catcher].kind != "boundaryEvent"


class BoundaryEvent(Element):
    def caught(self, run: Run, activity: Activity, catcher: Node) -> None:
        scope = run.parent(activity)
        if catcher.is_interrupting:
            cancel(run, activity)
        leave_first(run, catcher, scope)


class CatchEvent(Element):
    def arrive(self, run: Run, node: Node, scope: Activity, flow: str | None) -> None:
        if node.has(EventKind.LINK):
            leave(run, node, scope)
        else:
            enter(run, open_activity(run, node, scope))

    def begin(self, run: Run, activity: Activity) -> None:
        node = run.node(activity)
        if not node.events:
            raise Stuck("event.no_definition", _("It is not said for what this event waits."))
        arm(run, activity, node)

    def caught(self, run: Run, activity: Activity, catcher: Node) -> None:
        waited, scope = run.node(activity), run.parent(activity)
        if not self.is_due_again(activity, catcher):
            close(run, activity)
        if waited.id != catcher.id:
            announce(run, waited, tuple(flow for flow in waited.outgoing if flow.target == catcher.id))
        leave_first(run, catcher, scope)

    @staticmethod
    def is_due_again(activity: Activity, catcher: Node) -> bool:
        return activity.node == catcher.id and any(wait.schedule and wait.schedule.interval for wait in activity.waits)


class ThrowEvent(Element):
    """Tokens go on first, so that whoever catches the event can still stop them."""

    def arrive(self, run: Run, node: Node, scope: Activity, flow: str | None) -> None:
        if node.has(EventKind.COMPENSATE):
            compensation.throw(run, node, scope)
            return
        payload = evaluate_all(run, scope, node.inputs)
        leave(run, node, scope)
        for event in node.events:
            if run.is_living(scope):
                self.throw(run, node, scope, event, payload)

    def throw(self, run: Run, node: Node, scope: Activity, event: EventDefinition, payload: Variables) -> None:
        throw(run, node, scope, event, payload)

    def drained(self, run: Run, activity: Activity) -> bool:
        """All that a compensation had to undo is undone, or that of it which came last."""
        if activity.undoing:
            compensation.undo_next(run, activity)
            return True
        node, scope = run.node(activity), run.parent(activity)
        close(run, activity)
        leave(run, node, scope)
        return True

    def finish_by_hand(self, run: Run, activity: Activity) -> None:
        clear(run, activity)


class EndEvent(ThrowEvent):
    def throw(self, run: Run, node: Node, scope: Activity, event: EventDefinition, payload: Variables) -> None:
        if event.kind is EventKind.TERMINATE:
            clear(run, scope)
        elif event.kind is EventKind.ERROR:
            self.throw_error(run, node, scope, event.name or "")
        elif event.kind is EventKind.CANCEL:
            self.cancel_transaction(run, scope)
        else:
            super().throw(run, node, scope, event, payload)

    @staticmethod
    def throw_error(run: Run, node: Node, scope: Activity, code: str) -> None:
        if not is_caught(run, EventKind.ERROR, code, scope):
            record_uncaught(run, keep_token(run, node, scope), code, WayOn.ARRIVE)

    @staticmethod
    def cancel_transaction(run: Run, scope: Activity) -> None:
        transaction = next((outer for outer in run.outwards(scope) if run.node(outer).kind == "transaction"), None)
        if transaction is None:
            raise Stuck("event.no_transaction", _("A cancel end event has to stand inside a transaction."))
        clear(run, transaction)
        transaction.stage = Stage.CANCELLING
        done, transaction.completed = transaction.completed, []
        compensation.undo(run, transaction, done)


def record_uncaught(run: Run, activity: Activity, code: str, way_on: WayOn) -> None:
    record(run, activity, "error.uncaught", _("The error “%(error)s” is caught nowhere."), {"error": code}, way_on)
