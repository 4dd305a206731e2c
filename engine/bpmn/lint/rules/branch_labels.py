from collections.abc import Iterator

from engine.base.i18n import _
from engine.bpmn.drawing import Drawing
from engine.bpmn.findings import label_of, warning
from engine.bpmn.problems import Problem
from engine.bpmn.vocabulary import kind_of


def branch_labels(drawing: Drawing) -> Iterator[Problem]:
    """Who looks at a decision reads on its arrows what leads where."""
    for gateway in drawing.nodes:
        branches = drawing.outgoing(gateway)
        if kind_of(gateway) in ("exclusiveGateway", "inclusiveGateway") and len(branches) > 1:
            for branch in branches:
                if not (branch.get("name") or "").strip():
                    message = _(
                        "A branch of “%(gateway)s” has no label. Write on it what it means, such as Ya or Tidak."
                    )
                    yield warning(branch, "branch.no_label", message, gateway=label_of(gateway))
