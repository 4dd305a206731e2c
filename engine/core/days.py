"""What begins and ends with a day: appointments, absences, employments. A job just after midnight, local time."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import and_, or_, select

from engine.base.unit_of_work import UnitOfWork
from engine.execution.routing import ask_again
from engine.jobs.operations import schedule_again
from engine.organisation.model import Absence, Employee, Holding, Position

DAY_JOB = "office.day_began"
JUST_AFTER_MIDNIGHT = time(0, 1)
# At start-up nobody knows when the office last had a day; what began or ended longer ago was seen then.
LONGEST_PAUSE = timedelta(days=31)


def begin_day(work: UnitOfWork, payload: Mapping[str, Any]) -> None:
    """Work of those whose appointment or absence has begun or ended since then is asked again to whom it belongs."""
    today = work.today
    since = date.fromisoformat(payload["since"]) if "since" in payload else today - LONGEST_PAUSE
    _ask(work, since, today)
    tomorrow = datetime.combine(today + timedelta(days=1), JUST_AFTER_MIDNIGHT, work.settings.zone)
    schedule_again(work, DAY_JOB, DAY_JOB, tomorrow, {"since": today.isoformat()})


def _ask(work: UnitOfWork, since: date, today: date) -> None:
    begun_or_over = or_(
        and_(Holding.starts_on > since, Holding.starts_on <= today),
        and_(Holding.ends_on >= since, Holding.ends_on < today),
    )
    holdings = work.session.execute(select(Holding.position_id, Holding.employee_id).where(begun_or_over)).all()
    left = and_(Employee.left_on > since, Employee.left_on <= today)
    away = or_(
        and_(Absence.starts_on > since, Absence.starts_on <= today),
        and_(Absence.ends_on >= since, Absence.ends_on < today),
    )
    gone = work.session.execute(
        select(Holding.position_id, Holding.employee_id)
        .join(Employee)
        .where(or_(left, Employee.id.in_(select(Absence.employee_id).where(away))))
    ).all()
    closed = work.session.scalars(
        select(Position.id).where(Position.closed_on > since, Position.closed_on <= today)
    ).all()
    positions = {row.position_id for row in (*holdings, *gone)} | set(closed)
    ask_again(work, positions, {row.employee_id for row in (*holdings, *gone)})
