"""Bring a legal but unusual file to the one form that the rest of the room reads; say what was repaired.

Works in place on a freshly parsed file. See S2, S3, S15, S21, S26 in the engine's notes on its library.
"""

import copy
import re
from collections import Counter
from collections.abc import Iterator

from lxml import etree

from engine.base.i18n import _
from engine.bpmn.dialects import translate_dialects
from engine.bpmn.events import GIVEN_NAME
from engine.bpmn.findings import GIVEN_ID, info, warning
from engine.bpmn.problems import Problem
from engine.bpmn.vocabulary import (
    BPMN,
    FLOW_NODES,
    GLOBAL_TASKS,
    TK,
    Element,
    child_text,
    event_definitions,
    extension,
    is_true,
    kind_of,
    text_of,
    trigger_of,
)

_ROOT_DEFINITIONS = frozenset(
    {"message", "signal", "error", "escalation", "correlationProperty", "dataStore", "collaboration"}
)
_NEED_ID = FLOW_NODES | _ROOT_DEFINITIONS | {"process", "sequenceFlow", "lane", "participant", "dataObject"}
_REFERENCES = (
    "messageRef",
    "signalRef",
    "errorRef",
    "escalationRef",
    "calledElement",
    "attachedToRef",
    "sourceRef",
    "targetRef",
    "default",
    "activityRef",
    "oneBehaviorEventRef",
    "noneBehaviorEventRef",
    "processRef",
    "dataObjectRef",
)
_REFERENCE_TEXTS = frozenset({"flowNodeRef", "eventDefinitionRef", "loopDataInputRef", "loopDataOutputRef"})
_PREFIXED = re.compile(r"[\w.-]+:[\w.-]+")
_NAMED_BY = {"message": "name", "signal": "name", "error": "errorCode", "escalation": "escalationCode"}
_NAMED_DATA = ("dataInput", "dataOutput", "dataObject", "dataObjectReference")
_DATA_ARROWS = ("dataInputAssociation", "dataOutputAssociation")
_DATA = (*_DATA_ARROWS, "dataStoreReference", "dataStore", "ioSpecification")
_CORRELATION = ("correlationProperty", "correlationKey")
_NOT_READ = (
    "{http://www.omg.org/spec/BPMN/20100524/DI}BPMNDiagram",
    *(BPMN + kind for kind in (*_DATA, *_CORRELATION)),
)


def normalise(root: Element) -> tuple[Problem, ...]:
    """Repair what has one obvious meaning. Faults that have none are left for the linter."""
    translate_dialects(root)
    repaired = (
        *_unwrap_global_tasks(root),
        *give_ids(root),
        *_resolve_prefixes(root),
        *_copy_event_definitions(root),
        *_make_executable(root),
        *_hand_to_services(root),
        *_hand_to_people(root),
        *_complete_defaults(root),
        *_let_errors_interrupt(root),
        *_leave_data_out(root),
    )
    _name_definitions(root)
    return repaired


def _unwrap_global_tasks(root: Element) -> Iterator[Problem]:
    """A global task becomes a process of one task."""
    for task in [child for child in root if kind_of(child) in GLOBAL_TASKS]:
        process = etree.SubElement(root, f"{BPMN}process", id=task.get("id") or "")
        process.sourceline = task.sourceline
        yield info(task, "repair.global_task", _("The global task “%(name)s” is read as a process with one step."))
        identity = task.get("id") or ""
        task.tag = BPMN + GLOBAL_TASKS[kind_of(task)]
        if task.get("name"):
            process.set("name", task.get("name") or "")
        start = etree.SubElement(process, f"{BPMN}startEvent", {"id": f"{identity}_start", GIVEN_ID: "true"})
        task.set("id", f"{identity}_task")
        task.set(GIVEN_ID, "true")
        process.append(task)
        end = etree.SubElement(process, f"{BPMN}endEvent", {"id": f"{identity}_end", GIVEN_ID: "true"})
        for name, source, target in (("in", start, task), ("out", task, end)):
            ends = {"sourceRef": source.get("id") or "", "targetRef": target.get("id") or ""}
            etree.SubElement(process, f"{BPMN}sequenceFlow", {"id": f"{identity}_{name}", GIVEN_ID: "true", **ends})


