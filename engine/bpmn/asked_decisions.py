"""A decision that a drawing leaves open is put to whoever does the step before it, with one button for each branch."""

import re
from dataclasses import dataclass

from engine.bpmn.drawing import Drawing
from engine.bpmn.vocabulary import BPMN, TK, Element, child_text, extension, kind_of

LONGEST_WORD = 60
_LOOPS = ("standardLoopCharacteristics", "multiInstanceLoopCharacteristics")


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedDecision:
    """What the step asks; `options` are a value, which the conditions of the branches compare, and its words."""

    step: Element
    branches: tuple[Element, ...]
    question: str
    options: tuple[tuple[str, str], ...]

    @property
    def form_key(self) -> str:
        return f"putuskan-{self.step.get('id')}"

    @property
    def variable(self) -> str:
        return f"keputusan_{_word(self.branches[0].get('sourceRef') or '')}"


def asked_decision(drawing: Drawing, gateway: Element) -> AskedDecision | None:
    """Only behind one person's step that asks nothing yet, and with branches that say what they mean."""
    step, branches = _step_before(drawing, gateway), tuple(drawing.outgoing(gateway))
    if step is None or kind_of(gateway) != "exclusiveGateway":
        return None
    words = [_name(branch) for branch in branches]
    values = [_word(words_of_one) for words_of_one in words]
    if not all(values) or len(set(values)) < len(values) or any(map(_has_condition, branches)):
        return None
    return AskedDecision(
        step=step,
        branches=branches,
        question=_name(gateway) or _name(step),
        options=tuple(zip(values, words, strict=True)),
    )


def _step_before(drawing: Drawing, gateway: Element) -> Element | None:
    """Plain and manual tasks too, as a file has them before it is read: in a lane a person does them."""
    before = drawing.incoming(gateway)
    step = drawing.by_id.get(before[0].get("sourceRef") or "") if len(before) == 1 else None
    if step is None or kind_of(step) not in ("userTask", "task", "manualTask") or not step.get("id"):
        return None
    is_taken = extension(step, f"{TK}formulir") is not None or any(
        step.find(BPMN + loop) is not None for loop in _LOOPS
    )
    return None if is_taken else step


def _has_condition(branch: Element) -> bool:
    return bool(child_text(branch, "conditionExpression"))


def _name(element: Element) -> str:
    return " ".join((element.get("name") or "").split())[:LONGEST_WORD]


def _word(text: str) -> str:
    return re.sub(r"\W+", "_", text.casefold()).strip("_")
