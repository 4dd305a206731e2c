from collections.abc import Iterator

from engine.base.i18n import _
from engine.bpmn.drawing import Drawing
from engine.bpmn.findings import info
from engine.bpmn.problems import Problem
from engine.bpmn.steps import outputs_of


def outputs(drawing: Drawing) -> Iterator[Problem]:
    """Every person's task leaves something behind: the output column of an SOP."""
    for task in drawing.user_tasks:
        if not outputs_of(task):
            yield info(task, "output.missing", _("“%(name)s” names no output."))
