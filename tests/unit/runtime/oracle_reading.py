"""A diagram as the oracle sees it: read from the file alone, with nothing of the product."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
SCOPES = {"process", "subProcess", "transaction"}


@dataclass(frozen=True)
class Arrow:
    name: str
    source: str
    target: str
    condition: str | None


@dataclass(frozen=True)
class Repetition:
    """A standard loop, or a multi-instance over a number."""

    is_standard: bool
    is_sequential: bool
    times: int = 0
    condition: str | None = None
    output: str | None = None
    output_item: str | None = None


@dataclass
class Shape:
    id: str
    kind: str
    parent: str
    default: str | None
    host: str | None
    interrupts: bool
    begins_by_event: bool
    is_for_undoing: bool
    called: str | None
    script: str
    trigger: str | None
    about: str | None
    repetition: Repetition | None
    handler: str | None = None
    out: list[str] = field(default_factory=list)
    into: list[str] = field(default_factory=list)


class Diagram:
    def __init__(self, source: bytes) -> None:
        self.root = etree.fromstring(source)
        self.shapes: dict[str, Shape] = {}
        self.arrows: dict[str, Arrow] = {}
        self.named = {
            one.get("id"): one.get("name") or one.get("errorCode") or one.get("escalationCode") for one in self.root
        }
        for process in self.root.iterchildren(f"{BPMN}process"):
            self._read(process, "")
        for arrow in self.arrows.values():
            self.shapes[arrow.source].out.append(arrow.name)
            self.shapes[arrow.target].into.append(arrow.name)
        for association in self.root.iter(f"{BPMN}association"):
            border = self.shapes[association.get("sourceRef")]
            self.shapes[border.host or ""].handler = association.get("targetRef")

    def inside(self, scope: str) -> Iterator[Shape]:
        return (shape for shape in self.shapes.values() if shape.parent == scope)

    def border(self, host: str) -> list[Shape]:
        return [shape for shape in self.shapes.values() if shape.host == host]

    def listening(self, scope: str) -> list[Shape]:
        """The starts of its event sub-processes."""
        aside = [shape.id for shape in self.inside(scope) if shape.begins_by_event]
        return [shape for shape in self.shapes.values() if shape.parent in aside and shape.kind == "startEvent"]

    def _read(self, element: Any, parent: str) -> None:
        kind, identity = str(element.tag).removeprefix(BPMN), element.get("id")
        if kind == "sequenceFlow":
            condition = element.findtext(f"{BPMN}conditionExpression")
            self.arrows[identity] = Arrow(identity, element.get("sourceRef"), element.get("targetRef"), condition)
        elif kind.endswith(("Task", "Event", "Gateway", "Activity")) or kind in SCOPES:
            self.shapes[identity] = self._shape(element, kind, parent)
            for child in element if kind in SCOPES else ():
                self._read(child, identity)

    def _shape(self, element: Any, kind: str, parent: str) -> Shape:
        definitions = [child for child in element if str(child.tag).endswith("EventDefinition")]
        trigger = definitions[0].tag.removeprefix(BPMN).removesuffix("EventDefinition") if definitions else None
        return Shape(
            id=element.get("id"),
            kind=kind,
            parent=parent,
            default=element.get("default"),
            host=element.get("attachedToRef"),
            interrupts=element.get("cancelActivity" if kind == "boundaryEvent" else "isInterrupting") != "false",
            begins_by_event=element.get("triggeredByEvent") == "true",
            is_for_undoing=element.get("isForCompensation") == "true",
            called=element.get("calledElement"),
            script=element.findtext(f"{BPMN}script") or "",
            trigger="message" if kind == "receiveTask" else trigger,
            about=self._about(definitions[0] if definitions else element, trigger),
            repetition=_repetition(element),
        )

    def _about(self, holder: Any, trigger: str | None) -> str | None:
        if trigger == "timer":
            return holder[0].text
        references = (holder.get(f"{kind}Ref") for kind in ("message", "signal", "error", "escalation"))
        return next((self.named[one] for one in references if one), holder.get("activityRef"))


def _repetition(element: Any) -> Repetition | None:
    standard = element.find(f"{BPMN}standardLoopCharacteristics")
    if standard is not None:
        return Repetition(True, True, int(standard.get("loopMaximum")), standard.findtext(f"{BPMN}loopCondition"))
    multiple = element.find(f"{BPMN}multiInstanceLoopCharacteristics")
    if multiple is None:
        return None
    item = multiple.find(f"{BPMN}outputDataItem")
    return Repetition(
        False,
        multiple.get("isSequential") == "true",
        int(multiple.findtext(f"{BPMN}loopCardinality")),
        multiple.findtext(f"{BPMN}completionCondition"),
        multiple.findtext(f"{BPMN}loopDataOutputRef"),
        None if item is None else item.get("name"),
    )
