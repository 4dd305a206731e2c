from collections.abc import Iterator

from engine.base.i18n import _
from engine.bpmn.drawing import Drawing
from engine.bpmn.findings import error
from engine.bpmn.problems import Problem
from engine.bpmn.steps import effort_minutes_of
from engine.bpmn.vocabulary import TK, extension


def effort_norms(drawing: Drawing) -> Iterator[Problem]:
    """An effort norm is a number of minutes."""
    for task in drawing.user_tasks:
        norm = extension(task, f"{TK}norma")
        if norm is not None and effort_minutes_of(task) is None:
            message = _("The effort norm “%(value)s” of “%(name)s” is no number of minutes. Write one, such as 15.")
            yield error(task, "effort_norm.bad", message, value=norm.get("menit", "")[:80])
