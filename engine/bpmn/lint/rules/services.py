from collections.abc import Iterator

from engine.base.i18n import _
from engine.bpmn.drawing import Drawing
from engine.bpmn.findings import missing
from engine.bpmn.operations import OPERATIONS
from engine.bpmn.problems import Problem
from engine.bpmn.vocabulary import TK, extension, kind_of


def services(drawing: Drawing) -> Iterator[Problem]:
    """A service task asks for an operation that this installation knows."""
    for task in drawing.nodes:
        service = extension(task, f"{TK}layanan")
        operation = "" if service is None else service.get("operasi", "").strip()
        if kind_of(task) == "serviceTask" and not operation:
            message = _("The service task “%(name)s” does not say what is to be done. Choose one of: %(operations)s.")
            yield missing(task, "service.missing", message, operations=", ".join(sorted(OPERATIONS)))
        elif operation and operation not in OPERATIONS:
            message = _("“%(name)s” asks for “%(operation)s”, which is not known here. Choose one of: %(operations)s.")
            known = ", ".join(sorted(OPERATIONS))
            yield missing(task, "service.unknown", message, operation=operation[:80], operations=known)
