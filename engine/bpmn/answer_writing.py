"""How each kind of answer is written into a drawing: one small function a kind."""

import re
from collections.abc import Mapping
from itertools import chain
from typing import Any

from lxml import etree

from engine.base.i18n import _
from engine.bpmn.asked_decisions import AskedDecision, asked_decision
from engine.bpmn.dialects import translate_service
from engine.bpmn.drawing import Drawing
from engine.bpmn.graph import TimerKind
from engine.bpmn.lint.rules.process_ids import NAME
from engine.bpmn.operations import ALL_IN_WORDS, OPERATIONS
from engine.bpmn.standard_times import NotUnderstood, read_standard_time
from engine.bpmn.vocabulary import BPMN, TK, Element, child_text, event_definitions, extension, kind_of, trigger_of
from engine.expressions.cron import is_cron
from engine.expressions.errors import ExpressionFault
from engine.expressions.expression import Expression, Script
from engine.expressions.template import Template
from engine.expressions.times import check_literal

Parts = Mapping[str, str]
GONE = _("This element is not in the file any more.")
AS_NEEDED = "sesuai-kebutuhan"
# What XML can hold.
STORABLE = re.compile(r"[\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]*")
_XSI_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
_WORDS = re.compile(
    r"(?P<amount>\d{1,4})\s*(?P<unit>menit|minutes?|jam kerja|working hours?|jam|hours?|hari kerja|working days?|hari"
    r"|days?|minggu|weeks?)",
    re.IGNORECASE,
)
_UNITS = (
    (("jam kerja", "working hour"), "jam_kerja({})"),
    (("hari kerja", "working day"), "hari_kerja({})"),
    (("menit", "minute"), "PT{}M"),
    (("jam", "hour"), "PT{}H"),
    (("minggu", "week"), "P{}W"),
    (("hari", "day"), "P{}D"),
)
_BARE_NUMBER = re.compile(r"[\d.,]{1,12}")
_ROLES = frozenset({"pemulai", "atasan-pemulai", "kepala-unit"})


class NotUsable(Exception):
    """An answer that cannot be written, with a catalogue text that says why."""

    def __init__(self, message: str, **params: Any) -> None:
        super().__init__(message)
        self.message = message
        self.params = params


def write_condition(element: Element, parts: Parts) -> None:
    """Of a branch, or of an event; or a branch is taken when no other one is."""
    if kind_of(element) != "sequenceFlow":
        Expression(parts["text"])
        _said(_lacking(element, "conditional", "condition"), "condition").text = parts["text"]
    elif parts.get("asked"):
        if parts["text"] or parts.get("default"):
            raise NotUsable(
                _("Give one of the three: who decides, a condition, or that it is taken when no other branch is.")
            )
        _ask_before(element)
    elif parts.get("default"):
        if parts["text"]:
            raise NotUsable(_("Give one of the two: a condition, or that it is taken when no other branch is."))
        _make_default(element)
    elif parts["text"].casefold() == (element.get("name") or "").strip().casefold():
        raise NotUsable(
            _("“%(name)s” only names the branch. Say when it is taken, by comparing an answer: lengkap == true."),
            name=parts["text"],
        )
    else:
        Expression(parts["text"])
        _said(element, "conditionExpression").text = parts["text"]


def decision_before(flow: Element) -> AskedDecision:
    """What whoever does the step before decides, in a file as it was drawn."""
    drawing = Drawing(flow.getroottree().getroot())
    gateway = drawing.by_id.get(flow.get("sourceRef") or "")
    asked = None if gateway is None else asked_decision(drawing, gateway)
    if asked is None:
        raise NotUsable(GONE)
    return asked


def _ask_before(flow: Element) -> None:
    asked = decision_before(flow)
    for branch, (value, _words) in zip(asked.branches, asked.options, strict=True):
        _said(branch, "conditionExpression").text = f'{asked.variable} == "{value}"'
    _replace(asked.step, "formulir", kunci=asked.form_key)


def _make_default(flow: Element) -> None:
    siblings = flow.itersiblings(f"{BPMN}*", preceding=True), flow.itersiblings(f"{BPMN}*")
    gateway = next((each for each in chain(*siblings) if each.get("id") == flow.get("sourceRef")), None)
    if gateway is None:
        raise NotUsable(GONE)
    if gateway.get("default") not in (None, "", flow.get("id")):
        raise NotUsable(_("Another branch is taken already when no condition holds. Only one can be."))
    gateway.set("default", flow.get("id") or "")


def write_timer(event: Element, parts: Parts) -> None:
    kind, text = timer_of(parts["text"])
    try:
        if not is_cron(text):
            Expression(text)
        check_literal(kind, text)
    except ExpressionFault:
        raise NotUsable(
            _("“%(text)s” cannot be read as a time. Write 2 hari kerja, 4 jam, PT30M or 2026-12-31."), text=text[:80]
        ) from None
    _said(_lacking(event, "timer", *TimerKind), kind).text = text


def _lacking(event: Element, trigger: str, *kinds: str) -> Element:
    """The first definition of that trigger which says nothing yet."""
    for definition in event_definitions(event):
        if trigger_of(definition) == trigger and not any(child_text(definition, kind) for kind in kinds):
            return definition
    raise NotUsable(GONE)


