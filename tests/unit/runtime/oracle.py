"""An independent token game over flat diagrams, written from the standard and sharing nothing with the runtime."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from lxml import etree

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"


@dataclass(frozen=True)
class Arrow:
    source: str
    target: str
    condition: str | None


class Oracle:
    """People's open tasks in `open`; tokens that wait at joins in `waiting`, counted by flow."""

    def __init__(self, source: bytes) -> None:
        self.kinds: dict[str, str] = {}
        self.defaults: dict[str, str | None] = {}
        self.scripts: dict[str, str] = {}
        self.arrows: dict[str, Arrow] = {}
        for element in etree.fromstring(source).iterfind(f"{BPMN}process/*"):
            self._read(element)
        self.variables: dict[str, Any] = {}
        self.waiting: Counter[str] = Counter()
        self.open: list[str] = []
        self.moving: list[str] = []
        [start] = [node for node, kind in self.kinds.items() if kind == "startEvent"]
        self._leave(start, self._outgoing(start))
        self._settle()

    def _read(self, element: Any) -> None:
        identity, kind = element.get("id"), element.tag.removeprefix(BPMN)
        if kind == "sequenceFlow":
            condition = element.findtext(f"{BPMN}conditionExpression")
            self.arrows[identity] = Arrow(element.get("sourceRef"), element.get("targetRef"), condition)
            return
        self.kinds[identity] = kind
        self.defaults[identity] = element.get("default")
        self.scripts[identity] = element.findtext(f"{BPMN}script") or ""

    def complete(self, node: str) -> None:
        self.open.remove(node)
        self._leave(node, self._outgoing(node))
        self._settle()

    @property
    def is_clean(self) -> bool:
        return not any(self.waiting.values())

    def _outgoing(self, node: str) -> list[str]:
        return [name for name, arrow in self.arrows.items() if arrow.source == node]

    def _incoming(self, node: str) -> list[str]:
        return [name for name, arrow in self.arrows.items() if arrow.target == node]

    def _leave(self, node: str, flows: Iterable[str]) -> None:
        self.moving.extend(flows)

    def _holds(self, flow: str) -> bool:
        condition = self.arrows[flow].condition
        return condition is None or bool(eval(condition, {"true": True, "false": False}, self.variables))

    def _settle(self) -> None:
        while True:
            while self.moving:
                self._arrive(self.moving.pop(0))
            if not self._pass_one_inclusive_join():
                return

    def _arrive(self, flow: str) -> None:
        node = self.arrows[flow].target
        getattr(self, f"_at_{self.kinds[node]}")(node, flow)

    def _at_endEvent(self, node: str, flow: str) -> None:  # noqa: N802 - named after the element
        pass

    def _at_userTask(self, node: str, flow: str) -> None:  # noqa: N802
        self.open.append(node)

    def _at_scriptTask(self, node: str, flow: str) -> None:  # noqa: N802
        exec(self.scripts[node], {}, self.variables)
        self._leave(node, self._outgoing(node))

    def _at_exclusiveGateway(self, node: str, flow: str) -> None:  # noqa: N802
        default = self.defaults[node]
        true = [way for way in self._outgoing(node) if way != default and self._holds(way)]
        self._leave(node, true[:1] or [way for way in (default,) if way])

    def _at_parallelGateway(self, node: str, flow: str) -> None:  # noqa: N802
        self.waiting[flow] += 1
        if all(self.waiting[way] for way in self._incoming(node)):
            self.waiting.subtract(self._incoming(node))
            self._leave(node, self._outgoing(node))

    def _at_inclusiveGateway(self, node: str, flow: str) -> None:  # noqa: N802
        self.waiting[flow] += 1

    def _reachable(self, node: str, avoiding: str) -> set[str]:
        """Flows that a token in `node` can still take without passing `avoiding`."""
        seen, ahead, flows = set(), [node], set()
        while ahead:
            current = ahead.pop()
            if current not in seen and current != avoiding:
                seen.add(current)
                flows.update(self._outgoing(current))
                ahead.extend(self.arrows[flow].target for flow in self._outgoing(current))
        return flows

    def _pass_one_inclusive_join(self) -> bool:
        for node, kind in self.kinds.items():
            present = [flow for flow in self._incoming(node) if self.waiting[flow]]
            if kind == "inclusiveGateway" and present and not self._is_blocked(node, present):
                self.waiting.subtract(present)
                default = self.defaults[node]
                true = [way for way in self._outgoing(node) if way != default and self._holds(way)]
                self._leave(node, true or [way for way in (default,) if way])
                return True
        return False

    def _is_blocked(self, join: str, present: list[str]) -> bool:
        empty = [flow for flow in self._incoming(join) if flow not in present]
        waiting_elsewhere = [self.arrows[flow].target for flow, number in self.waiting.items() if number]
        for place in (*self.open, *(node for node in waiting_elsewhere if node != join)):
            ahead = self._reachable(place, join)
            if any(flow in ahead for flow in empty) and not any(flow in ahead for flow in present):
                return True
        return False
