"""How long an item waited and how long somebody had it: measured whenever it comes into a hand or leaves it."""

from dataclasses import dataclass
from typing import Any

from engine.base.unit_of_work import UnitOfWork
from engine.calendar.clocks import clock_of, minutes_run, running_values
from engine.calendar.hours import WorkingHours
from engine.calendar.queries import working_hours
from engine.worklist.model import WorkItem


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Minutes of working time in which the clock ran, before somebody took the item and after."""

    waited: int
    worked: int


def measured(minutes: int, before: Measured, *, is_held: bool) -> Measured:
    """All of `minutes` are shared out: what passed since `before` was measured belongs to where the item lay."""
    if is_held:
        waited = min(before.waited, minutes)
        return Measured(waited=waited, worked=minutes - waited)
    worked = min(before.worked, minutes)
    return Measured(waited=minutes - worked, worked=worked)


def measure(work: UnitOfWork, item: WorkItem) -> None:
    """Before an open item changes hands."""
    found = _measured(work, item, _hours(work, item))
    item.waited_minutes, item.worked_minutes = found.waited, found.worked


def closing_values(work: UnitOfWork, item: WorkItem) -> dict[str, Any]:
    """What its clock says in the end; one that stood still has run on just before."""
    hours = _hours(work, item)
    found = _measured(work, item, hours)
    values: dict[str, Any] = {"waited_minutes": found.waited, "worked_minutes": found.worked}
    return values | running_values(item, work.now, hours) if item.clock_stopped_at is not None else values


def _hours(work: UnitOfWork, item: WorkItem) -> WorkingHours:
    return working_hours(work.session, work.settings.zone, item.unit_id)


def _measured(work: UnitOfWork, item: WorkItem, hours: WorkingHours) -> Measured:
    before = Measured(waited=item.waited_minutes or 0, worked=item.worked_minutes or 0)
    minutes = minutes_run(item.opened_at, work.now, clock_of(item), hours)
    return measured(minutes, before, is_held=item.assignee_id is not None)
