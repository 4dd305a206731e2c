from collections.abc import Iterator

from engine.base.i18n import _
from engine.bpmn.drawing import Drawing
from engine.bpmn.findings import error
from engine.bpmn.joining import RESERVED
from engine.bpmn.problems import Problem


def reserved_ids(drawing: Drawing) -> Iterator[Problem]:
    """No id looks like one that elements of a called file get here."""
    for element in (*drawing.nodes, *drawing.flows):
        if RESERVED.fullmatch(element.get("id") or ""):
            message = _("The id of “%(name)s” begins with a number and “/”. Give it a name of letters and digits.")
            yield error(element, "element.bad_id", message)
