"""Diagrams as the server draws them, with what the case has done and where it waits."""

from collections.abc import Mapping
from datetime import datetime

from markupsafe import Markup
from sqlalchemy.orm import Session

from engine.bpmn.diagram import diagram_svg, step_svg
from engine.bpmn.joining import home_of
from engine.bpmn.marks import Mark
from engine.definitions.queries import source_of
from engine.execution.journeys import element_marks
from engine.sla.states import SlaState, sla_state
from engine.worklist.queries import open_items_of_case
from webui.language import language


def case_marks(session: Session, instance_id: int, now: datetime) -> dict[str, Mark]:
    """What the diagrams say of each node; what is worse is said last, and stays."""
    seen = element_marks(session, instance_id)
    marks = {mark.node: Mark.ACTIVE if mark.living else Mark.DONE for mark in seen if mark.living or mark.passed}
    for line in open_items_of_case(session, instance_id):
        stands = sla_state(
            risk_at=line.risk_at, due_at=line.due_at, closed_at=None, now=now, stopped_at=line.clock_stopped_at
        )
        if stands is SlaState.LATE:
            marks[line.node] = Mark.LATE
        elif stands is SlaState.AT_RISK and marks.get(line.node) is not Mark.LATE:
            marks[line.node] = Mark.AT_RISK
    return marks | {mark.node: Mark.INCIDENT for mark in seen if mark.has_failed}


def marks_in_file(marks: Mapping[str, Mark], version_id: int, own_version_id: int) -> dict[str, Mark]:
    """Of the marks of a case those in one of its files, by the ids that stand there."""
    homes = ((home_of(node, own_version_id), mark) for node, mark in marks.items())
    return {element: mark for (home, element), mark in homes if home == version_id}


def whole_picture(session: Session, version_id: int, marks: Mapping[str, Mark]) -> Markup:
    # The drawing escapes all text from the file; see engine/bpmn/svg.py.
    return Markup(diagram_svg(source_of(session, version_id), marks, language()))  # noqa: S704


def picture_of_step(session: Session, version_id: int, node_id: str, marks: Mapping[str, Mark]) -> Markup:
    """The step in the file where it is drawn; `version_id` is that of the case."""
    home, element = home_of(node_id, version_id)
    found = marks_in_file(marks, home, version_id)
    return Markup(step_svg(source_of(session, home), element, found, language()))  # noqa: S704
