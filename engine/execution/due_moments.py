"""When a step, and the whole case, is at risk and due: by what the procedure says, on the calendar of its unit."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from engine.base.unit_of_work import UnitOfWork
from engine.bpmn.graph import ProcessGraph, Step
from engine.calendar.clocks import clock_of, minutes_run, running_values
from engine.calendar.functions import calendar_functions
from engine.calendar.hours import WorkingHours, end_of_working_day
from engine.calendar.queries import working_hours
from engine.calendar.standard import Deadlines, deadlines, deadlines_until
from engine.execution.counted_times import standard_time_in
from engine.execution.model import Instance
from engine.execution.promises import promised_at
from engine.expressions.errors import EvaluationFault
from engine.expressions.times import DATE, DURATION, DURATION_TEXT, parse_timer

WHOLE_DAY = len("2026-12-31")


def step_deadlines(work: UnitOfWork, step: Step, unit_id: int | None, variables: Mapping[str, Any]) -> Deadlines | None:
    """None for a step that may take as long as it takes."""
    standard = standard_time_in(step, variables)
    if standard is None and step.due is None:
        return None
    hours = working_hours(work.session, work.settings.zone, unit_id)
    due = _computed(work, step, unit_id, variables, hours)
    if due is not None:
        return deadlines_until(work.now, due, hours)
    if standard is None:
        return None
    return deadlines(work.now, hours, working_minutes=standard.working_minutes, working_days=standard.working_days)


def beginning_values(work: UnitOfWork, graph: ProcessGraph, process_id: str, unit_id: int | None) -> dict[str, Any]:
    """The clock of a case that begins now; without deadlines where nobody can say when it should be over."""
    hours = working_hours(work.session, work.settings.zone, unit_id)
    promised = promised_at(graph, process_id, work.now, hours)
    moments = None if promised is None else deadlines_until(work.now, promised, hours)
    return {
        "risk_at": moments.risk_at if moments else None,
        "due_at": moments.due_at if moments else None,
        "overdue_at": None,
        "clock_stopped_at": None,
        "stopped_minutes": 0,
        "elapsed_minutes": None,
    }


def ending_values(work: UnitOfWork, instance: Instance) -> dict[str, Any]:
    """What the clock of a case says in the end; who ends its stop finds that it stood still till then."""
    hours = working_hours(work.session, work.settings.zone, instance.unit_id)
    values: dict[str, Any] = {"elapsed_minutes": minutes_run(instance.started_at, work.now, clock_of(instance), hours)}
    if instance.clock_stopped_at is None:
        return values
    return values | running_values(instance, work.now, hours) | {"clock_stopped_at": instance.clock_stopped_at}


def _computed(
    work: UnitOfWork, step: Step, unit_id: int | None, variables: Mapping[str, Any], hours: WorkingHours
) -> datetime | None:
    """The moment that the step itself names. One that this case does not know leaves the standard time standing."""
    if step.due is None:
        return None
    zone = work.settings.zone
    try:
        value = step.due.evaluate(variables, calendar_functions(work.session, zone, work.now, unit_id))
        day = _day(value)
        if day is not None:
            midnight = parse_timer(DATE, day.isoformat(), work.now, zone).due_at
            return end_of_working_day(midnight, 0, hours)
        return parse_timer(_kind(value), value, work.now, zone).due_at
    except EvaluationFault:
        return None


def _day(value: object) -> date | None:
    """A day without an hour ends with its office hours."""
    if isinstance(value, datetime):
        return None
    if isinstance(value, date):
        return value
    if isinstance(value, str) and len(value.strip()) == WHOLE_DAY:
        try:
            return date.fromisoformat(value.strip())
        except ValueError:
            return None
    return None


def _kind(value: object) -> str:
    return DURATION if isinstance(value, str) and DURATION_TEXT.fullmatch(value.strip()) else DATE
