"""A normalised file, indexed once, in the way a linter asks: what stands where, what leads where."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from engine.bpmn.vocabulary import (
    BPMN,
    FLOW_NODES,
    SCOPES,
    Element,
    event_definitions,
    is_true,
    kind_of,
    text_of,
    trigger_of,
)


@dataclass(frozen=True, eq=False)
class Drawing:
    """Answers about one file. Elements are found by id; of elements that share an id the first is kept."""

    root: Element

    @cached_property
    def processes(self) -> tuple[Element, ...]:
        return tuple(self.root.iterchildren(f"{BPMN}process"))

    @cached_property
    def scopes(self) -> tuple[Element, ...]:
        """Processes and all kinds of sub-processes, in document order."""
        found = []
        waiting = list(reversed(self.processes))
        while waiting:
            scope = waiting.pop()
            found.append(scope)
            waiting.extend(child for child in reversed(scope) if kind_of(child) in SCOPES - {"process"})
        return tuple(found)

    @cached_property
    def nodes(self) -> tuple[Element, ...]:
        """All flow nodes, in document order."""
        return tuple(chain.from_iterable(self.nodes_in(scope) for scope in self.scopes))

    def nodes_in(self, scope: Element) -> Iterator[Element]:
        return (child for child in scope if kind_of(child) in FLOW_NODES)

    def is_empty(self, scope: Element) -> bool:
        return next(self.nodes_in(scope), None) is None

    @cached_property
    def by_id(self) -> Mapping[str, Element]:
        found: dict[str, Element] = {}
        for node in self.nodes:
            found.setdefault(node.get("id") or "", node)
        return found

    @cached_property
    def definitions(self) -> Mapping[str, Element]:
        """Messages, signals, errors, escalations and whatever else stands at the top of the file."""
        return {child.get("id") or "": child for child in self.root}

    @cached_property
    def flows(self) -> tuple[Element, ...]:
        """All sequence flows, in document order."""
        return tuple(flow for scope in self.scopes for flow in scope.iterchildren(f"{BPMN}sequenceFlow"))

    @cached_property
    def _outgoing(self) -> Mapping[str, list[Element]]:
        return _grouped(self.flows, "sourceRef")

    @cached_property
    def _incoming(self) -> Mapping[str, list[Element]]:
        return _grouped(self.flows, "targetRef")

    def outgoing(self, node: Element) -> list[Element]:
        return self._outgoing.get(node.get("id") or "", [])

    def incoming(self, node: Element) -> list[Element]:
        return self._incoming.get(node.get("id") or "", [])

    @cached_property
    def _attached(self) -> Mapping[str, list[Element]]:
        boundary = [node for node in self.nodes if kind_of(node) == "boundaryEvent"]
        return _grouped(boundary, "attachedToRef")

    def boundary_of(self, node: Element) -> list[Element]:
        return self._attached.get(node.get("id") or "", [])

    def host_of(self, boundary: Element) -> Element | None:
        return self.by_id.get(boundary.get("attachedToRef") or "")

    @cached_property
    def lanes(self) -> tuple[Element, ...]:
        return tuple(self.root.iter(f"{BPMN}lane"))

    @cached_property
    def _lane_by_node(self) -> Mapping[str, Element]:
        # Nested lanes come later in the document than the lanes around them, so the innermost wins.
        return {
            text_of(reference): lane for lane in self.lanes for reference in lane.iterchildren(f"{BPMN}flowNodeRef")
        }

    def lane_of(self, node: Element) -> Element | None:
        """The innermost lane of a node, or of the sub-process that it stands in."""
        here: Element | None = node
        while here is not None and kind_of(here) in FLOW_NODES:
            lane = self._lane_by_node.get(here.get("id") or "")
            if lane is not None:
                return lane
            here = here.getparent()
        return None

    @cached_property
    def user_tasks(self) -> tuple[Element, ...]:
        return tuple(node for node in self.nodes if kind_of(node) == "userTask")

    @cached_property
    def handlers(self) -> Mapping[str, Element]:
        """What compensates, by the id of the boundary event that it is drawn to."""
        found = {}
        for association in chain.from_iterable(scope.iterchildren(f"{BPMN}association") for scope in self.scopes):
            source = self.by_id.get(association.get("sourceRef") or "")
            target = self.by_id.get(association.get("targetRef") or "")
            if source is not None and target is not None and "compensate" in triggers(source):
                found[source.get("id") or ""] = target
        return found

    @cached_property
    def _handler_ids(self) -> frozenset[str]:
        return frozenset(handler.get("id") or "" for handler in self.handlers.values())

    def is_off_the_flow(self, node: Element) -> bool:
        """Reached by an event or by compensation, never by a sequence flow."""
        return (
            is_true(node, "triggeredByEvent")
            or is_true(node, "isForCompensation")
            or (node.get("id") or "") in self._handler_ids
        )


def triggers(event: Element) -> list[str]:
    """`["timer"]` for an event with one timerEventDefinition."""
    return [trigger_of(definition) for definition in event_definitions(event)]


def link_name(event: Element) -> str | None:
    """The name of a link event; None for other events."""
    links = [definition for definition in event_definitions(event) if trigger_of(definition) == "link"]
    return (links[0].get("name") or event.get("name") or "").strip() if links else None


def _grouped(elements: tuple[Element, ...] | list[Element], attribute: str) -> Mapping[str, list[Element]]:
    groups: dict[str, list[Element]] = {}
    for element in elements:
        groups.setdefault(element.get(attribute) or "", []).append(element)
    return groups
