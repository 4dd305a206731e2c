"""Who carries how much, who is away, what falls due soon, and what nobody has taken for long."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Subquery, func, select

from engine.base.unit_of_work import Reading
from engine.calendar.hours import end_of_working_day, subtract_working_time
from engine.calendar.queries import working_hours
from engine.insight.counting import count, total
from engine.insight.open_now import IS_OPEN, OpenStanding, stands_open
from engine.insight.people import whose_figures, works_in
from engine.insight.steps import falls_due
from engine.insight.within import OF_OPEN, Within, matches
from engine.organisation.model import Absence, Employee
from engine.worklist.model import WorkItem

SOON_DAYS = 3
MOST_PEOPLE = 200
WAITS_LONG_HOURS = 4
MOST_HOURS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadLine:
    """What a person holds now; `norm_minutes` is the effort that it takes by the norms, as far as they are known."""

    employee_id: int
    name: str
    open: int
    late: int
    at_risk: int
    due_soon: int
    norm_minutes: int
    away_until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """What falls due until `due_until`, lies in a queue since `opened_until` or longer, and what is nobody's.

    `standing_still` is what waits for somebody outside.
    """

    due_until: datetime
    due_soon: int
    opened_until: datetime
    unclaimed: int
    nobodys: int
    standing_still: int


def load(reading: Reading, within: Within, due_until: datetime, limit: int = MOST_PEOPLE) -> tuple[LoadLine, ...]:
    """Everybody who works in the units or holds work there; the most laden first, the idle last."""
    held = _held(reading, within, due_until)
    today = reading.today
    away = (
        select(Absence.employee_id, func.max(Absence.ends_on).label("away_until"))
        .where(Absence.starts_on <= today, Absence.ends_on >= today)
        .group_by(Absence.employee_id)
        .subquery()
    )
    columns = (func.coalesce(held.c[name], 0).label(name) for name in ("open", "late", "at_risk", "due_soon"))
    norm = func.coalesce(held.c.norm_minutes, 0).label("norm_minutes")
    query = (
        select(Employee.id.label("employee_id"), Employee.name, *columns, norm, away.c.away_until)
        .outerjoin(held, held.c.employee_id == Employee.id)
        .outerjoin(away, away.c.employee_id == Employee.id)
        .where(
            Employee.left_on.is_(None) | (Employee.left_on > today),
            whose_figures(reading),
            works_in(reading, within.units) | held.c.open.is_not(None),
        )
        .order_by(func.coalesce(held.c.open, 0).desc(), Employee.name, Employee.id)
        .limit(limit)
    )
    return tuple(LoadLine(**row._mapping) for row in reading.session.execute(query))


def ahead(reading: Reading, within: Within, waits_hours: int = WAITS_LONG_HOURS) -> Ahead:
    """Three working days from now, and as many working hours back."""
    hours = working_hours(reading.session, reading.settings.zone)
    due_until = end_of_working_day(reading.now, SOON_DAYS, hours)
    opened_until = subtract_working_time(reading.now, timedelta(hours=waits_hours), hours)
    unclaimed = stands_open(OpenStanding.UNCLAIMED, reading) & (WorkItem.opened_at <= opened_until)
    nobodys = stands_open(OpenStanding.NOBODYS, reading)
    standing_still = stands_open(OpenStanding.STOPPED, reading)
    counted = (falls_due(reading.now, due_until), unclaimed, nobodys, standing_still)
    row = reading.session.execute(select(*map(count, counted)).where(IS_OPEN, matches(within, OF_OPEN))).one()
    due_soon, long_unclaimed, without, stopped = map(int, row)
    return Ahead(
        due_until=due_until,
        due_soon=due_soon,
        opened_until=opened_until,
        unclaimed=long_unclaimed,
        nobodys=without,
        standing_still=stopped,
    )


def _held(reading: Reading, within: Within, due_until: datetime) -> Subquery:
    return (
        select(
            WorkItem.assignee_id.label("employee_id"),
            func.count().label("open"),
            count(stands_open(OpenStanding.LATE, reading)).label("late"),
            count(stands_open(OpenStanding.AT_RISK, reading)).label("at_risk"),
            count(falls_due(reading.now, due_until)).label("due_soon"),
            total(WorkItem.norm_minutes).label("norm_minutes"),
        )
        .where(IS_OPEN, WorkItem.assignee_id.is_not(None), matches(within, OF_OPEN))
        .group_by(WorkItem.assignee_id)
        .subquery()
    )
