"""Sub-processes of all kinds, call activities, and the process itself."""

from typing import Any

from engine.base.i18n import _
from engine.bpmn.graph import EventKind, Loop
from engine.runtime.activities import clear, close
from engine.runtime.changes import Ended
from engine.runtime.compensation import undo_next
from engine.runtime.completion import complete
from engine.runtime.elements.tasks import Work
from engine.runtime.errors import CannotComplete
from engine.runtime.flow import arrive_at, leave_first, passed
from engine.runtime.run import Run
from engine.runtime.state import Activity, Stage, Stuck
from engine.runtime.topology import event_starts, starts
from engine.runtime.variables import evaluate_all, seen, set_in_scope, write
from engine.runtime.waits import arm

MAX_CALL_DEPTH = 40


class SubProcess(Work):
    """Begins at its start events, or at the caught event that `remaining` names."""

    def begin(self, run: Run, activity: Activity) -> None:
        for start in event_starts(run.graph, run.body(activity)):
            arm(run, activity, start)
        run.touch(activity)
        if activity.remaining:
            leave_first(run, run.graph.nodes[activity.remaining.pop()], activity)
        else:
            self.begin_inside(run, activity)

    def begin_inside(self, run: Run, activity: Activity) -> None:
        for start in starts(run.graph, run.body(activity)):
            arrive_at(run, start, activity)

    def drained(self, run: Run, activity: Activity) -> bool:
        if activity.undoing:
            undo_next(run, activity)
            return True
        border = next((node for node in run.graph.boundary(run.node(activity)) if node.has(EventKind.CANCEL)), None)
        if activity.stage is Stage.CANCELLING and border is not None:
            host = activity if activity.item is None else run.parent(activity)
            run.element_of(border).caught(run, host, border)
        elif run.node(activity).is_triggered_by_event:
            close(run, activity)
            passed(run, run.node(activity))
        else:
            complete(run, activity)
        return True

    def finish_by_hand(self, run: Run, activity: Activity) -> None:
        """What is still open inside is no longer to be done; then the scope ends as it always does."""
        clear(run, activity)
        activity.remaining = []
        if activity.stage is not Stage.CANCELLING:
            activity.stage = Stage.ENDING


class Process(SubProcess):
    def finish_by_hand(self, run: Run, activity: Activity) -> None:
        raise CannotComplete(name=run.node(activity).name)

    def drained(self, run: Run, activity: Activity) -> bool:
        close(run, activity)
        run.changes.append(Ended(was_cancelled=False))
        return True


class CallActivity(SubProcess):
    """The called process has variables of its own; unless mapped, a copy goes in and what it wrote comes back."""

    def begin(self, run: Run, activity: Activity) -> None:
        node = run.node(activity)
        activity.called = None
        called = run.graph.processes.get(node.called or "")
        if called is None:
            raise Stuck("call.unknown", _("The called process “%(process)s” is not known."), {"process": node.called})
        if sum(outer.called is not None for outer in run.outwards(activity)) >= MAX_CALL_DEPTH:
            raise Stuck(
                "call.too_deep", _("Processes call each other more than %(limit)s deep."), {"limit": MAX_CALL_DEPTH}
            )
        takes_all = not node.inputs if node.takes_all is None else node.takes_all
        given = seen(run, activity) if takes_all else {}
        set_in_scope(run, activity, given | evaluate_all(run, activity, node.inputs))
        activity.called, activity.written = called, []
        super().begin(run, activity)

    def drained(self, run: Run, activity: Activity) -> bool:
        node, scope = run.node(activity), run.parent(activity)
        gives_all = not node.outputs if node.gives_all is None else node.gives_all
        changed = changed_for_caller(activity, seen(run, scope), node.loop) if gives_all else {}
        write(run, scope, changed | evaluate_all(run, activity, node.outputs))
        complete(run, activity)
        return True


def changed_for_caller(call: Activity, before: dict[str, Any], loop: Loop | None) -> dict[str, Any]:
    """What a called process wrote, without what belongs to the pass of the loop that called it."""
    of_the_pass = {"loopCounter", loop.item, loop.output_item} if loop else set()
    own = call.variables or {}
    written = call.written
    if written is None:
        written = [name for name, value in own.items() if name not in before or before[name] != value]
    return {name: own[name] for name in written if name not in of_the_pass}
