"""BPMN straight to the process graph, without SpiffWorkflow and without judging: a second opinion on the reader.

It takes sound files only; what the linter would refuse is a KeyError here.
"""

from dataclasses import dataclass, field, replace
from typing import Any

from lxml import etree

from engine.bpmn.graph import (
    EventDefinition,
    EventKind,
    Flow,
    Loop,
    Node,
    ProcessGraph,
    Service,
    TimerKind,
    VariableMapping,
)
from engine.expressions.cron import is_cron
from engine.expressions.expression import Expression, Script

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
TK = "{https://tatakerja.id/schema/bpmn/1}"
SCOPES = {"process", "subProcess", "transaction", "adHocSubProcess"}
KINDS = SCOPES | {
    *("task", "userTask", "manualTask", "serviceTask", "scriptTask", "sendTask", "receiveTask", "callActivity"),
    *("exclusiveGateway", "parallelGateway", "inclusiveGateway", "complexGateway", "eventBasedGateway"),
    *("startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent"),
}


def read_plainly(source: bytes) -> ProcessGraph:
    root = etree.fromstring(source)
    reading = _Reading({element.get("id"): element for element in root if element.get("id")})
    for process in root.iterchildren(f"{BPMN}process"):
        reading.scope(process, None)
    return reading.graph()


@dataclass
class _Reading:
    named: dict[str | None, Any]
    nodes: dict[str, Node] = field(default_factory=dict)
    flows: list[Flow] = field(default_factory=list)
    handlers: dict[str, str] = field(default_factory=dict)

    def graph(self) -> ProcessGraph:
        nodes = {node.id: self.connected(node) for node in self.nodes.values()}
        processes = {node.id: node.id for node in nodes.values() if node.kind == "process"}
        return ProcessGraph(nodes=nodes, flows={flow.id: flow for flow in self.flows}, processes=processes)

    def connected(self, node: Node) -> Node:
        return replace(
            node,
            incoming=tuple(flow for flow in self.flows if flow.target == node.id),
            outgoing=tuple(flow for flow in self.flows if flow.source == node.id),
            boundary=tuple(event.id for event in self.nodes.values() if event.host == node.id),
            children=tuple(child.id for child in self.nodes.values() if child.parent == node.id),
            handler=self.handlers.get(node.id),
            is_for_compensation=node.is_for_compensation or node.id in self.handlers.values(),
        )

    def scope(self, element: Any, parent: str | None) -> None:
        identity = element.get("id")
        self.nodes[identity] = self.node(element, parent)
        for child in element:
            if kind_of(child) in SCOPES:
                self.scope(child, identity)
            elif kind_of(child) in KINDS:
                self.nodes[child.get("id")] = self.node(child, identity)
        for flow in element.iterchildren(f"{BPMN}sequenceFlow"):
            self.flow(flow)
        self.links(identity)
        for association in element.iterchildren(f"{BPMN}association"):
            event = self.nodes.get(association.get("sourceRef"))
            if event is not None and event.host and event.has(EventKind.COMPENSATE):
                self.handlers[event.host] = association.get("targetRef")

    def flow(self, element: Any) -> None:
        source, target = element.get("sourceRef"), element.get("targetRef")
        identity = element.get("id")
        condition = expression(element.findtext(f"{BPMN}conditionExpression"))
        self.flows.append(
            Flow(
                id=identity or f"{source}>{target}",
                bpmn_id=identity or "",
                source=source,
                target=target,
                condition=condition,
            )
        )

    def links(self, scope: str) -> None:
        links = [node for node in self.nodes.values() if node.parent == scope and node.has(EventKind.LINK)]
        catching = {node.events[0].name: node.id for node in links if node.kind == "intermediateCatchEvent"}
        for node in links:
            if node.kind == "intermediateThrowEvent":
                target = catching[node.events[0].name]
                self.flows.append(Flow(id=f"link:{node.id}", bpmn_id="", source=node.id, target=target))

    def node(self, element: Any, parent: str | None) -> Node:
        kind = kind_of(element)
        condition = "activationCondition" if kind == "complexGateway" else "completionCondition"
        script = element.findtext(f"{BPMN}script")
        return Node(
            id=element.get("id"),
            bpmn_id=element.get("id"),
            kind=kind,
            name=element.get("name") or "",
            parent=parent,
            default=element.get("default"),
            host=element.get("attachedToRef"),
            is_interrupting=interrupts(element),
            is_parallel_multiple=element.get("parallelMultiple") == "true",
            is_triggered_by_event=element.get("triggeredByEvent") == "true",
            is_for_compensation=element.get("isForCompensation") == "true",
            is_ordered=element.get("ordering") == "Sequential",
            cancels_remaining=element.get("cancelRemainingInstances", "true") == "true",
            start_quantity=int(element.get("startQuantity", "1")),
            completion_quantity=int(element.get("completionQuantity", "1")),
            called=element.get("calledElement"),
            script=Script(script) if script else None,
            service=service(element),
            condition=expression(element.findtext(f"{BPMN}{condition}")),
            inputs=mappings(element, "masukan"),
            outputs=mappings(element, "hasil"),
            loop=self.loop(element),
            events=self.events(element),
        )

    def events(self, element: Any) -> tuple[EventDefinition, ...]:
        if element.get("messageRef"):
            return (EventDefinition(kind=EventKind.MESSAGE, name=self.name_of(element, "messageRef", "name")),)
        return tuple(self.event(child) for child in element if str(child.tag).endswith("EventDefinition"))

    def event(self, definition: Any) -> EventDefinition:
        kind = EventKind(etree.QName(definition).localname.removesuffix("EventDefinition"))
        if kind is EventKind.TIMER:
            value = next(iter(definition))
            text = f"'{value.text}'" if is_cron(value.text) else value.text
            return EventDefinition(kind=kind, timer=TimerKind(etree.QName(value).localname), value=expression(text))
        if kind is EventKind.CONDITIONAL:
            return EventDefinition(kind=kind, value=expression(definition.findtext(f"{BPMN}condition")))
        if kind in (EventKind.LINK, EventKind.COMPENSATE):
            return EventDefinition(kind=kind, name=definition.get("name") or definition.get("activityRef"))
        if kind is EventKind.MESSAGE:
            name, correlation = self.name_of(definition, "messageRef", "name"), self.correlation_of(definition)
            return EventDefinition(kind=kind, name=name, correlation=correlation)
        if kind in (EventKind.ERROR, EventKind.ESCALATION):
            return self.with_code(kind, definition.get(f"{kind}Ref"))
        return EventDefinition(kind=kind, name=self.name_of(definition, f"{kind}Ref", "name"))

    def with_code(self, kind: EventKind, reference: str | None) -> EventDefinition:
        """Known by its id where it has no code, and then one that catches every other."""
        code = self.named[reference].get(f"{kind}Code") if reference else None
        return EventDefinition(kind=kind, name=code or reference, catches_any=bool(reference) and not code)

    def loop(self, element: Any) -> Loop | None:
        found = loop(element)
        multiple = element.find(f"{BPMN}multiInstanceLoopCharacteristics")
        behavior = "All" if multiple is None else multiple.get("behavior", "All")
        if found is None or behavior not in ("None", "One"):
            return found
        told = self.event(self.named[multiple.get(f"{behavior.lower()}BehaviorEventRef")])
        return replace(found, told=told, tells_once=behavior == "One")

    def correlation_of(self, element: Any) -> Expression | None:
        message = self.named[element.get("messageRef")]
        said = message.find(f"{BPMN}extensionElements/{TK}korelasi")
        return None if said is None else expression(said.get("nilai"))

    def name_of(self, element: Any, reference: str, attribute: str) -> str | None:
        wanted = element.get(reference)
        return None if wanted is None else self.named[wanted].get(attribute)


