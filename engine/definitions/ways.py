"""Where a step leads: through gateways and events to the next steps or to an end, and for whom the case waits there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from engine.bpmn.graph import EventKind, Flow, Node, ProcessGraph
from engine.definitions.branches import Branches, Group, is_join, waits_for_begun

MOST_PLACES = 300  # that are looked at from one step: gateways can be drawn without end
THROWN_OUT = (EventKind.ERROR, EventKind.CANCEL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """Where a step leads under the `words` on the way: to the step `number`, or, where it is None, to the `end`.

    Before that the case waits until of each group in `awaits` the last step is done too, or only where it was begun
    (`is_for_begun`). `is_aside` when only a branch beside the main way ends there.
    """

    words: tuple[str, ...]
    number: int | None
    end: str
    awaits: tuple[Group, ...] = ()
    is_for_begun: bool = False
    is_aside: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """On the way at a node, after the flows that were passed; `is_over` when the way ends there."""

    node: Node
    words: tuple[str, ...] = ()
    passed: tuple[Flow, ...] = ()
    awaits: tuple[Group, ...] = ()
    is_for_begun: bool = False
    is_aside: bool = False
    is_over: bool = False

    def at(self, node: Node, name: str = "") -> "_Place":
        return replace(self, node=node, words=(*self.words, *said(name)))


class Ways:
    """Of all steps of a graph, which have `numbers` by id."""

    def __init__(self, graph: ProcessGraph, numbers: Mapping[str, int]) -> None:
        self._graph = graph
        self._numbers = numbers
        self._branches = Branches(graph, numbers)

    def of(self, step: Node) -> tuple[Way, ...]:
        """In the order in which they are drawn, each once."""
        return () if step.is_for_compensation else tuple(dict.fromkeys(self._from(step)))

    def _from(self, step: Node) -> Iterator[Way]:
        here = _Place(node=step, is_aside=self._branches.is_aside(step))
        todo = [*(self._along(here) or self._outside(here, step)), *self._interruptions(here)]
        looked_at = 0
        while todo and looked_at < MOST_PLACES:
            place = todo.pop(0)
            looked_at += 1
            number = self._numbers.get(place.node.id)
            if place.is_over or number is not None:
                yield _way(place, number)
            else:
                todo = [*self._beyond(self._waited(place), step), *todo]

    def _interruptions(self, here: _Place) -> Iterator[_Place]:
        for event in self._graph.boundary(here.node):
            if not event.has(EventKind.COMPENSATE):
                aside = here.is_aside or not event.is_interrupting
                yield replace(here.at(event, event.name), is_aside=aside)

    def _waited(self, place: _Place) -> _Place:
        """At a join, with those for whom it waits."""
        if not place.passed or not is_join(place.node):
            return place
        more = self._branches.awaited_at(place.node, place.passed[-1])
        is_for_begun = place.is_for_begun or bool(more and waits_for_begun(place.node))
        return replace(place, awaits=_united(place.awaits, more), is_for_begun=is_for_begun)

    def _beyond(self, place: _Place, step: Node) -> list[_Place]:
        node = place.node
        if node.children:
            begun = (each for each in self._graph.children(node) if not each.incoming and each.host is None)
            return [place.at(each) for each in begun if not each.is_triggered_by_event]
        if node.outgoing:
            return self._along(place)
        if node.has(EventKind.LINK):
            return [place.at(each) for each in self._linked(node)]
        return self._outside(place, step)

    def _along(self, place: _Place, scope: Node | None = None) -> list[_Place]:
        """By each flow that was not passed before: a circle of gateways is no way on."""
        fresh = (flow for flow in (scope or place.node).outgoing if flow not in place.passed)
        return [
            replace(place.at(self._graph.nodes[flow.target], flow.name), passed=(*place.passed, flow)) for flow in fresh
        ]

    def _outside(self, place: _Place, step: Node) -> list[_Place]:
        """Where a scope ends: on behind its sub-process, once all that runs in it is done; or the case is over."""
        node = place.node
        while node.parent is not None:
            scope = self._graph.nodes[node.parent]
            catcher = self._catcher(scope, place.node)
            if catcher is not None:
                return [place.at(catcher, catcher.name)]
            if not place.node.has(EventKind.TERMINATE):
                passed = [flow.id for flow in place.passed]
                place = replace(place, awaits=_united(place.awaits, self._branches.awaited_at_end(step, passed, node)))
            if scope.outgoing:
                return self._along(place, scope)
            node = scope
        return [replace(place, is_over=True)]

    def _catcher(self, scope: Node, end: Node) -> Node | None:
        """The event at the border of a scope that hears what the end throws, who names it before who takes any."""
        heard = [
            (caught.name is None, event)
            for event in self._graph.boundary(scope)
            for caught in event.events
            for thrown in end.events
            if caught.kind is thrown.kind and thrown.kind in THROWN_OUT and caught.name in (None, thrown.name)
        ]
        return min(heard, key=lambda each: each[0])[1] if heard else None

    def _linked(self, node: Node) -> Iterator[Node]:
        """The link event of the same name at which the way goes on."""
        names = {event.name for event in node.events}
        for each in self._graph.children(self._graph.nodes[node.parent or ""]):
            if each.outgoing and each.has(EventKind.LINK) and names & {event.name for event in each.events}:
                yield each


def said(words: str) -> tuple[str, ...]:
    return (words,) if words else ()


def _way(place: _Place, number: int | None) -> Way:
    return Way(
        words=tuple(dict.fromkeys(place.words)),
        number=number,
        end="" if number is not None else place.node.name,
        awaits=place.awaits,
        is_for_begun=place.is_for_begun,
        is_aside=place.is_aside and number is None,
    )


def _united(before: tuple[Group, ...], more: tuple[Group, ...]) -> tuple[Group, ...]:
    return tuple(dict.fromkeys((*before, *more)))
