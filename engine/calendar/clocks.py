"""The clock of a step or a case: it runs on working time, may stand still, and its deadlines wait for it meanwhile."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Protocol

from engine.calendar.hours import NOTHING, WorkingHours, add_working_time, working_time_between

MINUTE = timedelta(minutes=1)
Stop = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """`stopped_at` is set while it stands still; `stopped_minutes` is how long it did so before."""

    risk_at: datetime | None
    due_at: datetime | None
    stopped_at: datetime | None = None
    stopped_minutes: int = 0


class Clocked(Protocol):
    """A row that keeps the clock of a step, or of a whole case."""

    @property
    def risk_at(self) -> datetime | None: ...

    @property
    def due_at(self) -> datetime | None: ...

    @property
    def clock_stopped_at(self) -> datetime | None: ...

    @property
    def stopped_minutes(self) -> int: ...


def clock_of(row: Clocked) -> Clock:
    return Clock(
        risk_at=row.risk_at,
        due_at=row.due_at,
        stopped_at=row.clock_stopped_at,
        stopped_minutes=row.stopped_minutes,
    )


def running_values(row: Clocked, now: datetime, hours: WorkingHours) -> dict[str, Any]:
    """The columns of its clock as it runs again, with later deadlines."""
    clock = resumed(clock_of(row), now, hours)
    return {
        "risk_at": clock.risk_at,
        "due_at": clock.due_at,
        "clock_stopped_at": clock.stopped_at,
        "stopped_minutes": clock.stopped_minutes,
    }


def resumed(clock: Clock, now: datetime, hours: WorkingHours) -> Clock:
    """It runs again: its moments come later by exactly the working time that passed meanwhile."""
    if clock.stopped_at is None:
        return clock
    stood = working_time_between(clock.stopped_at, now, hours)
    return replace(
        clock,
        risk_at=later(clock.risk_at, stood, hours),
        due_at=later(clock.due_at, stood, hours),
        stopped_at=None,
        stopped_minutes=clock.stopped_minutes + whole_minutes(stood),
    )


def later(moment: datetime | None, duration: timedelta, hours: WorkingHours) -> datetime | None:
    """The moment after so much more working time; itself where that is none, even outside office hours."""
    return moment if moment is None or duration <= NOTHING else add_working_time(moment, duration, hours)


def time_stopped(stops: Iterable[Stop], hours: WorkingHours) -> timedelta:
    """Working time in any of the stops; where several overlap, it counts once."""
    total, reached = NOTHING, None
    for begin, end in sorted(stops):
        start = begin if reached is None else max(begin, reached)
        total += working_time_between(start, end, hours)
        reached = end if reached is None else max(end, reached)
    return total


def minutes_run(begin: datetime, end: datetime, clock: Clock, hours: WorkingHours) -> int:
    """Whole minutes of working time in which the clock ran."""
    stood = clock.stopped_minutes
    if clock.stopped_at is not None:
        stood += whole_minutes(working_time_between(clock.stopped_at, end, hours))
    return max(0, whole_minutes(working_time_between(begin, end, hours)) - stood)


def whole_minutes(duration: timedelta) -> int:
    return duration // MINUTE
