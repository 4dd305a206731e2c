"""What designers bring from Camunda 7 and 8 (Zeebe), said in our own words, so that only those need reading.

Activiti, Flowable and Operaton say most things by the words of Camunda 7, in namespaces of their own.

Nothing is overwritten: where the file already says it with a `tk:` element, that stands.
"""

import re
from collections.abc import Iterator

from lxml import etree

from engine.bpmn.message_terms import translate_message_terms
from engine.bpmn.task_mappings import translate_task_mappings
from engine.bpmn.vocabulary import (
    BPMN,
    CAMUNDA,
    SPIFF,
    TASKS,
    TK,
    ZEEBE,
    Element,
    child_text,
    extension,
    kind_of,
    text_of,
)

_STARTERS = frozenset({"initiator", "starter", "pemulai", "pemohon"})
_EXPRESSION = re.compile(r"\$\{\s*(\w+)\s*\}|=\s*(\w+)\s*")
_PATH = re.compile(r"^.*[:/]|\.[A-Za-z]+$")
_SHAPES = {
    "singleEntry": "nilai",
    "singleResult": "catatan",
    "collectEntries": "daftar-nilai",
    "resultList": "daftar-catatan",
}
_RELATIVES = frozenset({"http://activiti.org/bpmn", "http://flowable.org/bpmn", "http://operaton.org/schema/1.0/bpmn"})
_ASSIGNMENT = re.compile(r"\s*[^\W\d]\w*\s*[-+*/%]?=(?!=)")
_DURATION = re.compile(
    r"P(?:(?P<weeks>\d{1,3})W)?(?:(?P<days>\d{1,4})D)?(?:T(?:(?P<hours>\d{1,4})H)?(?:(?P<minutes>\d{1,5})M)?)?"
)


def translate_dialects(root: Element) -> None:
    _translate_relatives(root)
    translate_message_terms(root)
    for element in list(root.iter(f"{BPMN}*")):
        kind = kind_of(element)
        if kind in TASKS:
            _performer(element)
            _form(element)
            _due_date(element)
            translate_service(element)
        translate_task_mappings(element)
        if kind == "scriptTask":
            _script(element)
        elif kind == "businessRuleTask":
            _decision(element)
        elif kind == "callActivity":
            _called(element)
        elif kind == "multiInstanceLoopCharacteristics":
            _loop(element)
        elif kind in ("potentialOwner", "humanPerformer", "performer"):
            _resource(element)


def _translate_relatives(root: Element) -> None:
    """Only where one of them is named at the head of the file, as every editor does."""
    if _RELATIVES.isdisjoint(root.nsmap.values()):
        return
    for element in root.iter("*"):
        name = etree.QName(element)
        if name.namespace in _RELATIVES:
            element.tag = CAMUNDA + name.localname
        for key, value in list(element.attrib.items()):
            attribute = etree.QName(key)
            if attribute.namespace in _RELATIVES and element.get(CAMUNDA + attribute.localname) is None:
                element.set(CAMUNDA + attribute.localname, value)


def _say(element: Element, name: str, **attributes: str) -> Element | None:
    """Add a `tk:` element unless the designer already wrote one."""
    if extension(element, TK + name) is not None:
        return None
    holder = element.find(f"{BPMN}extensionElements")
    if holder is None:
        holder = etree.Element(f"{BPMN}extensionElements")
        element.insert(0, holder)
    return etree.SubElement(holder, TK + name, attributes)


def _performer(task: Element) -> None:
    assignment = extension(task, f"{ZEEBE}assignmentDefinition")

    def named(name: str) -> str:
        of_zeebe = "" if assignment is None else assignment.get(name, "")
        return (task.get(CAMUNDA + name) or of_zeebe).strip()

    if assignee := named("assignee"):
        variable = _EXPRESSION.fullmatch(assignee)
        if variable and (variable[1] or variable[2]).lower() in _STARTERS:
            _say(task, "pelaksana", peran="pemulai")
        else:
            _say(task, "pelaksana", pegawai=_dollar(assignee))
        return
    candidates = {"jabatan": named("candidateGroups"), "calon": named("candidateUsers")}
    if given := {name: _dollar(refs) for name, refs in candidates.items() if refs}:
        _say(task, "pelaksana", **given)


def _dollar(text: str) -> str:
    """`= x` and `${x}` are one thing."""
    return f"${{{text[1:].strip()}}}" if text.startswith("=") else text


def _resource(owner: Element) -> None:
    """BPMN's own way to name who does a task."""
    task = owner.getparent()
    expression = owner.find(f"{BPMN}resourceAssignmentExpression/{BPMN}formalExpression")
    if task is not None and text_of(expression):
        _say(task, "pelaksana", jabatan=text_of(expression))


def _form(task: Element) -> None:
    form = extension(task, f"{ZEEBE}formDefinition")
    of_zeebe = "" if form is None else form.get("formKey") or form.get("formId") or ""
    key = task.get(f"{CAMUNDA}formKey") or task.get(f"{CAMUNDA}formRef") or of_zeebe
    if key.strip():
        _say(task, "formulir", kunci=_PATH.sub("", _PATH.sub("", key.strip())))


def due_date_of(task: Element) -> str:
    """As another tool wrote it; nothing where none did."""
    schedule = extension(task, f"{ZEEBE}taskSchedule")
    of_zeebe = "" if schedule is None else schedule.get("dueDate", "")
    return (task.get(f"{CAMUNDA}dueDate") or of_zeebe).strip()


def _due_date(task: Element) -> None:
    """A fixed due duration is a standard time; a date or what the case computes is the moment itself."""
    due = due_date_of(task)
    match = _DURATION.fullmatch(due)
    if match is None or not any(match.groups()):
        if due:
            _say(task, "tenggat", nilai=due)
        return
    parts = ((match["weeks"], "minggu"), (match["days"], "hari"), (match["hours"], "jam"), (match["minutes"], "menit"))
    _say(task, "waktu", teks=" ".join(f"{int(amount)} {unit}" for amount, unit in parts if int(amount or 0)))


