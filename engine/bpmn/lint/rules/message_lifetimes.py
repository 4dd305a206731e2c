from collections.abc import Iterator

from engine.base.i18n import _
from engine.bpmn.drawing import Drawing
from engine.bpmn.findings import error
from engine.bpmn.message_terms import LIFETIME
from engine.bpmn.problems import Problem
from engine.bpmn.vocabulary import BPMN
from engine.expressions.errors import EvaluationFault
from engine.expressions.times import parse_duration


def message_lifetimes(drawing: Drawing) -> Iterator[Problem]:
    """How long a message is kept for somebody who does not wait yet is a duration of fixed length."""
    for said in drawing.root.iter(LIFETIME):
        holder = said.getparent()
        owner = None if holder is None else holder.getparent()
        text = said.get("selama", "").strip()
        if owner is None or not str(owner.tag).startswith(BPMN) or not text:
            continue
        try:
            parse_duration(text)
        except EvaluationFault:
            message = _(
                "“%(text)s”, as long as “%(name)s” is kept for a receiver, is not a duration. "
                "Write P7D (seven days), PT4H (four hours) or P0D (not at all)."
            )
            yield error(owner, "event.bad_lifetime", message, text=text[:100])
