"""A case in words: its journey step by step, and its data with the questions that were asked for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from engine.base.unit_of_work import Reading
from engine.calendar.hours import working_time_between
from engine.calendar.queries import working_hours
from engine.definitions.graphs import form_of, graph_of
from engine.execution.incidents import IncidentLine, incidents_of_case
from engine.execution.journeys import JourneyLine, journey
from engine.execution.queries import CaseDetail
from engine.forms.display import NOTHING, displayed
from engine.forms.model import Field, Form, options_of
from engine.worklist.model import WorkItemState
from engine.worklist.queries import pool_names
from webui.language import language
from webui.pages.work_item_views import view_of
from webui.texts import _


@dataclass(frozen=True, slots=True, kw_only=True)
class JourneyStep:
    """`took` is working time, from the arrival of the step till its end or now."""

    line: JourneyLine
    took: timedelta
    is_late: bool
    who: str
    answers: list[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    steps: tuple[JourneyStep, ...]
    incidents: tuple[IncidentLine, ...]


def journey_of(reading: Reading, case: CaseDetail) -> Journey:
    hours = working_hours(reading.session, reading.settings.zone)
    forms = forms_by_element(reading.session, case.version_id)
    return Journey(
        steps=tuple(
            JourneyStep(
                line=line,
                took=working_time_between(line.opened_at, line.closed_at or reading.now, hours),
                who=_who(reading.session, line),
                is_late=line.due_at is not None and (line.closed_at or reading.now) > line.due_at,
                answers=view_of(forms.get(line.element), line.answers or {}, case.variables),
            )
            for line in journey(reading.session, case.instance_id)
        ),
        incidents=incidents_of_case(reading.session, case.instance_id),
    )


def _who(session: Session, line: JourneyLine) -> str:
    """Who has it, or whose queue it lies in."""
    if line.state is not WorkItemState.OPEN:
        return line.closed_by_name or ""
    return line.assignee_name or ", ".join(pool_names(session, line.work_item_id))


def forms_by_element(session: Session, version_id: int) -> dict[str, Form]:
    """The form of each step that has one, by the step's id in the file."""
    return {
        node.bpmn_id: form_of(session, version_id, node.step.form_key)
        for node in graph_of(session, version_id).nodes.values()
        if node.step is not None and node.step.form_key
    }


def facts_of(session: Session, version_id: int, variables: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What the case knows, with the question that was asked for it; the rest by its name."""
    asked = {
        question.key: question for form in forms_by_element(session, version_id).values() for question in form.fields
    }
    return [(_label(key, asked), _text(value, asked.get(key), variables)) for key, value in variables.items()]


def _label(key: str, asked: Mapping[str, Field]) -> str:
    if key in asked and asked[key].label:
        return asked[key].label
    return _("Title") if key == "judul" else key.replace("_", " ").capitalize()


def _text(value: Any, question: Field | None, variables: Mapping[str, Any]) -> str:
    if question is not None:
        return displayed(question, value, options_of(question, variables), language())
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list | tuple):
        return ", ".join(str(item) for item in value) or NOTHING
    return NOTHING if value in (None, "") else str(value)
