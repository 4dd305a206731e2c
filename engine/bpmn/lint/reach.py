"""What can be reached from where. Walks with a list, never by recursion: drawings may be hostile."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from engine.bpmn.drawing import Drawing, link_name, triggers
from engine.bpmn.vocabulary import Element, is_true, kind_of

Steps = Callable[[Element], Iterable[Element]]


def reachable(starts: Iterable[Element], steps: Steps, seen: set[Element] | None = None) -> set[Element]:
    """The elements that `steps` lead to from `starts`, and those themselves; `seen` are not walked again."""
    found = set() if seen is None else seen
    waiting = deque(start for start in starts if start not in found)
    found.update(waiting)
    while waiting:
        for following in steps(waiting.popleft()):
            if following not in found:
                found.add(following)
                waiting.append(following)
    return found


def first_of_each_cluster(elements: Iterable[Element], steps: Steps) -> list[Element]:
    """Of elements in document order, those from which the others follow: one problem a chain, not one a step."""
    apart = dict.fromkeys(elements)
    led_to = {following for element in apart for following in steps(element) if following is not element}
    begins = [element for element in apart if element not in led_to]
    heads: dict[Element, None] = {}
    seen: set[Element] = set()

    def within(element: Element) -> Iterator[Element]:
        for following in steps(element):
            if following in apart:
                heads.pop(following, None)  # a ring was entered from its middle: its own way in comes first
                yield following

    for head in (*begins, *apart):
        if head not in seen:
            reachable([head], within, seen)
            heads[head] = None
    return list(heads)


def forward(drawing: Drawing) -> Steps:
    """From an element to those that a token may come to next within its scope."""
    return partial(_following, drawing, _links(drawing))


def backward(drawing: Drawing) -> Steps:
    """The other way round."""
    origins: dict[Element, list[Element]] = {}
    steps = forward(drawing)
    for node in drawing.nodes:
        for following in steps(node):
            origins.setdefault(following, []).append(node)
    return lambda node: origins.get(node, ())


def _following(drawing: Drawing, links: dict[Element, Element], node: Element) -> Iterator[Element]:
    for flow in drawing.outgoing(node):
        target = drawing.by_id.get(flow.get("targetRef") or "")
        if target is not None:
            yield target
    yield from drawing.boundary_of(node)
    if node in links:
        yield links[node]


def _links(drawing: Drawing) -> dict[Element, Element]:
    pairs = {}
    for scope in drawing.scopes:
        linked = [node for node in drawing.nodes_in(scope) if link_name(node) is not None]
        catching = {link_name(node): node for node in linked if kind_of(node) == "intermediateCatchEvent"}
        for node in linked:
            if kind_of(node) == "intermediateThrowEvent" and link_name(node) in catching:
                pairs[node] = catching[link_name(node)]
    return pairs


def starts_of(drawing: Drawing, scope: Element) -> list[Element]:
    """Where tokens begin in a scope: its start events, else every element that nothing leads to."""
    nodes = list(drawing.nodes_in(scope))
    drawn = [node for node in nodes if kind_of(node) == "startEvent" or is_true(node, "instantiate")]
    aside = [node for node in nodes if drawing.is_off_the_flow(node)]
    if drawn and kind_of(scope) != "adHocSubProcess":
        return drawn + aside
    return drawn + aside + [node for node in nodes if _begins_by_itself(drawing, node)]


def _begins_by_itself(drawing: Drawing, node: Element) -> bool:
    return not drawing.incoming(node) and kind_of(node) != "boundaryEvent" and link_name(node) is None


def ends_of(drawing: Drawing, scope: Element) -> list[Element]:
    """Where tokens may end: end events, and in a scope without any, every element that leads nowhere."""
    nodes = list(drawing.nodes_in(scope))
    ends = [node for node in nodes if kind_of(node) == "endEvent"]
    aside = [node for node in nodes if drawing.is_off_the_flow(node) or "compensate" in triggers(node)]
    if ends and kind_of(scope) != "adHocSubProcess":
        return ends + aside
    return ends + aside + [node for node in nodes if not drawing.outgoing(node) and link_name(node) is None]
