"""How long an item waited and how long somebody had it: measured whenever it comes into a hand or leaves it."""

from dataclasses import dataclass
from typing import Any

from engine.base.unit_of_work import UnitOfWork
from engine.calendar.clocks import Clock, minutes_run, resumed
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
    found = _measured(work, item)
    item.waited_minutes, item.worked_minutes = found.waited, found.worked


def closing_values(work: UnitOfWork, item: WorkItem) -> dict[str, Any]:
    """What its clock says in the end; one that stood still has run on just before."""
    found = _measured(work, item)
    values: dict[str, Any] = {"waited_minutes": found.waited, "worked_minutes": found.worked}
    return values | running_values(work, item) if item.clock_stopped_at is not None else values


def running_values(work: UnitOfWork, item: WorkItem) -> dict[str, Any]:
    """Its clock as it runs again, with later deadlines."""
    clock = resumed(clock_of(item), work.now, working_hours(work.session, work.settings.zone, item.unit_id))
    return {
        "risk_at": clock.risk_at,
        "due_at": clock.due_at,
        "clock_stopped_at": clock.stopped_at,
        "stopped_minutes": clock.stopped_minutes,
    }


def clock_of(item: WorkItem) -> Clock:
    return Clock(
        risk_at=item.risk_at,
        due_at=item.due_at,
        stopped_at=item.clock_stopped_at,
        stopped_minutes=item.stopped_minutes,
    )


def _measured(work: UnitOfWork, item: WorkItem) -> Measured:
    hours = working_hours(work.session, work.settings.zone, item.unit_id)
    before = Measured(waited=item.waited_minutes or 0, worked=item.worked_minutes or 0)
    minutes = minutes_run(item.opened_at, work.now, clock_of(item), hours)
    return measured(minutes, before, is_held=item.assignee_id is not None)
