"""The events outside by which the processes of a file begin by themselves."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.bpmn.graph import EventDefinition, EventKind, Node, ProcessGraph

BY_ITSELF = (EventKind.MESSAGE, EventKind.SIGNAL, EventKind.TIMER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Starter:
    """An event that starts a process: at which element, and what happens."""

    process_id: str
    element: str
    event: EventDefinition


def starters(graph: ProcessGraph) -> Iterator[Starter]:
    """The events outside that start the processes of a file, in document order."""
    for process_id, root in graph.processes.items():
        for node in graph.children(graph.nodes[root]):
            for at in _beginnings(graph, node):
                for event in at.events:
                    if event.kind in BY_ITSELF:
                        yield Starter(process_id=process_id, element=at.bpmn_id, event=event)


def _beginnings(graph: ProcessGraph, node: Node) -> Sequence[Node]:
    if node.kind == "startEvent" or (node.instantiates and node.events):
        return (node,)
    if node.instantiates:
        return [graph.nodes[flow.target] for flow in node.outgoing]
    return ()
