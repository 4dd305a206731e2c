"""Where a case may go from a place in its graph, as far as the next steps that people do."""

from collections.abc import Iterable, Iterator

from engine.bpmn.graph import Node, ProcessGraph, Step
from engine.bpmn.vocabulary import SCOPES
from engine.runtime.topology import starts


def first_steps(graph: ProcessGraph, process_id: str) -> tuple[Step, ...]:
    """The people's activities that a new case can reach without passing another one."""
    begin = starts(graph, graph.nodes[graph.processes[process_id]])
    return tuple(node.step for node in _reached(graph, begin) if node is not None and node.step is not None)


def begins_by_hand(graph: ProcessGraph, process_id: str) -> bool:
    """Whether people can start it; else only a message, a signal or a set time does."""
    return bool(starts(graph, graph.nodes[graph.processes[process_id]]))


def next_lanes(graph: ProcessGraph, node_id: str) -> tuple[str | None, ...]:
    """The lanes of the people's steps that may come after this one, "" for one in none; None where the case may end."""
    here = graph.nodes[node_id]
    lanes = (
        node.step.lane if node is not None and node.step is not None else None
        for node in _reached(graph, _after(graph, here), passed={node_id})
    )
    return tuple(dict.fromkeys(lanes))


def _reached(graph: ProcessGraph, begin: Iterable[Node | None], passed: Iterable[str] = ()) -> Iterator[Node | None]:
    """People's steps, each once, in the order of the drawing; None for each way that ends before one."""
    seen = set(passed)
    todo = list(begin)
    while todo:
        node = todo.pop(0)
        if node is None:
            yield None
        elif node.id not in seen:
            seen.add(node.id)
            if node.step is not None:
                yield node
            else:
                todo += _inside(graph, node) or _after(graph, node)


def _inside(graph: ProcessGraph, node: Node) -> list[Node | None]:
    """Where a sub-process or a called process begins."""
    if node.kind in SCOPES:
        return [*starts(graph, node)]
    called = graph.processes.get(node.called or "")
    return [] if called is None else [*starts(graph, graph.nodes[called])]


def _after(graph: ProcessGraph, node: Node) -> list[Node | None]:
    """What follows a node; at the end of a scope, what follows that; None at the end of the case."""
    here: list[Node] = [node]
    while here:
        following = [graph.nodes[flow.target] for each in here for flow in each.outgoing]
        if following:
            return [*following]
        here = [around for each in here for around in _around(graph, each)]
    return [None]


def _around(graph: ProcessGraph, node: Node) -> list[Node]:
    """What a node stands in: its scope, or, for a process, all that call it."""
    if node.parent is not None:
        return [graph.nodes[node.parent]]
    return [caller for caller in graph.nodes.values() if graph.processes.get(caller.called or "") == node.id]
