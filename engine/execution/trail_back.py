"""Which steps lie behind a step of a case: those that were really passed, less those that a return has undone."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from engine.bpmn.graph import ProcessGraph


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A person's step that was completed, and whose it was: hers for whom it was done, if on behalf of somebody."""

    work_item_id: int
    node: str
    title: str
    by_name: str
    employee_id: int | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WentBack:
    """A case went back to an earlier step: what had been done between is to be done again."""

    from_node: str
    to_node: str
    at: datetime


def behind(graph: ProcessGraph, done: Iterable[Done], returns: Iterable[WentBack]) -> tuple[Done, ...]:
    """In the order in which they were done."""
    happened: list[Done | WentBack] = sorted([*done, *returns], key=lambda each: each.at)
    passed: list[Done] = []
    for each in happened:
        passed = [*passed, each] if isinstance(each, Done) else _without(graph, passed, each)
    return tuple(passed)


def last_of_each(passed: Sequence[Done], besides: str) -> tuple[Done, ...]:
    """Each step once, as it was done last."""
    last = {each.node: each for each in passed if each.node != besides}
    return tuple(each for each in passed if last.get(each.node) is each)


def _without(graph: ProcessGraph, passed: Sequence[Done], back: WentBack) -> list[Done]:
    """What was done beside it, on another branch, stays done."""
    first = max((place for place, each in enumerate(passed) if each.node == back.to_node), default=len(passed))
    between = _between(graph, back)
    level = graph.nodes[back.to_node].parent
    undone = [each for each in passed[first:] if _lifted(graph, each.node, level) in between]
    return [each for each in passed if each not in undone]


def _between(graph: ProcessGraph, back: WentBack) -> frozenset[str]:
    """The elements on the ways from one to the other, with both of them."""

    def ahead(node: str) -> Iterable[str]:
        return (*(flow.target for flow in graph.nodes[node].outgoing), *graph.nodes[node].boundary)

    def before(node: str) -> Iterable[str]:
        host = graph.nodes[node].host
        return (*(flow.source for flow in graph.nodes[node].incoming), *((host,) if host else ()))

    return _reached(back.to_node, ahead) & _reached(back.from_node, before)


def _reached(begin: str, steps: Callable[[str], Iterable[str]]) -> frozenset[str]:
    seen: set[str] = set()
    waiting = [begin]
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            waiting += steps(node)
    return frozenset(seen)


def _lifted(graph: ProcessGraph, node: str, level: str | None) -> str:
    """The element of that level which this one is, or in which it lies."""
    here = graph.nodes[node]
    while here.parent is not None and here.parent != level:
        here = graph.nodes[here.parent]
    return here.id
