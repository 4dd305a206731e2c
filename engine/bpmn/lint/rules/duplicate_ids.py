from collections.abc import Iterator

from engine.base.i18n import _
from engine.bpmn.drawing import Drawing
from engine.bpmn.findings import error
from engine.bpmn.problems import Problem
from engine.bpmn.vocabulary import BPMN, kind_of, line_of


def duplicate_ids(drawing: Drawing) -> Iterator[Problem]:
    """An id names one element of the file (S16)."""
    first_seen: dict[str, int] = {}
    for element in drawing.root.iter(f"{BPMN}*"):
        identity = element.get("id")
        if not identity:
            continue
        if identity not in first_seen:
            first_seen[identity] = line_of(element)
        elif kind_of(element) == "process":
            message = _("Two processes have the id “%(id)s” (also on line %(first)s). Give one of them another id.")
            yield error(element, "process.duplicate_id", message, id=identity, first=first_seen[identity])
        else:
            message = _("The id “%(id)s” is used twice (also on line %(first)s). Give one element another id.")
            yield error(element, "element.duplicate_id", message, id=identity, first=first_seen[identity])
