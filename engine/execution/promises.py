"""By when a case should be over: by the standard time of the whole process where it has one, else, if every step takes
its own, along the longest way through the drawing.

What stops the clock of the case takes no time. A way back (a loop) is not counted, nor what begins at the border of a
step: that is what should not happen. Where the standard time of a step is not known, or the case waits for something
else outside, nothing is promised.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from engine.bpmn.graph import Node, ProcessGraph, StandardTime
from engine.bpmn.vocabulary import SCOPES
from engine.calendar.hours import WorkingHours
from engine.calendar.standard import due_at
from engine.runtime.topology import AD_HOC, starts

TAKES_NO_TIME = (
    *("Gateway", "startEvent", "endEvent", "intermediateThrowEvent"),
    *("scriptTask", "businessRuleTask", "serviceTask", "sendTask"),
)
DEEPEST = 20  # procedures that call one another; a circle of them has no end


class Unknown(Exception):
    """Nobody can say how long this takes."""


def is_promised_as_a_whole(graph: ProcessGraph, process_id: str) -> bool:
    """By the standard time of the process itself, not by those of its steps."""
    root = graph.processes.get(process_id)
    return root is not None and graph.nodes[root].standard_time is not None


def promised_at(graph: ProcessGraph, process_id: str, begin: datetime, hours: WorkingHours) -> datetime | None:
    """None where it cannot be known."""
    try:
        return _Way(graph, hours).end_of_scope(graph.nodes[graph.processes[process_id]], begin, DEEPEST)
    except Unknown:
        return None


class _Way:
    def __init__(self, graph: ProcessGraph, hours: WorkingHours) -> None:
        self._graph = graph
        self._hours = hours

    def end_of_scope(self, scope: Node, begin: datetime, depth: int) -> datetime:
        """After its own standard time, else when the last of its ways is at its end."""
        if scope.standard_time is not None:
            return self._after(scope.standard_time, begin)
        if depth == 0 or scope.kind == AD_HOC:
            raise Unknown
        order = tuple(_in_order(self._graph, starts(self._graph, scope)))
        place = {node.id: number for number, node in enumerate(order)}
        reached = dict.fromkeys(place, begin)
        latest = begin
        for node in order:
            done = self._end_of(node, reached[node.id], depth)
            latest = max(latest, done)
            for flow in node.outgoing:
                if place[flow.target] > place[node.id]:  # else it leads back
                    reached[flow.target] = max(reached[flow.target], done)
        return latest

    def _end_of(self, node: Node, begin: datetime, depth: int) -> datetime:
        if node.loop is not None:
            raise Unknown
        called = self._graph.processes.get(node.called or "")
        if called is not None:
            return self.end_of_scope(self._graph.nodes[called], begin, depth - 1)
        if node.kind in SCOPES:
            return self.end_of_scope(node, begin, depth - 1)
        if node.step is None and node.kind.endswith(TAKES_NO_TIME) and node.kind != "eventBasedGateway":
            return begin
        if node.stops_clock is not None:
            return begin
        standard = node.step.standard_time if node.step and node.step.count is None else None
        if standard is None:
            raise Unknown
        return self._after(standard, begin)

    def _after(self, standard: StandardTime, begin: datetime) -> datetime:
        end = due_at(begin, self._hours, working_minutes=standard.working_minutes, working_days=standard.working_days)
        if end is None:
            raise Unknown
        return end


def _in_order(graph: ProcessGraph, begin: Sequence[Node]) -> Iterator[Node]:
    """Every node after all that lead to it, but for ways back."""
    left: list[Node] = []
    seen: set[str] = set()
    waiting = [(node, False) for node in begin]
    while waiting:
        node, is_left = waiting.pop()
        if is_left:
            left.append(node)
        elif node.id not in seen:
            seen.add(node.id)
            waiting.append((node, True))
            waiting += [(graph.nodes[flow.target], False) for flow in node.outgoing]
    return reversed(left)
