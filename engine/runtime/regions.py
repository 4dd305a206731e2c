"""Where in a scope several tokens live at once: between a split and its join, behind an event that does not interrupt.

A token may be carried from one element to another only inside one such region, or outside of all of them.
"""

from collections.abc import Iterable, Mapping

from engine.bpmn.graph import Flow, Node, ProcessGraph
from engine.runtime.topology import BOUNDARY, behind

CHOOSING_ONE = frozenset({"exclusiveGateway", "eventBasedGateway"})
JOINING = frozenset({"parallelGateway", "inclusiveGateway", "complexGateway"})

Region = frozenset[str]


def regions(graph: ProcessGraph, scope: Node, node: Node) -> Mapping[str, Region]:
    """By split, join or event: the branches on which the node stands, where those are some and not all."""
    found: dict[str, Region] = {}
    for other in graph.children(scope):
        region = _after_split(graph, other, node) | _before_join(graph, other, node)
        if other.kind == BOUNDARY and not other.is_interrupting and node.id in _only_behind(graph, scope, other):
            region = frozenset({other.id})
        if region:
            found[other.id] = region
    return found


def _after_split(graph: ProcessGraph, split: Node, node: Node) -> Region:
    if len(split.outgoing) < 2 or split.kind in CHOOSING_ONE:
        return frozenset()
    return _some(split.outgoing, [flow for flow in split.outgoing if node.id in ahead(graph, split, flow)])


def _before_join(graph: ProcessGraph, join: Node, node: Node) -> Region:
    if len(join.incoming) < 2 or join.kind not in JOINING:
        return frozenset()
    return _some(join.incoming, [flow for flow in join.incoming if node.id in behind(graph, join, flow)])


def _some(flows: tuple[Flow, ...], branches: list[Flow]) -> Region:
    """Nothing when all of them lead here: that is outside again."""
    return frozenset(flow.id for flow in branches) if len(branches) < len(flows) else frozenset()


def ahead(graph: ProcessGraph, split: Node, flow: Flow) -> frozenset[str]:
    """Nodes that a token can reach by `flow` without passing the split again."""
    return _reached(graph, [flow.target], without=split.id)


def _only_behind(graph: ProcessGraph, scope: Node, event: Node) -> frozenset[str]:
    """What nothing but this event leads to."""
    beginnings = [node.id for node in graph.children(scope) if not node.incoming and node.kind != BOUNDARY]
    from_event = _reached(graph, [event.id], without="")
    return from_event - _reached(graph, beginnings, without=event.id)


def _reached(graph: ProcessGraph, begin: Iterable[str], without: str) -> frozenset[str]:
    seen: set[str] = set()
    waiting = list(begin)
    while waiting:
        node_id = waiting.pop()
        if node_id in seen or node_id == without:
            continue
        seen.add(node_id)
        node = graph.nodes[node_id]
        waiting += [flow.target for flow in node.outgoing]
        waiting += node.boundary
    return frozenset(seen)
