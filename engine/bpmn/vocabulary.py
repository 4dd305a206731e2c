"""The names that BPMN files use, and which of them this engine reads."""

from collections.abc import Iterator
from typing import Any

from lxml import etree

Element = etree._Element

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
TK = "{https://tatakerja.id/schema/bpmn/1}"
CAMUNDA = "{http://camunda.org/schema/1.0/bpmn}"
ZEEBE = "{http://camunda.org/schema/zeebe/1.0}"
SPIFF = "{http://spiffworkflow.org/bpmn/schema/1.0/core}"

# Decision tables, from DMN 1.1 to 1.5; all are read as the third.
DMN_VERSIONS = (
    "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
    "http://www.omg.org/spec/DMN/20180521/MODEL/",
    "https://www.omg.org/spec/DMN/20191111/MODEL/",
    "https://www.omg.org/spec/DMN/20211108/MODEL/",
    "https://www.omg.org/spec/DMN/20230324/MODEL/",
)
DMN = f"{{{DMN_VERSIONS[2]}}}"

SCOPES = frozenset({"process", "subProcess", "transaction", "adHocSubProcess"})
PERSONS_TASKS = frozenset({"task", "userTask", "manualTask"})
TASKS = PERSONS_TASKS | {"serviceTask", "scriptTask", "businessRuleTask", "sendTask", "receiveTask"}
ACTIVITIES = TASKS | {"callActivity", "subProcess", "transaction", "adHocSubProcess"}
GATEWAYS = frozenset({"exclusiveGateway", "inclusiveGateway", "parallelGateway", "complexGateway", "eventBasedGateway"})
EVENTS = frozenset({"startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent"})
FLOW_NODES = ACTIVITIES | GATEWAYS | EVENTS

GLOBAL_TASKS = {
    "globalTask": "task",
    "globalUserTask": "userTask",
    "globalManualTask": "manualTask",
    "globalScriptTask": "scriptTask",
    "globalBusinessRuleTask": "businessRuleTask",
}

# What may stand in a scope without being an element that tokens pass.
FURNITURE = frozenset(
    {
        "sequenceFlow",
        "laneSet",
        "association",
        "textAnnotation",
        "group",
        "documentation",
        "extensionElements",
        "incoming",
        "outgoing",
        "property",
        "ioSpecification",
        "dataObject",
        "dataObjectReference",
        "dataStoreReference",
        "dataInputAssociation",
        "dataOutputAssociation",
        "auditing",
        "monitoring",
        "category",
        "correlationSubscription",
        "supports",
        "supportedInterfaceRef",
        "ioBinding",
        "resourceRole",
        "performer",
        "humanPerformer",
        "potentialOwner",
        "standardLoopCharacteristics",
        "multiInstanceLoopCharacteristics",
        "completionCondition",
    }
)


def kind_of(element: Element) -> str:
    """The BPMN name of an element, or nothing when it is of another vocabulary."""
    tag = element.tag
    return str(tag).removeprefix(BPMN) if str(tag).startswith(BPMN) else ""


def event_definitions(element: Element) -> Iterator[Element]:
    """The event definitions of an event, in document order."""
    return (child for child in element if kind_of(child).endswith("EventDefinition"))


def trigger_of(definition: Element) -> str:
    """`timer` for a timerEventDefinition."""
    return kind_of(definition).removesuffix("EventDefinition")


def is_true(element: Element, attribute: str, default: str = "false") -> bool:
    return (element.get(attribute) or default).strip().lower() in ("true", "1")


def text_of(element: Element | None) -> str:
    """The text in an element, without the white space around it; nothing for a missing one."""
    return "" if element is None else (element.text or "").strip()


def child_text(element: Element, kind: str) -> str:
    return text_of(element.find(BPMN + kind))


def extensions(element: Element, name: str) -> Iterator[Element]:
    """Extension elements of that full name, in document order."""
    for holder in element.iterchildren(BPMN + "extensionElements"):
        yield from holder.iterchildren(name)


def extension(element: Element, name: str) -> Element | None:
    return next(extensions(element, name), None)


def line_of(element: Element) -> int:
    line: Any = element.sourceline
    return int(line or 0)
