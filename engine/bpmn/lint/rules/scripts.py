from collections.abc import Iterator

from engine.base.i18n import _
from engine.bpmn.drawing import Drawing
from engine.bpmn.findings import error, missing
from engine.bpmn.problems import Problem
from engine.bpmn.vocabulary import child_text, kind_of
from engine.expressions.errors import ExpressionFault
from engine.expressions.expression import Script


def scripts(drawing: Drawing) -> Iterator[Problem]:
    """A script is a list of assignments and nothing else (S29)."""
    for task in (node for node in drawing.nodes if kind_of(node) == "scriptTask"):
        text = child_text(task, "script")
        if not text:
            message = _("The script task “%(name)s” has no script. Write assignments, such as total = harga * jumlah.")
            yield missing(task, "script.missing", message)
            continue
        try:
            Script(text)
        except ExpressionFault as fault:
            yield error(
                task,
                "script.bad",
                _(
                    "The script of “%(name)s” cannot be used: line %(script_line)s. %(reason)s "
                    "A script may only assign values, such as total = harga * jumlah."
                ),
                script_line=text[: fault.offset].count("\n") + 1,
                place=fault.offset + 1,
                reason={"message": fault.message, "params": fault.params},
            )
