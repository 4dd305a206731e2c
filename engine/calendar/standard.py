"""From the standard time of a step to its two moments: when it is at risk, and when it is due."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.calendar.clocks import whole_minutes
from engine.calendar.hours import WorkingHours, add_working_time, end_of_working_day, portion, working_time_between

RISK_FRACTION = 0.75


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadlines:
    """`risk_at` is the moment at 75 % of the working time allowed, `due_at` at 100 %, after so many `minutes` of it."""

    risk_at: datetime
    due_at: datetime
    minutes: int


def deadlines(
    opened_at: datetime, hours: WorkingHours, *, working_minutes: int | None = None, working_days: int | None = None
) -> Deadlines | None:
    """The moments of a step opened at `opened_at`; None for a step without a standard time."""
    due = due_at(opened_at, hours, working_minutes=working_minutes, working_days=working_days)
    if due is None:
        return None
    return deadlines_until(opened_at, due, hours)


def deadlines_until(opened_at: datetime, due: datetime, hours: WorkingHours) -> Deadlines:
    """The same where the moment itself is known."""
    minutes = whole_minutes(working_time_between(opened_at, due, hours))
    return Deadlines(risk_at=portion(opened_at, due, RISK_FRACTION, hours), due_at=due, minutes=minutes)


def due_at(
    start: datetime, hours: WorkingHours, *, working_minutes: int | None = None, working_days: int | None = None
) -> datetime | None:
    """Working days end with the office's closing; minutes run on the working clock, after the days if there are any."""
    if working_days is None and working_minutes is None:
        return None
    begin = start if working_days is None else end_of_working_day(start, working_days, hours)
    return begin if working_minutes is None else add_working_time(begin, timedelta(minutes=working_minutes), hours)
