"""Ad-hoc sub-processes (BPMN 13.3.5): work in the order that people choose. See decision 0002."""

from engine.bpmn.graph import Node
from engine.runtime.activities import cancel, clear, forget_moves
from engine.runtime.elements.scopes import SubProcess
from engine.runtime.flow import arrive_at
from engine.runtime.run import Run
from engine.runtime.state import Activity, Stage
from engine.runtime.topology import ad_hoc_beginnings
from engine.runtime.variables import evaluate

WAITING = frozenset({"intermediateCatchEvent", "eventBasedGateway"})


class AdHoc(SubProcess):
    """Offers all that waits for nothing, or one after the other; the condition ends it, or all of it being done."""

    def begin_inside(self, run: Run, activity: Activity) -> None:
        todo = [node.id for node in ad_hoc_beginnings(run.graph, run.node(activity))]
        begun = todo[:1] if run.node(activity).is_ordered else todo
        activity.remaining = todo[len(begun) :]
        for node in begun:
            arrive_at(run, run.graph.nodes[node], activity)

    def child_done(self, run: Run, activity: Activity) -> None:
        node = run.node(activity)
        if activity.stage is Stage.WORKING and self.is_enough(run, activity, node):
            activity.stage = Stage.ENDING
            activity.fault = None  # a condition that could not be judged before
            activity.remaining = []
            if node.cancels_remaining:
                clear(run, activity)
        if activity.stage is Stage.ENDING:
            self.stop_beginning(run, activity)

    @staticmethod
    def stop_beginning(run: Run, activity: Activity) -> None:
        """Work that is under way goes on to its end; what would follow it, or only waits, does not."""
        forget_moves(run, activity)
        for child in run.children(activity):
            if run.node(child).kind in WAITING:
                cancel(run, child)

    def drained(self, run: Run, activity: Activity) -> bool:
        node = run.node(activity)
        if activity.remaining:
            arrive_at(run, run.graph.nodes[activity.remaining.pop(0)], activity)
        elif self.goes_on(run, activity, node):
            self.begin_inside(run, activity)
        else:
            return super().drained(run, activity)
        return True

    def goes_on(self, run: Run, activity: Activity, node: Node) -> bool:
        """All is done, yet the condition does not hold: everything is offered anew."""
        if node.condition is None or activity.stage is not Stage.WORKING:
            return False
        return bool(ad_hoc_beginnings(run.graph, node)) and not self.is_enough(run, activity, node)

    @staticmethod
    def is_enough(run: Run, activity: Activity, node: Node) -> bool:
        return node.condition is not None and bool(evaluate(run, activity, node.condition))
