"""Graphs of several files made one: whoever moves tokens need not know where a called process was drawn.

Ids of a called file carry the key of that file (`7/Activity_1`), so no two elements share one; `bpmn_id` stays
that of the file. The linter lets no id through that looks like it (see its rule on reserved ids).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from engine.bpmn.graph import Flow, Node, ProcessGraph

Calls = Mapping[str, int]
RESERVED = re.compile(r"(\d+)/(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """The graph of a file that is called, and the keys of the files that it calls itself, by process."""

    graph: ProcessGraph
    calls: Calls


def joined(own: ProcessGraph, calls: Calls, called: Mapping[int, Called]) -> ProcessGraph:
    """The own graph with those of all the files that it calls; `called` holds them by key."""
    nodes = {node.id: _calling(node, own, calls) for node in own.nodes.values()}
    flows, processes = dict(own.flows), dict(own.processes)
    for key, file in called.items():
        prefix = f"{key}/"
        calling = (_calling(node, file.graph, file.calls, prefix) for node in file.graph.nodes.values())
        nodes |= {prefix + node.id: _prefixed_node(node, prefix) for node in calling}
        flows |= {prefix + flow.id: _prefixed_flow(flow, prefix) for flow in file.graph.flows.values()}
        processes |= {prefix + process: prefix + root for process, root in file.graph.processes.items()}
    return ProcessGraph(nodes=nodes, flows=flows, processes=processes)


def home_of(node_id: str, own: int) -> tuple[int, str]:
    """The key of the file in which a node was drawn, and its id there; `own` where it is not a called one."""
    match = RESERVED.fullmatch(node_id)
    return (int(match[1]), match[2]) if match else (own, node_id)


def _calling(node: Node, own: ProcessGraph, calls: Calls, prefix: str = "") -> Node:
    if node.called is None:
        return node
    if node.called in own.processes:
        return replace(node, called=prefix + node.called) if prefix else node
    return replace(node, called=f"{calls[node.called]}/{node.called}") if node.called in calls else node


def _prefixed_node(node: Node, prefix: str) -> Node:
    return replace(
        node,
        id=prefix + node.id,
        parent=_prefixed(node.parent, prefix),
        default=_prefixed(node.default, prefix),
        host=_prefixed(node.host, prefix),
        handler=_prefixed(node.handler, prefix),
        incoming=tuple(_prefixed_flow(flow, prefix) for flow in node.incoming),
        outgoing=tuple(_prefixed_flow(flow, prefix) for flow in node.outgoing),
        boundary=tuple(prefix + event for event in node.boundary),
        children=tuple(prefix + child for child in node.children),
    )


def _prefixed_flow(flow: Flow, prefix: str) -> Flow:
    return replace(flow, id=prefix + flow.id, source=prefix + flow.source, target=prefix + flow.target)


def _prefixed(identity: str | None, prefix: str) -> str | None:
    return None if identity is None else prefix + identity
