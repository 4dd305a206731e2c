"""Steps of which two people must do one each: what one of a pair says of the other holds for both."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from engine.bpmn.graph import Node


def paired(nodes: Mapping[str, Node]) -> dict[str, Node]:
    """Where one step must be done by another person than a second one, the second must by another than the first."""
    partners: dict[str, set[str]] = defaultdict(set)
    for node in nodes.values():
        for other in node.step.differs_from if node.step else ():
            partners[node.bpmn_id].add(other)
            partners[other].add(node.bpmn_id)
    return {key: _with(node, partners.get(node.bpmn_id, set())) for key, node in nodes.items()}


def _with(node: Node, partners: set[str]) -> Node:
    if node.step is None or not partners:
        return node
    return replace(node, step=replace(node.step, differs_from=tuple(sorted(partners))))
