"""What a diagram holds, in the words in which cases say what they are about."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

from lxml import etree

from engine.bpmn.graph import EventKind
from engine.bpmn.vocabulary import BPMN, FLOW_NODES

ALONE = frozenset(FLOW_NODES | {"sequenceFlow", "lane", "participant", "dataObject", "dataStoreReference"})
LOOPS = ("standard loop", "parallel multi-instance", "sequential multi-instance")
PLACES: dict[str, tuple[str, ...]] = {
    "startEvent": ("start",),
    "endEvent": ("end",),
    "intermediateCatchEvent": ("catch",),
    "intermediateThrowEvent": ("throw",),
    "boundaryEvent": ("boundary", "boundary, not interrupting"),
}
IN_EVENT_SUB_PROCESS = ("event sub-process", "event sub-process, not interrupting")
KNOWN = frozenset(
    {
        *ALONE,
        *LOOPS,
        *(
            f"{kind} {place}"
            for kind, places in product(("none", *EventKind), (*PLACES.values(), IN_EVENT_SUB_PROCESS))
            for place in places
        ),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    held: frozenset[str]
    known: frozenset[str] = KNOWN


def subjects_of(source: bytes) -> Drawn:
    return Drawn(held=frozenset(name for one in etree.fromstring(source).iter(f"{BPMN}*") for name in _names(one)))


def _names(one: Any) -> Iterator[str]:
    kind = one.tag.removeprefix(BPMN)
    yield kind
    if kind == "standardLoopCharacteristics":
        yield "standard loop"
    elif kind == "multiInstanceLoopCharacteristics":
        yield "sequential multi-instance" if one.get("isSequential") == "true" else "parallel multi-instance"
    elif kind in PLACES:
        triggers = [child.tag.removeprefix(BPMN) for child in one if str(child.tag).endswith("EventDefinition")]
        for trigger in triggers or ["noneEventDefinition"]:
            yield f"{trigger.removesuffix('EventDefinition')} {_place(one, kind)}"


def _place(one: Any, kind: str) -> str:
    if kind == "startEvent" and one.getparent().get("triggeredByEvent") == "true":
        return IN_EVENT_SUB_PROCESS[one.get("isInterrupting") == "false"]
    return PLACES[kind][bool(one.get("cancelActivity") == "false")]