def give_ids(root: Element) -> Iterator[Problem]:
    """Ids where there are none, the same ones for the same drawing, so that later versions keep them."""
    taken = {element.get("id") for element in root.iter()}
    counts: Counter[str] = Counter()
    nameless = [element for element in root.iter(f"{BPMN}*") if kind_of(element) in _NEED_ID and not element.get("id")]
    for element in nameless:
        kind = kind_of(element)
        base = f"{element.get('sourceRef')}__{element.get('targetRef')}" if kind == "sequenceFlow" else kind
        counts[base] += 1
        candidate = base if kind == "sequenceFlow" and counts[base] == 1 else f"{base}_{counts[base]}"
        while candidate in taken:
            candidate += "_"
        taken.add(candidate)
        element.set("id", candidate)
        element.set(GIVEN_ID, "true")
    if nameless:
        message = _("%(count)s elements had no id; they were given one.")
        yield info(nameless[0], "repair.ids", message, count=len(nameless))


def _resolve_prefixes(root: Element) -> Iterator[Problem]:
    """`tns:msg` is legal and means the `msg` of this file."""
    resolved = []
    for element in root.iter(f"{BPMN}*"):
        for attribute in _REFERENCES:
            value = element.get(attribute)
            if value and _PREFIXED.fullmatch(value):
                element.set(attribute, value.rpartition(":")[2])
                resolved.append(element)
        if kind_of(element) in _REFERENCE_TEXTS and _PREFIXED.fullmatch(text_of(element)):
            element.text = text_of(element).rpartition(":")[2]
            resolved.append(element)
    if resolved:
        message = _("%(count)s references carry a prefix; they are read as references within this file.")
        yield info(resolved[0], "repair.prefixes", message, count=len(resolved))


def _copy_event_definitions(root: Element) -> Iterator[Problem]:
    """An event that refers to a definition gets a copy of it; an unknown one is left for the linter."""
    definitions = {element.get("id"): element for element in event_definitions(root)}
    for reference in list(root.iter(f"{BPMN}eventDefinitionRef")):
        event, definition = reference.getparent(), definitions.get(text_of(reference))
        if event is not None and definition is not None:
            own = copy.deepcopy(definition)
            own.set("id", "")
            event.replace(reference, own)
            yield info(
                event,
                "repair.event_definition",
                _("The event “%(name)s” uses a definition given elsewhere in the file."),
            )


def _make_executable(root: Element) -> Iterator[Problem]:
    for process in root.iterchildren(f"{BPMN}process"):
        if not is_true(process, "isExecutable", default="true"):
            yield info(
                process, "repair.executable", _("The process “%(name)s” was marked as not executable; it can run here.")
            )
        process.set("isExecutable", "true")


def _hand_to_services(root: Element) -> Iterator[Problem]:
    """Decision and send tasks that name an operation, as Camunda's do, are service tasks."""
    for task in list(root.iter(f"{BPMN}businessRuleTask", f"{BPMN}sendTask")):
        if extension(task, f"{TK}layanan") is not None:
            task.tag = f"{BPMN}serviceTask"
            yield info(task, "repair.service", _("“%(name)s” names an operation; it is read as a service task."))


def _hand_to_people(root: Element) -> Iterator[Problem]:
    """What stands in a lane without saying how it is done, a person does (S15, S21)."""
    in_lanes = {text_of(reference) for reference in root.iter(f"{BPMN}flowNodeRef")}
    for task in list(root.iter(f"{BPMN}task", f"{BPMN}manualTask", f"{BPMN}sendTask", f"{BPMN}receiveTask")):
        if not (_is_in_lane(task, in_lanes) or extension(task, f"{TK}pelaksana") is not None):
            continue
        kind = kind_of(task)
        if kind in ("sendTask", "receiveTask"):
            if task.get("messageRef") or list(event_definitions(task)) or is_true(task, "instantiate"):
                continue
            message = _("“%(name)s” names no message; it is read as a person's task.")
            yield info(task, "repair.person_sends", message)
        task.tag = f"{BPMN}userTask"


