from collections.abc import Iterator

from engine.base.i18n import _
from engine.bpmn.drawing import Drawing
from engine.bpmn.findings import error
from engine.bpmn.problems import Problem
from engine.bpmn.vocabulary import kind_of


def event_gateways(drawing: Drawing) -> Iterator[Problem]:
    """After an event-based gateway come events that are waited for, or receive tasks."""
    for gateway in (node for node in drawing.nodes if kind_of(node) == "eventBasedGateway"):
        if gateway.get("eventGatewayType") == "Parallel":
            message = _("“%(name)s” is to begin a case when all its events have happened, which is not supported.")
            yield error(gateway, "element.unsupported", message, kind="eventBasedGateway")
        for flow in drawing.outgoing(gateway):
            target = drawing.by_id.get(flow.get("targetRef") or "")
            if target is not None and kind_of(target) not in ("intermediateCatchEvent", "receiveTask"):
                message = _("After “%(name)s” only events that are waited for may come, not “%(target)s”.")
                label = target.get("name") or target.get("id") or ""
                yield error(gateway, "event_gateway.wrong_target", message, target=label)
