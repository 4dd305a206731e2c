"""Whose cases a plan begins at once, since their moment has passed: shown before somebody agrees to it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select, true

from engine.base.unit_of_work import UnitOfWork
from engine.execution.plan_model import PlannedPerson, StartPlan
from engine.execution.plan_timetable import at_once
from engine.organisation.model import Employee


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginsNow:
    """`on` is the day for which the case is meant."""

    employee_id: int
    name: str
    on: date


def begins_now(work: UnitOfWork, plan_id: int, employee_id: int | None = None) -> tuple[BeginsNow, ...]:
    """Of all its people, or of one, by name; nobody's while the plan is off, or starts its cases by the calendar."""
    query = (
        select(PlannedPerson, Employee.name)
        .join(Employee, Employee.id == PlannedPerson.employee_id)
        .where(PlannedPerson.plan_id == plan_id, true() if employee_id is None else Employee.id == employee_id)
        .order_by(Employee.name, Employee.id)
    )
    names = dict(work.session.execute(query).all())
    people = at_once(work, work.session.get_one(StartPlan, plan_id), tuple(names))
    return tuple(BeginsNow(employee_id=each.employee_id, name=names[each], on=each.next_on) for each in people)