def timer_of(text: str) -> tuple[TimerKind, str]:
    """Plain words (`2 hari kerja`, `3 hours`), ISO 8601, a crontab, or an expression: of which kind it is."""
    words = _WORDS.fullmatch(text)
    if words is not None:
        unit = words["unit"].lower()
        text = next(form for names, form in _UNITS if unit.startswith(names)).format(int(words["amount"]))
    if "_kerja(" in text or re.match(r"\d{4}-", text):
        return TimerKind.DATE, text
    return (TimerKind.CYCLE if re.match(r"R\d*/", text) or is_cron(text) else TimerKind.DURATION), text


def write_performer(task: Element, parts: Parts) -> None:
    who = parts["text"]
    position = who.removeprefix("jabatan:")
    if who in _ROLES:
        _replace(task, "pelaksana", peran=who)
    elif who == "eksternal":
        _replace(task, "pelaksana", eksternal="true")
    elif position != who and position:
        _replace(task, "pelaksana", jabatan=position)
    else:
        raise NotUsable(_("Choose who does this step."))


def write_standard_time(task: Element, parts: Parts) -> None:
    """In the office's own words; the unit chosen beside it counts for a bare number only."""
    unit, said = parts.get("unit", ""), parts.get("text", "")
    if unit == AS_NEEDED:
        reason = {"alasan": said} if said else {}
        _replace(task, "waktu", teks="sesuai kebutuhan", **reason)
        return
    words = f"{said} {unit.replace('-', ' ')}" if _BARE_NUMBER.fullmatch(said) else said
    stated = read_standard_time(words)
    if isinstance(stated, NotUnderstood):
        raise NotUsable(stated.message, text=stated.text)
    _replace(task, "waktu", teks=words)


def write_call(activity: Element, parts: Parts) -> None:
    if not NAME.fullmatch(parts["text"]):
        raise NotUsable(_("Give the id of a process: a name of letters, digits, “_”, “-” and “.”."))
    activity.set("calledElement", parts["text"])


def write_name(element: Element, parts: Parts) -> None:
    """A message, signal, error or escalation of that name, new in the file if none has it."""
    holder, kind = _nameless(element)
    attribute = {"error": "errorCode", "escalation": "escalationCode"}.get(kind, "name")
    root = element.getroottree().getroot()
    known = (each for each in root.iterchildren(BPMN + kind) if each.get(attribute) == parts["text"])
    definition = next(known, None)
    if definition is None:
        identity = _free_id(root, kind.capitalize())
        definition = etree.Element(BPMN + kind, {"id": identity, "name": parts["text"], attribute: parts["text"]})
        root.insert(0, definition)
    holder.set(f"{kind}Ref", definition.get("id") or "")


def _nameless(element: Element) -> tuple[Element, str]:
    if kind_of(element) in ("sendTask", "receiveTask"):
        return element, "message"
    for definition in event_definitions(element):
        kind = trigger_of(definition)
        if kind in ("message", "signal", "error", "escalation") and not definition.get(f"{kind}Ref"):
            return definition, kind
    raise NotUsable(GONE)


def write_operation(task: Element, parts: Parts) -> None:
    if parts["text"] not in OPERATIONS:
        raise NotUsable(_("Choose one of: %(operations)s."), operations=ALL_IN_WORDS)
    _replace(task, "layanan", operasi=parts["text"])


def write_parameter(task: Element, parts: Parts) -> None:
    """A text with places in `${…}`; what another dialect says of the operation is said in our words first."""
    Template(parts["text"])
    if extension(task, f"{TK}layanan") is None:
        translate_service(task)
    service = extension(task, f"{TK}layanan")
    if service is None:
        raise NotUsable(GONE)
    etree.SubElement(service, f"{TK}parameter", nama=parts["parameter"], teks=parts["text"])


def write_script(task: Element, parts: Parts) -> None:
    Script(parts["text"])
    _said(task, "script").text = parts["text"]


def write_loop(node: Element, parts: Parts) -> None:
    """How often, by a number or a list; of a standard loop, while a condition holds."""
    Expression(parts["text"])
    for loop in node.iterchildren(f"{BPMN}standardLoopCharacteristics"):
        _said(loop, "loopCondition").text = parts["text"]
        return
    several = next(node.iterchildren(f"{BPMN}multiInstanceLoopCharacteristics"))
    _said(several, "loopCardinality" if parts["text"].isdigit() else "loopDataInputRef").text = parts["text"]


def _said(parent: Element, kind: str) -> Element:
    """The child that holds an expression, marked as one for other editors."""
    child = parent.find(BPMN + kind)
    if child is None:
        child = etree.SubElement(parent, BPMN + kind)
    if kind not in ("script", "loopDataInputRef"):
        prefix = next((prefix for prefix, uri in parent.nsmap.items() if f"{{{uri}}}" == BPMN), None)
        child.set(_XSI_TYPE, f"{prefix}:tFormalExpression" if prefix else "tFormalExpression")
    return child


def _replace(element: Element, name: str, **attributes: str) -> None:
    """One `tk:` element of that name, with nothing in it but this."""
    holder = element.find(f"{BPMN}extensionElements")
    if holder is None:
        holder = etree.Element(f"{BPMN}extensionElements")
        element.insert(len(element.findall(f"{BPMN}documentation")), holder)
    for before in holder.findall(TK + name):
        holder.remove(before)
    etree.SubElement(holder, TK + name, attributes, nsmap={"tk": TK[1:-1]})


def _free_id(root: Element, word: str) -> str:
    taken = {element.get("id") for element in root.iter()}
    return next(candidate for n in range(1, 100_000) if (candidate := f"{word}_{n}") not in taken)
