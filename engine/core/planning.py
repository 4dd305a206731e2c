"""Planned starts as the rest of the house takes part in them: the calendar moves them, and the secretariat is told."""

from collections.abc import Callable, Mapping
from typing import Any

from engine.access.model import Role
from engine.base.unit_of_work import UnitOfWork
from engine.calendar.events import CalendarChanged
from engine.core import reactions
from engine.execution import plan_timetable, planned_starts
from engine.execution.events import PlannedStartFailed
from engine.notifications.operations import notify
from engine.sla import moving

JOBS: dict[str, Callable[[UnitOfWork, Mapping[str, Any]], None]] = {
    plan_timetable.PLAN_JOB: planned_starts.start_planned,
    plan_timetable.PERSON_JOB: planned_starts.start_for_person,
    plan_timetable.MOVE_JOB: plan_timetable.move_moments,
}


def tell_of_failed_start(work: UnitOfWork, event: PlannedStartFailed) -> None:
    """The secretariat hears of it; where nobody has that role, the administrators."""
    told = reactions.people_in(work, Role.SECRETARIAT) or reactions.administrators(work)
    kind = "plan.not_started_for" if event.whom else "plan.not_started"
    facts = {"name": event.name, "whom": event.whom, "reason": event.reason}
    notify(work, told, kind, f"plan.not_started:{event.start_id}", facts)


def move_all(work: UnitOfWork, event: CalendarChanged) -> None:
    """Open deadlines and planned starts."""
    moving.move_all(work, event)
    plan_timetable.move_all(work)


REACTIONS: dict[type[Any], Callable[[UnitOfWork, Any], None]] = {PlannedStartFailed: tell_of_failed_start}
