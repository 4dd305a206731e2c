from collections.abc import Iterator

from engine.base.i18n import _
from engine.bpmn.drawing import Drawing
from engine.bpmn.findings import missing
from engine.bpmn.problems import Problem
from engine.bpmn.steps import performer_of


def performers(drawing: Drawing) -> Iterator[Problem]:
    """Somebody does every person's task."""
    for task in drawing.user_tasks:
        if performer_of(drawing, task) is None:
            message = _("Nobody is named who does “%(name)s”. Put it into the lane of a position.")
            yield missing(task, "performer.missing", message)
