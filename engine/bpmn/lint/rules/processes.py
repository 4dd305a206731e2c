from collections.abc import Iterator

from engine.base.i18n import _
from engine.bpmn.drawing import Drawing
from engine.bpmn.findings import error, info, missing
from engine.bpmn.problems import Problem


def processes(drawing: Drawing) -> Iterator[Problem]:
    """A file holds a process with something drawn in it."""
    if not drawing.processes:
        yield error(
            drawing.root, "process.none", _("There is no process in this file. Draw one, then upload it again.")
        )
        return
    empty = [process for process in drawing.processes if drawing.is_empty(process)]
    if len(empty) == len(drawing.processes):
        message = _("The process “%(name)s” is empty. Draw a start, at least one step, and an end.")
        yield missing(empty[0], "process.empty", message)
        return
    for process in empty:
        yield info(process, "process.outside", _("Nothing is drawn in “%(name)s”; it is read as somebody outside."))