def _is_in_lane(element: Element, in_lanes: set[str]) -> bool:
    here: Element | None = element
    while here is not None and kind_of(here) in FLOW_NODES:
        if here.get("id") in in_lanes:
            return True
        here = here.getparent()
    return False


def _complete_defaults(root: Element) -> Iterator[Problem]:
    """When one branch only of a decision has no condition, it is the one for all other cases."""
    branches: dict[str, list[Element]] = {}
    for flow in root.iter(f"{BPMN}sequenceFlow"):
        branches.setdefault(flow.get("sourceRef") or "", []).append(flow)
    for gateway in root.iter(f"{BPMN}exclusiveGateway"):
        outgoing = branches.get(gateway.get("id") or "", [])
        bare = [flow for flow in outgoing if not child_text(flow, "conditionExpression")]
        if len(outgoing) > 1 and len(bare) == 1 and not gateway.get("default"):
            gateway.set("default", bare[0].get("id") or "")
            message = _("One branch of “%(name)s” has no condition; it is taken when no other branch is.")
            yield info(gateway, "repair.default_flow", message)


def _let_errors_interrupt(root: Element) -> Iterator[Problem]:
    """An error or a cancelled transaction leaves nothing that could go on."""
    for attribute, kind in (("cancelActivity", "boundaryEvent"), ("isInterrupting", "startEvent")):
        for event in root.iter(BPMN + kind):
            caught = {trigger_of(definition) for definition in event_definitions(event)}
            if caught and caught <= {"error", "cancel", "compensate"} and not is_true(event, attribute, default="true"):
                event.set(attribute, "true")
                if "compensate" not in caught:
                    message = _("“%(name)s” catches an error, which always interrupts; it is read as interrupting.")
                    yield info(event, "repair.interrupting", message)


def _calculated(arrow: Element) -> Iterator[Problem]:
    step = arrow.getparent()
    if step is not None and any(kind_of(child) in ("transformation", "assignment") for child in arrow):
        message = _("An arrow between “%(name)s” and data calculates, which is not done here. Use a script task.")
        yield warning(step, "data.not_calculated", message)


def _leave_data_out(root: Element) -> Iterator[Problem]:
    """Data stores and associations are drawings here: the case's data are its variables."""
    stores = {store.get("id"): store for store in root.iter(f"{BPMN}dataStoreReference")}
    names = {data.get("id"): data.get("name") for data in root.iter(*(BPMN + kind for kind in _NAMED_DATA))}
    steps = []
    for arrow in root.iter(*(BPMN + kind for kind in _DATA_ARROWS)):
        ends = child_text(arrow, "sourceRef"), child_text(arrow, "targetRef")
        outside, inside = ends if kind_of(arrow) == "dataInputAssociation" else reversed(ends)
        names[inside] = names.get(outside) or names.get(inside)
        steps += [] if outside in stores else [arrow.getparent()]
        yield from _calculated(arrow)
    for reference in root.iter(f"{BPMN}loopDataInputRef", f"{BPMN}loopDataOutputRef"):
        reference.text = names.get(text_of(reference)) or text_of(reference)
    for element in list(root.iter(*_NOT_READ)):
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
    if stores:
        message = _("Data stores are kept in the drawing but have no effect when the process runs.")
        yield info(next(iter(stores.values())), "repair.data_store", message)
    for step in [step for step in steps if step is not None][:1]:
        message = _("Arrows to and from data are kept in the drawing; every step sees all data of the case.")
        yield info(step, "repair.data_arrow", message)


def _name_definitions(root: Element) -> None:
    """Thrower and catcher meet by name or code; the id serves where the designer gave none."""
    for kind, attribute in _NAMED_BY.items():
        for definition in root.iterchildren(BPMN + kind):
            if not (definition.get(attribute) or "").strip():
                definition.set(attribute, definition.get("name") or definition.get("id") or "")
                definition.set(GIVEN_NAME, "true")
