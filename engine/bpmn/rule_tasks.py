"""What a `tk:keputusan` element says: the decision that a business rule task asks, and what becomes of the answer."""

from collections.abc import Container, Iterator

from engine.base.i18n import _
from engine.bpmn.decision import DecisionCall, Shape
from engine.bpmn.dmn.reading import Decisions
from engine.bpmn.drawing import Drawing
from engine.bpmn.findings import missing
from engine.bpmn.problems import MISSING_DECISION, Problem
from engine.bpmn.vocabulary import TK, Element, extension, kind_of

RULE_TASK = "businessRuleTask"
SHAPES = frozenset(Shape)


def asked_by(task: Element) -> str:
    """The id of a decision; nothing where the task names none."""
    return _said(task, "kunci")


def result_of(task: Element) -> str:
    return _said(task, "hasil")


def shape_of(task: Element) -> str:
    return _said(task, "bentuk").lower()


def decision_call_of(task: Element, decisions: Decisions) -> DecisionCall | None:
    if kind_of(task) != RULE_TASK or not asked_by(task):
        return None
    return DecisionCall(
        decision_id=asked_by(task),
        decisions=decisions.needed_for(asked_by(task)),
        result=result_of(task) or None,
        shape=Shape(shape_of(task)),
    )


def asked_decisions(drawing: Drawing) -> frozenset[str]:
    return frozenset(filter(None, (asked_by(task) for task in drawing.nodes if kind_of(task) == RULE_TASK)))


def missing_decisions(drawing: Drawing, known: Container[str]) -> Iterator[Problem]:
    """Whether an earlier version has it is settled when the version is kept."""
    for task in drawing.nodes:
        asked = asked_by(task) if kind_of(task) == RULE_TASK else ""
        if asked and asked not in known:
            message = _(
                "“%(name)s” asks the decision “%(decision)s”. Upload the DMN file with it together with the diagram."
            )
            yield missing(task, MISSING_DECISION, message, decision=asked)


def _said(task: Element, name: str) -> str:
    said = extension(task, f"{TK}keputusan")
    return "" if said is None else said.get(name, "").strip()