def kind_of(element: Any) -> str:
    tag = str(element.tag)
    return tag.removeprefix(BPMN) if tag.startswith(BPMN) else ""


def interrupts(element: Any) -> bool:
    said = element.get("cancelActivity" if kind_of(element) == "boundaryEvent" else "isInterrupting", "true")
    kinds = {kind_of(child).removesuffix("EventDefinition") for child in element}
    return said == "true" or bool(kinds & {"error", "cancel", "compensate"})


def expression(text: str | None) -> Expression | None:
    return Expression(text) if text and text.strip() else None


def mappings(element: Any, name: str) -> tuple[VariableMapping, ...]:
    return tuple(
        VariableMapping(target=one.get("nama"), value=Expression(one.get("nilai")))
        for one in element.iterfind(f"{BPMN}extensionElements/{TK}{name}")
    )


def service(element: Any) -> Service | None:
    found = element.find(f"{BPMN}extensionElements/{TK}layanan")
    return None if found is None else Service(operation=found.get("operasi"), result=found.get("hasil"))


def loop(element: Any) -> Loop | None:
    standard = element.find(f"{BPMN}standardLoopCharacteristics")
    if standard is not None:
        maximum = standard.get("loopMaximum")
        return Loop(
            is_standard=True,
            condition=expression(standard.findtext(f"{BPMN}loopCondition")),
            tests_before=standard.get("testBefore") == "true",
            maximum=int(maximum) if maximum else None,
        )
    multiple = element.find(f"{BPMN}multiInstanceLoopCharacteristics")
    return None if multiple is None else multi_instance(multiple)


def multi_instance(multiple: Any) -> Loop:
    item, output = multiple.find(f"{BPMN}inputDataItem"), multiple.find(f"{BPMN}outputDataItem")
    return Loop(
        is_sequential=multiple.get("isSequential") == "true",
        cardinality=expression(multiple.findtext(f"{BPMN}loopCardinality")),
        collection=expression(multiple.findtext(f"{BPMN}loopDataInputRef")),
        item=None if item is None else item.get("name"),
        output=multiple.findtext(f"{BPMN}loopDataOutputRef"),
        output_item=None if output is None else output.get("name"),
        condition=expression(multiple.findtext(f"{BPMN}completionCondition")),
    )
