"""The clock of a task, and of its case, stands still while it waits for the applicant or for another office."""

from dataclasses import dataclass
from datetime import datetime

from engine.access.permissions import Permission
from engine.audit.operations import record
from engine.base.errors import Conflict, FieldProblem, Invalid
from engine.base.i18n import _
from engine.base.rows import update_row
from engine.base.text import one_line
from engine.base.unit_of_work import UnitOfWork
from engine.calendar.clocks import running_values
from engine.calendar.queries import working_hours
from engine.execution.advance import locked_instance
from engine.execution.model import Instance
from engine.sla.model import ClockStop, WaitsFor
from engine.sla.recounting import item_moments, stops_of_items
from engine.sla.standing_still import begin_stop, end_stops, open_stops
from engine.worklist.behalf import acting_for, said
from engine.worklist.deadlines import Moments, cancel_deadlines, schedule_deadlines_again
from engine.worklist.errors import WorkItemNotFound
from engine.worklist.model import WorkItem
from engine.worklist.operations import item_for

REASON_LENGTH = 300
BY_HAND = (WaitsFor.APPLICANT, WaitsFor.OTHER_OFFICE)


class ClockStands(Conflict):
    code = "clock.stands"
    message = _("The clock of this task stands still already.")


class ClockRuns(Conflict):
    code = "clock.runs"
    message = _("The clock of this task runs already.")


class StopRefused(Invalid):
    code = "clock.stop_refused"
    message = _("Say for whom the case waits, and why.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed:
    """When the work was due before its clock ran again, and when it is due now."""

    was_due_at: datetime | None
    due_at: datetime | None


def stop_clock(work: UnitOfWork, work_item_id: int, waits_for: str, reason: str) -> None:
    """From now on no working time counts, until the clock runs again; nobody is reminded meanwhile.

    Raises StopRefused with the fields that lack something, ClockStands.
    """
    item, instance = _locked(work, work_item_id)
    whom, why = _checked(waits_for, reason)
    if item.clock_stopped_at is not None:
        raise ClockStands
    update_row(work.session, item, clock_stopped_at=work.now)
    cancel_deadlines(work, item.id)
    stop = ClockStop(work_item_id=item.id, waits_for=whom, reason=why, stopped_by_id=work.actor.employee_id)
    begin_stop(work, instance, stop)
    facts = {"title": item.title, "waits_for": whom, "reason": why, **said(acting_for(work, item))}
    record(work, "work_item.clock_stopped", "work_item", item.id, item.instance_id, **facts)


def resume_clock(work: UnitOfWork, work_item_id: int) -> Resumed:
    """Its deadlines come later by the working time for which it stood still; raises ClockRuns.

    They are counted anew, for the calendar may have changed meanwhile.
    """
    item, instance = _locked(work, work_item_id)
    if item.clock_stopped_at is None:
        raise ClockRuns
    hours = working_hours(work.session, work.settings.zone, item.unit_id)
    was_due_at, running = item.due_at, running_values(item, work.now, hours)
    end_stops(work, instance, [stop for stop in open_stops(work, instance.id) if stop.work_item_id == item.id])
    recounted = item_moments(work, item, instance.version_id, stops_of_items(work, [item.id]))
    update_row(work.session, item, **running | recounted)
    if item.risk_at is not None and item.due_at is not None:
        moments = Moments(work_item_id=item.id, instance_id=item.instance_id, risk_at=item.risk_at, due_at=item.due_at)
        schedule_deadlines_again(work, [moments])
    due = {"due_at": item.due_at.isoformat()} if item.due_at else {}
    facts = {"title": item.title, **due, **said(acting_for(work, item))}
    record(work, "work_item.clock_resumed", "work_item", item.id, item.instance_id, **facts)
    return Resumed(was_due_at=was_due_at, due_at=item.due_at)


def _locked(work: UnitOfWork, work_item_id: int) -> tuple[WorkItem, Instance]:
    """Lock order is instance, then item."""
    found = work.session.get(WorkItem, work_item_id)
    if found is None:
        raise WorkItemNotFound
    instance = locked_instance(work, found.instance_id)
    return item_for(work, work_item_id, Permission.STOP_CLOCK), instance


def _checked(waits_for: str, reason: str) -> tuple[WaitsFor, str]:
    why, problems = one_line(reason), []
    if waits_for not in BY_HAND:
        text = _("Choose for whom the case waits.")
        problems.append(FieldProblem(name="waits_for", code="clock.for_nobody", message=text))
    if not why:
        text = _("Say what is waited for, such as: the applicant brings her diploma.")
        problems.append(FieldProblem(name="reason", code="clock.no_reason", message=text))
    elif len(why) > REASON_LENGTH:
        text = _("This is longer than %(limit)s characters.")
        problem = FieldProblem(name="reason", code="clock.too_long", message=text, params={"limit": REASON_LENGTH})
        problems.append(problem)
    if problems:
        raise StopRefused(fields=problems)
    return WaitsFor(waits_for), why
