"""Diagrams as the server draws them, with what the case has done and where it waits."""

from collections.abc import Mapping
from datetime import datetime

from markupsafe import Markup
from sqlalchemy.orm import Session

from engine.bpmn.diagram import diagram_svg, step_svg
from engine.bpmn.marks import Mark
from engine.definitions.queries import source_of
from engine.execution.incidents import incidents_of_case
from engine.execution.journeys import element_marks
from engine.worklist.queries import open_items_of_case
from webui.language import language


def case_marks(session: Session, instance_id: int, now: datetime) -> dict[str, Mark]:
    """What the diagram says of each element; what is worse is said last, and stays."""
    marks = {
        seen.element: Mark.ACTIVE if seen.living else Mark.DONE
        for seen in element_marks(session, instance_id)
        if seen.living or seen.passed
    }
    for line in open_items_of_case(session, instance_id):
        if line.due_at and line.due_at <= now:
            marks[line.element] = Mark.LATE
        elif line.risk_at and line.risk_at <= now and marks.get(line.element) is not Mark.LATE:
            marks[line.element] = Mark.AT_RISK
    for incident in incidents_of_case(session, instance_id):
        marks[incident.element] = Mark.INCIDENT
    return marks


def whole_picture(session: Session, version_id: int, marks: Mapping[str, Mark]) -> Markup:
    # The drawing escapes all text from the file; see engine/bpmn/svg.py.
    return Markup(diagram_svg(source_of(session, version_id), marks, language()))  # noqa: S704


def picture_of_step(session: Session, version_id: int, element: str, marks: Mapping[str, Mark]) -> Markup:
    return Markup(step_svg(source_of(session, version_id), element, marks, language()))  # noqa: S704
