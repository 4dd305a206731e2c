from collections.abc import Iterator
from typing import Any

from engine.base.i18n import _
from engine.bpmn.asked_decisions import asked_decision
from engine.bpmn.drawing import Drawing
from engine.bpmn.findings import label_of, missing
from engine.bpmn.problems import Problem
from engine.bpmn.vocabulary import Element, child_text, event_definitions, kind_of, trigger_of


def conditions(drawing: Drawing) -> Iterator[Problem]:
    """Every branch of a decision says when it is taken; conditional events say when they happen."""
    for node in drawing.nodes:
        branches = drawing.outgoing(node)
        if len(branches) > 1 and _is_to_be_decided(node, branches):
            decider = _decider(drawing, node)
            for branch in branches:
                if branch.get("id") != node.get("default") and not child_text(branch, "conditionExpression"):
                    message = _(
                        "The branch “%(name)s” of “%(gateway)s” does not say when it is taken. "
                        "Give it a condition, such as lengkap == true."
                    )
                    yield missing(branch, "condition.missing", message, gateway=label_of(node), **decider)
                    decider = {}
        for definition in event_definitions(node):
            if trigger_of(definition) == "conditional" and not child_text(definition, "condition"):
                message = _("The event “%(name)s” has no condition. Give it one, such as lengkap == true.")
                yield missing(node, "condition.missing", message)


def _decider(drawing: Drawing, gateway: Element) -> dict[str, Any]:
    """Whose step may be asked: told with the first branch alone, since it answers for all of them."""
    asked = asked_decision(drawing, gateway)
    return {"decider": label_of(asked.step), "options": [words for _value, words in asked.options]} if asked else {}


def _is_to_be_decided(gateway: Element, branches: list[Element]) -> bool:
    """Beside branches with conditions, an inclusive gateway may have some that are always taken (BPMN 13.4.3)."""
    if kind_of(gateway) == "inclusiveGateway":
        return not any(child_text(branch, "conditionExpression") for branch in branches)
    return kind_of(gateway) == "exclusiveGateway"
