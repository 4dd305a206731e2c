from collections.abc import Iterator

from engine.base.i18n import _
from engine.bpmn.drawing import Drawing
from engine.bpmn.findings import warning
from engine.bpmn.problems import Problem
from engine.bpmn.vocabulary import TASKS, kind_of

MOST_STEPS = 20


def length(drawing: Drawing) -> Iterator[Problem]:
    """A procedure that people can keep in mind has at most twenty steps."""
    for process in drawing.processes:
        steps = sum(1 for element in process.iter() if kind_of(element) in TASKS)
        if steps > MOST_STEPS:
            message = _("“%(name)s” has %(count)s steps. More than %(most)s are hard to follow: divide it.")
            yield warning(process, "process.long", message, count=steps, most=MOST_STEPS)
