from collections.abc import Iterator

from engine.base.i18n import _
from engine.bpmn.drawing import Drawing
from engine.bpmn.findings import error
from engine.bpmn.problems import Problem

LONGEST = 180  # the key of the file comes before it where another one calls (see joining)
LONGEST_OF_PROCESS = 120  # it is also the name of the procedure in addresses


def long_ids(drawing: Drawing) -> Iterator[Problem]:
    """An id is kept with every step of every case, in columns of a given width."""
    bounds = ((drawing.processes, LONGEST_OF_PROCESS), (drawing.nodes, LONGEST))
    for element, most in ((element, most) for elements, most in bounds for element in elements):
        if len(element.get("id") or "") > most:
            message = _("The id of “%(name)s” is longer than %(most)s characters. Give it a shorter one.")
            yield error(element, "element.long_id", message, most=most)
