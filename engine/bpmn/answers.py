"""What a draft lacks, answered by a person, written into her drawing; the rest of the file stays as it is."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from lxml import etree

from engine.base.errors import FieldProblem, Invalid
from engine.base.i18n import _
from engine.bpmn import answer_writing as writing
from engine.bpmn.asked_decisions import AskedDecision
from engine.bpmn.findings import GIVEN_ID
from engine.bpmn.normalise import give_ids
from engine.bpmn.problems import UNKNOWN_CALL, Problem
from engine.bpmn.vocabulary import BPMN, Element
from engine.bpmn.xml import parse
from engine.expressions.errors import ExpressionFault

MOST_TEXT = 4_000
NOT_UNDERSTOOD = _("This cannot be understood at character %(place)s. %(reason)s")
Parts = Mapping[str, str]


class AnswerKind(StrEnum):
    CONDITION = "condition"  # parts: text, or default, or asked
    TIMER = "timer"
    PERFORMER = "performer"
    STANDARD_TIME = "standard_time"  # parts: text, unit
    CALL = "call"
    NAME = "name"
    OPERATION = "operation"
    PARAMETER = "parameter"  # which one is part of the key
    SCRIPT = "script"
    LOOP = "loop"


KINDS: Mapping[str, AnswerKind] = MappingProxyType(
    {
        "condition.missing": AnswerKind.CONDITION,
        "timer.missing": AnswerKind.TIMER,
        "performer.missing": AnswerKind.PERFORMER,
        "standard_time.missing": AnswerKind.STANDARD_TIME,
        "standard_time.bad": AnswerKind.STANDARD_TIME,
        "call.missing": AnswerKind.CALL,
        UNKNOWN_CALL: AnswerKind.CALL,
        "event.no_name": AnswerKind.NAME,
        "service.missing": AnswerKind.OPERATION,
        "service.unknown": AnswerKind.OPERATION,
        "service.parameter_missing": AnswerKind.PARAMETER,
        "script.missing": AnswerKind.SCRIPT,
        "loop.missing": AnswerKind.LOOP,
    }
)
_WRITERS = {
    AnswerKind.CONDITION: writing.write_condition,
    AnswerKind.TIMER: writing.write_timer,
    AnswerKind.PERFORMER: writing.write_performer,
    AnswerKind.STANDARD_TIME: writing.write_standard_time,
    AnswerKind.CALL: writing.write_call,
    AnswerKind.NAME: writing.write_name,
    AnswerKind.OPERATION: writing.write_operation,
    AnswerKind.PARAMETER: writing.write_parameter,
    AnswerKind.SCRIPT: writing.write_script,
    AnswerKind.LOOP: writing.write_loop,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A problem that can be answered in words; `place` is the id of its element, drawn there or given by us."""

    key: str
    kind: AnswerKind
    place: str
    problem: Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    question: Question
    parts: Parts


class AnswersRefused(Invalid):
    code = "answers.refused"
    message = _("Some of the answers cannot be used. Nothing was changed.")


def questions_of(problems: Collection[Problem]) -> tuple[Question, ...]:
    """Each place is asked once for the same thing."""
    found: dict[str, Question] = {}
    for problem in problems:
        place, kind = problem.element or problem.params.get("given_id"), KINDS.get(problem.code)
        if place and kind is not None:
            key = "/".join(filter(None, (kind, place, _parameter(problem))))
            found.setdefault(key, Question(key=key, kind=kind, place=place, problem=problem))
    return tuple(found.values())


def is_blank(kind: AnswerKind, parts: Parts) -> bool:
    said = {name for name, text in parts.items() if text.strip()}
    return not said - {"unit"} and not (kind is AnswerKind.STANDARD_TIME and parts.get("unit") == writing.AS_NEEDED)


def with_answers(source: bytes, answers: Sequence[Answer]) -> bytes:
    """The file with all answers in it; raises AnswersRefused with one entry for each that cannot be used."""
    root = _tree(source)
    elements = _elements(root, {answer.question.place for answer in answers})
    refused = [problem for answer in answers for problem in _write(elements, answer)]
    if refused:
        raise AnswersRefused(fields=refused)
    return etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8")


def decisions_asked(source: bytes, answers: Sequence[Answer]) -> tuple[AskedDecision, ...]:
    """What the steps before will ask, by answers that `with_answers` took."""
    asking = {answer.question.place for answer in answers if answer.parts.get("asked")}
    return tuple(
        writing.decision_before(flow) for flow in _elements(_tree(source), asking).values() if flow.get("id") in asking
    )


def _write(elements: Mapping[str, Element], answer: Answer) -> list[FieldProblem]:
    key, element = answer.question.key, elements.get(answer.question.place)
    if element is None:
        return [FieldProblem(name=key, code="answer.no_place", message=writing.GONE)]
    try:
        parts = {"text": "", **{name: text.strip() for name, text in answer.parts.items()}}
        parts["parameter"] = _parameter(answer.question.problem)
        if any(len(text) > MOST_TEXT or not writing.STORABLE.fullmatch(text) for text in parts.values()):
            raise writing.NotUsable(_("This text is too long, or has characters that a diagram cannot hold."))
        _WRITERS[answer.question.kind](element, parts)
    except writing.NotUsable as fault:
        return [FieldProblem(name=key, code="answer.not_usable", message=fault.message, params=fault.params)]
    except ExpressionFault as fault:
        told = {"place": fault.offset + 1, "reason": {"message": fault.message, "params": fault.params}}
        return [FieldProblem(name=key, code="answer.not_usable", message=NOT_UNDERSTOOD, params=told)]
    return []


def _parameter(problem: Problem) -> str:
    return str(problem.params.get("parameter", ""))


def _tree(source: bytes) -> Element:
    """With comments and all: this file goes back to its designer."""
    parse(source)  # raises BadDiagram; what comes through is bounded and has no entities
    parser: Any = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    root: Element = etree.fromstring(source, parser)
    return root


def _elements(root: Element, places: Collection[str]) -> dict[str, Element]:
    found = _by_id(root)
    if any(place not in found for place in places):
        list(give_ids(root))
        for element in root.iter(f"{BPMN}*"):
            if element.get(GIVEN_ID):
                del element.attrib[GIVEN_ID]
        found = _by_id(root)
    return found


def _by_id(root: Element) -> dict[str, Element]:
    found: dict[str, Element] = {}
    for element in root.iter(f"{BPMN}*"):
        if element.get("id"):
            found.setdefault(element.get("id") or "", element)
    return found
