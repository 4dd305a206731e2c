import re
from collections.abc import Iterator

from engine.base.i18n import _
from engine.bpmn.drawing import Drawing
from engine.bpmn.findings import error
from engine.bpmn.problems import Problem

NAME = re.compile(r"[^\W\d][\w.-]*")
# Words that stand in addresses where the id of a process stands in others.
RESERVED = frozenset({"rencana", "unggah", "versi"})


def process_ids(drawing: Drawing) -> Iterator[Problem]:
    """The id of a process is a name (XML NCName), for it is also the address of the procedure."""
    for process in drawing.processes:
        if not NAME.fullmatch(process.get("id") or ""):
            message = _("The id of the process “%(name)s” must be a name of letters, digits, “_”, “-” and “.” only.")
            yield error(process, "process.bad_id", message)
        elif process.get("id") in RESERVED:
            message = _("The process id “%(id)s” is the address of another page. Give the process another id.")
            yield error(process, "process.reserved_id", message, id=process.get("id"))
