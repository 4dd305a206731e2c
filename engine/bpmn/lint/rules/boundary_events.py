from collections.abc import Iterator

from engine.base.i18n import _
from engine.bpmn.drawing import Drawing, triggers
from engine.bpmn.findings import error, missing
from engine.bpmn.problems import Problem
from engine.bpmn.vocabulary import ACTIVITIES, Element, kind_of


def boundary_events(drawing: Drawing) -> Iterator[Problem]:
    """A boundary event sits on an activity of its own scope and is entered by its event only."""
    for event in (node for node in drawing.nodes if kind_of(node) == "boundaryEvent"):
        host = drawing.host_of(event)
        if host is None:
            yield error(event, "boundary.no_host", _("The event “%(name)s” sits on nothing. Attach it to a step."))
            continue
        yield from _on_right_host(event, host)
        if drawing.incoming(event):
            message = _("An arrow leads to the event “%(name)s” on the border of a step. Remove that arrow.")
            yield error(event, "boundary.has_incoming", message)
        if "compensate" in triggers(event) and event.get("id") not in drawing.handlers:
            message = _("“%(name)s” compensates nothing. Draw an association from it to the step that undoes the work.")
            yield missing(event, "boundary.no_handler", message)


def _on_right_host(event: Element, host: Element) -> Iterator[Problem]:
    if kind_of(host) not in ACTIVITIES or host.getparent() is not event.getparent():
        message = _("The event “%(name)s” cannot sit on “%(host)s”. Attach it to a step of the same process.")
        yield error(event, "boundary.wrong_host", message, host=host.get("name") or host.get("id") or "")
    elif "cancel" in triggers(event) and kind_of(host) != "transaction":
        message = _("The cancel event “%(name)s” may only sit on a transaction.")
        yield error(event, "boundary.wrong_host", message)
