from collections.abc import Iterator

from engine.base.i18n import _
from engine.bpmn.drawing import Drawing
from engine.bpmn.findings import error, missing
from engine.bpmn.graph import PerformerKind
from engine.bpmn.performers import WAYS, performer_of, steps_to_differ_from, way_of
from engine.bpmn.problems import Problem
from engine.bpmn.vocabulary import Element


def performers(drawing: Drawing) -> Iterator[Problem]:
    """Somebody does every person's task, and what is said of her can be understood."""
    for task in drawing.user_tasks:
        performer = performer_of(drawing, task)
        if performer is None:
            message = _("Nobody is named who does “%(name)s”. Put it into the lane of a position.")
            yield missing(task, "performer.missing", message)
        elif performer.kind is PerformerKind.SAME_AS:
            yield from _unknown_steps(drawing, task, performer.refs)
        yield from _unknown_steps(drawing, task, steps_to_differ_from(drawing, task))
        way = way_of(drawing, task)
        if way and way not in WAYS:
            message = _("The work of “%(name)s” is shared in no known way: “%(way)s”. Write one of: %(ways)s.")
            yield error(task, "performer.unknown_way", message, way=way, ways=", ".join(WAYS))


def _unknown_steps(drawing: Drawing, task: Element, steps: tuple[str, ...]) -> Iterator[Problem]:
    """A pair of four eyes with a step that is not there would bind nobody."""
    known = {each.get("id") for each in drawing.user_tasks}
    for step in steps:
        if step not in known:
            message = _("“%(name)s” refers to the step “%(step)s”, which is no task of a person in this diagram.")
            yield error(task, "performer.unknown_step", message, step=step)
