from collections.abc import Iterator

from engine.base.i18n import _
from engine.bpmn.drawing import Drawing
from engine.bpmn.findings import error
from engine.bpmn.problems import Problem


def flow_ends(drawing: Drawing) -> Iterator[Problem]:
    """A sequence flow joins two elements of the scope that it is drawn in (S16)."""
    for flow in drawing.flows:
        source = drawing.by_id.get(flow.get("sourceRef") or "")
        target = drawing.by_id.get(flow.get("targetRef") or "")
        if source is None or target is None:
            message = _("The arrow “%(name)s” has no beginning or no end in this file. Draw it again.")
            yield error(flow, "flow.loose", message)
        elif not source.getparent() is target.getparent() is flow.getparent():
            message = _(
                "The arrow “%(name)s” crosses the border of a sub-process or pool. "
                "Let it end at the border, or use a message."
            )
            yield error(flow, "flow.crosses_scope", message)
