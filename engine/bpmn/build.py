"""From an accepted drawing and the library's specifications to the immutable process graph."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any

from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec

from engine.bpmn.dmn.reading import NO_DECISIONS, Decisions
from engine.bpmn.drawing import Drawing, link_name, triggers
from engine.bpmn.events import Codes, codes_given, events_of, loop_of, optional_expression
from engine.bpmn.findings import uploaded_id
from engine.bpmn.graph import Flow, Loop, Node, ProcessGraph, VariableMapping
from engine.bpmn.loops import behavior_of, multi_instance_of, told_event
from engine.bpmn.message_terms import MessageTerms, terms_at, terms_by_name
from engine.bpmn.pairs import paired
from engine.bpmn.rule_tasks import decision_call_of
from engine.bpmn.service_tasks import service_of
from engine.bpmn.spiff import specifications
from engine.bpmn.steps import standard_time_of, step_of, stops_clock_of
from engine.bpmn.vocabulary import (
    SCOPES,
    TK,
    Element,
    child_text,
    extensions,
    is_true,
    kind_of,
    line_of,
)
from engine.expressions.expression import Expression, Script

_ALWAYS_INTERRUPT = frozenset({"error", "cancel"})


def build(drawing: Drawing, decisions: Decisions = NO_DECISIONS) -> ProcessGraph:
    """The graph of a drawing in which the linter found nothing wrong or missing."""
    return _Builder(drawing, specifications(drawing.root), decisions).graph()


@dataclass(frozen=True)
class _Builder:
    drawing: Drawing
    specs: Mapping[str, BpmnProcessSpec]
    decisions: Decisions

    def graph(self) -> ProcessGraph:
        processes = {_id(process): _id(process) for process in self.drawing.processes}
        nodes = {_id(process): self._process(process) for process in self.drawing.processes}
        nodes |= {_id(node): self._node(node) for node in self.drawing.nodes}
        flows = {flow.id: flow for flow in self._flows}
        return ProcessGraph(nodes=paired(nodes), flows=flows, processes=processes)

    @cached_property
    def _flows(self) -> tuple[Flow, ...]:
        return (*(self._flow(flow) for flow in self.drawing.flows), *self._link_flows())

    @staticmethod
    def _flow(flow: Element) -> Flow:
        return Flow(
            id=_id(flow),
            bpmn_id=uploaded_id(flow) or "",
            source=flow.get("sourceRef") or "",
            target=flow.get("targetRef") or "",
            name=flow.get("name") or "",
            condition=optional_expression(child_text(flow, "conditionExpression")),
        )

    def _link_flows(self) -> Iterator[Flow]:
        """A link pair is a flow that was not drawn (S6)."""
        for scope in self.drawing.scopes:
            links = [node for node in self.drawing.nodes_in(scope) if link_name(node) is not None]
            catching = {link_name(node): node for node in links if kind_of(node) == "intermediateCatchEvent"}
            for node in links:
                if kind_of(node) == "intermediateThrowEvent":
                    target = _id(catching[link_name(node)])
                    yield Flow(id=f"link:{_id(node)}", bpmn_id="", source=_id(node), target=target)

    @cached_property
    def _outgoing(self) -> Mapping[str, tuple[Flow, ...]]:
        groups: dict[str, list[Flow]] = {}
        for flow in self._flows:
            groups.setdefault(flow.source, []).append(flow)
        return {node: tuple(flows) for node, flows in groups.items()}

    @cached_property
    def _incoming(self) -> Mapping[str, tuple[Flow, ...]]:
        groups: dict[str, list[Flow]] = {}
        for flow in self._flows:
            groups.setdefault(flow.target, []).append(flow)
        return {node: tuple(flows) for node, flows in groups.items()}

    @cached_property
    def _message_terms(self) -> Mapping[str, MessageTerms]:
        return terms_by_name(self.drawing.root)

    @cached_property
    def _codes_given(self) -> Codes:
        return codes_given(self.drawing.root)

    def _children(self, scope: Element) -> tuple[str, ...]:
        return tuple(_id(child) for child in self.drawing.nodes_in(scope))

    def _process(self, process: Element) -> Node:
        return Node(
            id=_id(process),
            bpmn_id=_id(process),
            kind="process",
            name=process.get("name") or "",
            line=line_of(process),
            standard_time=standard_time_of(process),
            children=self._children(process),
        )

    def _node(self, node: Element) -> Node:
        kind, scope = kind_of(node), node.getparent()
        spec = self._specification(node)
        work = self._work(node, spec)
        return Node(
            id=_id(node),
            bpmn_id=_id(node),
            kind=kind,
            name=node.get("name") or "",
            line=line_of(node),
            parent=None if scope is None else _id(scope),
            default=node.get("default"),
            host=node.get("attachedToRef") if kind == "boundaryEvent" else None,
            is_interrupting=_is_interrupting(node, work),
            is_parallel_multiple=is_true(node, "parallelMultiple"),
            is_triggered_by_event=is_true(node, "triggeredByEvent"),
            is_for_compensation=is_true(node, "isForCompensation") or self._compensates(node),
            instantiates=is_true(node, "instantiate"),
            is_ordered=node.get("ordering") == "Sequential",
            cancels_remaining=is_true(node, "cancelRemainingInstances", default="true"),
            start_quantity=int(node.get("startQuantity") or 1),
            completion_quantity=int(node.get("completionQuantity") or 1),
            called=work.spec if kind == "callActivity" else None,
            inputs=_mappings(node, "masukan"),
            outputs=_mappings(node, "hasil"),
            takes_all=_carries_all(node, "masukan"),
            gives_all=_carries_all(node, "hasil"),
            handler=self._handler(node),
            script=Script(work.script) if kind == "scriptTask" else None,
            service=service_of(node),
            decision=decision_call_of(node, self.decisions),
            condition=optional_expression(child_text(node, _condition_of(kind))),
            loop=self._loop(node, spec),
            step=step_of(self.drawing, node) if kind == "userTask" else None,
            stops_clock=stops_clock_of(node),
            events=events_of(work, partial(terms_at, node, self._message_terms), self._codes_given),
            incoming=self._incoming.get(_id(node), ()),
            outgoing=self._outgoing.get(_id(node), ()),
            boundary=tuple(_id(event) for event in self.drawing.boundary_of(node)),
            children=self._children(node) if kind in SCOPES else (),
        )

    def _loop(self, node: Element, spec: Any) -> Loop | None:
        read, drawn = loop_of(spec), multi_instance_of(node)
        if read is None or drawn is None:
            return read
        return replace(read, told=told_event(self.drawing, drawn), tells_once=behavior_of(drawn) == "One")

    def _specification(self, node: Element) -> Any:
        scope = node.getparent()
        return self.specs["" if scope is None else _id(scope)].elements[_id(node)]

    def _work(self, node: Element, spec: Any) -> Any:
        """The specification of the work itself, where the library wraps it in a loop."""
        scope = node.getparent()
        tasks = self.specs["" if scope is None else _id(scope)].task_specs
        return tasks.get(getattr(spec, "task_spec", None), spec)

    def _compensates(self, node: Element) -> bool:
        return _id(node) in self._handler_ids

    @cached_property
    def _handler_ids(self) -> frozenset[str]:
        return frozenset(_id(handler) for handler in self.drawing.handlers.values())

    def _handler(self, host: Element) -> str | None:
        for event in self.drawing.boundary_of(host):
            if _id(event) in self.drawing.handlers:
                return _id(self.drawing.handlers[_id(event)])
        return None


def _is_interrupting(node: Element, work: Any) -> bool:
    """Errors and cancellation always interrupt, whatever the drawing says (BPMN 10.5.4)."""
    if not _ALWAYS_INTERRUPT.isdisjoint(triggers(node)):
        return True
    if kind_of(node) == "boundaryEvent":
        return bool(work.cancel_activity)
    return is_true(node, "isInterrupting", default="true")


def _condition_of(kind: str) -> str:
    return "activationCondition" if kind == "complexGateway" else "completionCondition"


def _mappings(node: Element, name: str) -> tuple[VariableMapping, ...]:
    return tuple(
        VariableMapping(target=mapping.get("nama", "").strip(), value=Expression(mapping.get("nilai", "")))
        for mapping in extensions(node, TK + name)
        if mapping.get("nama") and mapping.get("nilai")
    )


def _carries_all(node: Element, name: str) -> bool | None:
    said = [mapping.get("semua", "").strip().lower() for mapping in extensions(node, TK + name)]
    return next((word == "true" for word in said if word), None)


def _id(element: Element) -> str:
    return element.get("id") or ""