def translate_service(task: Element) -> None:
    definition = extension(task, f"{ZEEBE}taskDefinition")
    operation = task.get(f"{CAMUNDA}topic") or ("" if definition is None else definition.get("type", ""))
    service = _say(task, "layanan", operasi=operation) if operation else None
    if service is not None:
        for attributes in _inputs(task):
            etree.SubElement(service, f"{TK}parameter", attributes)


def _inputs(task: Element) -> Iterator[dict[str, str]]:
    for parameter in task.iter(f"{CAMUNDA}inputParameter"):
        if parameter.get("name") and text_of(parameter):
            yield {"nama": parameter.get("name", ""), "teks": text_of(parameter)}
    for mapping in task.iter(f"{ZEEBE}input"):
        if mapping.get("target") and mapping.get("source"):
            yield {"nama": mapping.get("target", ""), "nilai": mapping.get("source", "")}


def _script(task: Element) -> None:
    script = extension(task, f"{ZEEBE}script")
    if script is not None and not child_text(task, "script") and script.get("resultVariable"):
        own = etree.SubElement(task, f"{BPMN}script")
        own.text = f"{script.get('resultVariable')} = {script.get('expression', '').removeprefix('=').strip()}"
    written, result = task.find(f"{BPMN}script"), task.get(f"{CAMUNDA}resultVariable", "").strip()
    if written is not None and result:
        written.text = _with_result(text_of(written), result)


def _with_result(script: str, result: str) -> str:
    """The value of the last line is the result there."""
    before, _line, last = script.rstrip(";").rpartition("\n")
    return script if not last.strip() or _ASSIGNMENT.match(last) else f"{before}\n{result} = {last.strip()}"


def _decision(task: Element) -> None:
    called = extension(task, f"{ZEEBE}calledDecision")
    of_zeebe: dict[str, str] = {} if called is None else {str(name): str(value) for name, value in called.items()}
    of_spiff = text_of(extension(task, f"{SPIFF}calledDecisionId"))
    key = task.get(f"{CAMUNDA}decisionRef") or of_zeebe.get("decisionId") or of_spiff
    if not key:
        return
    result = task.get(f"{CAMUNDA}resultVariable") or of_zeebe.get("resultVariable", "")
    shape = _SHAPES.get(task.get(f"{CAMUNDA}mapDecisionResult", ""), "")
    _say(task, "keputusan", kunci=key, hasil=result, bentuk=shape)
    for ours, theirs in (("masukan", "input"), ("hasil", "output")):
        for mapping in task.iter(ZEEBE + theirs):
            if mapping.get("target") and mapping.get("source"):
                _carry(task, ours, nama=mapping.get("target", ""), nilai=mapping.get("source", ""))


def _called(activity: Element) -> None:
    called = extension(activity, f"{ZEEBE}calledElement")
    given: dict[str, str] = {} if called is None else {str(name): str(value) for name, value in called.items()}
    if called is not None and called.get("processId") and not activity.get("calledElement"):
        activity.set("calledElement", called.get("processId", ""))
    for ours, of_camunda, of_zeebe, propagates in (
        ("masukan", "in", "input", "propagateAllParentVariables"),
        ("hasil", "out", "output", "propagateAllChildVariables"),
    ):
        if extension(activity, TK + ours) is not None:
            continue
        if given.get(propagates) == "false" or any(
            each.get("variables") for each in activity.iter(CAMUNDA + of_camunda)
        ):
            _carry(activity, ours, semua=str(given.get(propagates) != "false").lower())
        elif of_zeebe == "input" and next(activity.iter(ZEEBE + of_zeebe), None) is not None:
            _carry(activity, ours, semua="true")  # what is mapped comes on top there
        for mapping in (*activity.iter(CAMUNDA + of_camunda), *activity.iter(ZEEBE + of_zeebe)):
            value = mapping.get("sourceExpression") or mapping.get("source")
            if mapping.get("target") and value:
                _carry(activity, ours, nama=mapping.get("target", ""), nilai=value)


def _carry(activity: Element, name: str, **attributes: str) -> None:
    """What goes into a called process or comes back from it; the first of them says whether all does."""
    holder = activity.find(f"{BPMN}extensionElements")
    if holder is not None:
        etree.SubElement(holder, TK + name, attributes)


def _loop(loop: Element) -> None:
    """Collections are attributes there and elements in BPMN."""
    zeebe = extension(loop, f"{ZEEBE}loopCharacteristics")
    given: dict[str, str] = {} if zeebe is None else {str(name): str(value) for name, value in zeebe.items()}
    collection = loop.get(f"{CAMUNDA}collection") or given.get("inputCollection")
    item = loop.get(f"{CAMUNDA}elementVariable") or given.get("inputElement")
    if collection and loop.find(f"{BPMN}loopDataInputRef") is None:
        etree.SubElement(loop, f"{BPMN}loopDataInputRef").text = collection
    if item and loop.find(f"{BPMN}inputDataItem") is None:
        etree.SubElement(loop, f"{BPMN}inputDataItem", id=item, name=item)
    if given.get("outputCollection") and loop.find(f"{BPMN}loopDataOutputRef") is None:
        etree.SubElement(loop, f"{BPMN}loopDataOutputRef").text = given["outputCollection"]
    if given.get("outputElement") and loop.find(f"{BPMN}outputDataItem") is None:
        name = given["outputElement"].removeprefix("=").strip()
        etree.SubElement(loop, f"{BPMN}outputDataItem", id=name, name=name)
