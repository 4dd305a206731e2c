"""When the planned cases of a simulated year must have begun, counted anew by plain means."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.audit.model import AuditEntry
from engine.execution.plan_model import PlannedStart, StartPlan
from engine.organisation.model import Employee
from tests.support.known_calendar import KnownCalendar
from tests.support.plain_working_time import DAY
from tests.support.simulated_plans import (
    DAYS_OF_MONTH,
    EVERY_MONTHS,
    FOR_PEOPLE,
    LEAD_DAYS,
    LOOKED_AT,
    MONTHLY,
    MONTHLY_HOUR,
    PERSONS_HOUR,
)
from tests.support.simulated_time import FIRST, LAST

Starts = dict[tuple[str, int | None, date], datetime]
FURTHEST = 30


def said_starts(session: Session, end: datetime) -> Starts:
    query = select(StartPlan.name, PlannedStart).join(StartPlan, StartPlan.id == PlannedStart.plan_id)
    begun = session.execute(query.where(PlannedStart.instance_id.is_not(None), PlannedStart.came_at <= end))
    return {(name, each.employee_id, each.planned_on): each.came_at for name, each in begun}


def counted_starts(session: Session, calendar: KnownCalendar, unit_id: int, end: datetime) -> Starts:
    """Those that came till then; the unit is that of the monthly ones."""
    starts: Starts = {}
    for day in (FIRST + number * DAY for number in range((LAST - FIRST).days)):
        if day.day in DAYS_OF_MONTH:
            starts[MONTHLY, None, day] = _came(calendar, day, DAY, MONTHLY_HOUR, unit_id)
    for employee_id, first in _first_days(session).items():
        for turn in range(3):
            day = _months_later(first, turn * EVERY_MONTHS)
            starts[FOR_PEOPLE, employee_id, day] = _came(calendar, day - LEAD_DAYS * DAY, -DAY, PERSONS_HOUR, None)
    return {key: came_at for key, came_at in starts.items() if came_at <= end}


def last_look(calendar: KnownCalendar) -> datetime:
    return calendar.at(LAST, LOOKED_AT)


def _came(calendar: KnownCalendar, meant: date, step: timedelta, hour: time, unit_id: int | None) -> datetime:
    """The first moment by which the case is to have begun, by what the calendar said then."""
    mornings = [calendar.at(meant + number * DAY, hour) for number in range(-FURTHEST, FURTHEST)]
    for moment in sorted((*mornings, *calendar.changed_at)):
        office, day = calendar.office_at(moment, unit_id), meant
        while not office.works_on(day):
            day += step
        if calendar.at(day, hour) <= moment:
            return moment
    raise LookupError(meant)


def _first_days(session: Session) -> Mapping[int, date]:
    ids = {name: employee_id for employee_id, name in session.execute(select(Employee.id, Employee.name))}
    added = session.scalars(select(AuditEntry.facts).where(AuditEntry.act == "plan.person_added"))
    return {ids[facts["whom"]]: date.fromisoformat(facts["day"]) for facts in added}


def _months_later(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    last = monthrange(day.year + years, month + 1)[1]
    return date(day.year + years, month + 1, min(day.day, last))
