"""Which branches of a procedure run beside each other, and what of them must be done before the case goes on."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import takewhile

from engine.bpmn.graph import EventKind, Flow, Node, ProcessGraph
from engine.runtime.topology import BOUNDARY, GATEWAY, START, behind

ALL, SOME = "parallelGateway", ("inclusiveGateway", "complexGateway")
MOST_LOOKED_AT = 1_000_000  # nodes and flows; of a drawing beyond all measure it is not told what waits for what

Group = tuple[int, ...]


class Branches:
    """Of one graph, whose steps have `numbers` by id. A group are steps of one branch, of which any may be its last."""

    def __init__(self, graph: ProcessGraph, numbers: Mapping[str, int]) -> None:
        self._graph = graph
        self._numbers = numbers
        self._ahead: dict[str, frozenset[str]] = {}
        self._aside: dict[str, frozenset[str]] = {}
        self._splits: dict[str, tuple[Node, ...]] = {}
        self._left = MOST_LOOKED_AT

    def awaited_at(self, join: Node, arrived: Flow) -> tuple[Group, ...]:
        """By the other ways into a join: the last steps before it that do not lie before the one that has come."""
        mine = behind(self._graph, join, arrived)
        others = (flow.source for flow in join.incoming if flow.id != arrived.id)
        return self._told(self._last_steps([source], lambda each: each not in mine) for source in others)

    def awaited_at_end(self, step: Node, passed: Collection[str], end: Node) -> tuple[Group, ...]:
        """Of branches that run beside this one until their scope ends, for no join lies between."""
        around = self._with_scopes_of(step)
        return self._told(
            group
            for split in self._splits_beside(end)
            for mine in split.outgoing
            if end.id in self._reached(mine) and (mine.id in passed or self._reached(mine) & around)
            for group in self._beside(split, mine, around, mine.id in passed, end, self._numbers.get(step.id, 0))
        )

    def is_aside(self, step: Node) -> bool:
        """Only an event that does not interrupt its host leads there; the main way goes on beside it."""
        scope = self._graph.nodes.get(step.parent or "")
        if scope is None:
            return False
        if scope.id not in self._aside:
            self._aside[scope.id] = self._only_aside(scope)
        return step.id in self._aside[scope.id] or _runs_beside(self._graph, scope) or self.is_aside(scope)

    def _only_aside(self, scope: Node) -> frozenset[str]:
        children = self._graph.children(scope)
        aside = frozenset(node.id for node in children if node.kind == BOUNDARY and not node.is_interrupting)
        if not aside:
            return frozenset()
        begun = [node.id for node in children if not node.incoming and node.host is None]
        return self._walk(aside, frozenset()) - self._walk(begun, aside)

    def _splits_beside(self, end: Node) -> tuple[Node, ...]:
        """Of the same scope: where the way goes on along more than one flow."""
        scope = self._graph.nodes.get(end.parent or "")
        if scope is None:
            return ()
        if scope.id not in self._splits:
            self._splits[scope.id] = tuple(node for node in self._graph.children(scope) if _is_split(node))
        return self._splits[scope.id]

    def _beside(
        self, split: Node, mine: Flow, around: frozenset[str], is_passed: bool, end: Node, own: int
    ) -> Iterator[Group]:
        """The last steps of the other branches, where they do not meet this one before the end."""
        others = (each for each in split.outgoing if each.id != mine.id)
        for other in takewhile(lambda _other: self._left > 0, others):
            meeting = self._meeting(mine, other)
            here = self._walk([mine.target], meeting)
            if end.id in here and (is_passed or here & around):
                there = self._walk([other.target], meeting)
                ends = [each for each in there if _ends_by_itself(self._graph.nodes[each])]
                yield tuple(each for each in self._last_steps(ends, there.__contains__) if each != own)

    def _meeting(self, one: Flow, other: Flow) -> frozenset[str]:
        """The joins at which these two may wait for each other."""
        both = self._reached(one) & self._reached(other)
        self._left -= len(both)
        return frozenset(each for each in both if is_join(self._graph.nodes[each]))

    def _with_scopes_of(self, step: Node) -> frozenset[str]:
        """The step, and the sub-processes around it."""
        found, node = {step.id}, step
        while node.parent is not None:
            node = self._graph.nodes[node.parent]
            found.add(node.id)
        return frozenset(found)

    def _reached(self, flow: Flow) -> frozenset[str]:
        if flow.target not in self._ahead:
            self._ahead[flow.target] = self._walk([flow.target], frozenset())
        return self._ahead[flow.target]

    def _walk(self, begin: Iterable[str], blocked: frozenset[str]) -> frozenset[str]:
        """Along flows and from hosts to their events, within a scope."""
        seen: set[str] = set()
        ahead = list(begin)
        while ahead and self._left > 0:
            node = self._graph.nodes[ahead.pop()]
            if node.id not in seen and node.id not in blocked:
                seen.add(node.id)
                ahead += [*(flow.target for flow in node.outgoing), *node.boundary]
                self._left -= 1 + len(node.outgoing)
        return frozenset(seen)

    def _last_steps(self, begin: Iterable[str], is_open: Callable[[str], bool]) -> Group:
        """The nearest steps on the way back from there."""
        found: set[int] = set()
        seen: set[str] = set()
        back = list(begin)
        while back and self._left > 0:
            node = self._graph.nodes[back.pop()]
            if node.id in seen or not is_open(node.id):
                continue
            seen.add(node.id)
            self._left -= 1 + len(node.incoming)
            if node.id in self._numbers:
                found.add(self._numbers[node.id])
            else:
                back += [child.id for child in self._graph.children(node) if _ends_by_itself(child)]
                back += [node.host] if node.host else [] if node.children else [flow.source for flow in node.incoming]
        return tuple(sorted(found))

    def _told(self, groups: Iterable[Group]) -> tuple[Group, ...]:
        """Each once; none when the drawing was too much to be looked through."""
        found = tuple(dict.fromkeys(group for group in groups if group))
        return found if self._left > 0 else ()


def is_join(node: Node) -> bool:
    return node.kind in (ALL, *SOME) and len(node.incoming) > 1


def _is_split(node: Node) -> bool:
    is_choice = node.kind.endswith(GATEWAY) and node.kind not in (ALL, *SOME)
    return len(node.outgoing) > 1 and not is_choice


def waits_for_begun(node: Node) -> bool:
    """Not for all of its ways: only for those that were taken."""
    return node.kind in SOME


def _ends_by_itself(node: Node) -> bool:
    return not node.outgoing and not node.has(EventKind.TERMINATE) and node.kind != BOUNDARY


def _runs_beside(graph: ProcessGraph, scope: Node) -> bool:
    """An event sub-process that interrupts nothing."""
    return scope.is_triggered_by_event and not any(
        child.kind == START and child.is_interrupting for child in graph.children(scope)
    )
