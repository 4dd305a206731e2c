"""The people of a plan, each with her next day: one by one, or all of a unit from a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from engine.audit.operations import record
from engine.base.errors import Conflict, FieldProblem, Invalid, NotFound
from engine.base.i18n import _, as_day
from engine.base.spreadsheets import read_table
from engine.base.unit_of_work import UnitOfWork
from engine.execution import planned_starts
from engine.execution.beginning import Started
from engine.execution.plan_model import PlannedPerson, StartPlan
from engine.execution.plan_table import Named, Row, rows_of
from engine.execution.plan_timetable import at_once, forget_days, next_of_person, people_of, set_persons_next
from engine.execution.plans import plan_to_change
from engine.organisation.model import Employee

MOST_PEOPLE = 5_000
FURTHEST_YEARS = 60


class NotForPeople(Conflict):
    code = "plan.not_for_people"
    message = _("This plan starts cases by the calendar, not for people.")


class PersonNotPlanned(NotFound):
    code = "plan.person_not_planned"
    message = _("This person is not in the plan any more.")


class PersonWrong(Invalid):
    code = "plan.person_wrong"


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    added: int
    changed: int
    at_once: int


def add_person(work: UnitOfWork, plan_id: int, employee_id: int | None, next_on: date | None) -> int:
    """How many cases begin at once by it. Raises PersonWrong, also for somebody who is in the plan already."""
    plan = _plan_for_people(work, plan_id)
    employee = work.session.get(Employee, employee_id) if employee_id is not None else None
    if employee is None or not _is_here(work, employee):
        raise PersonWrong([_problem("person", "unknown", _("Choose somebody who works here."))])
    if work.session.get(PlannedPerson, (plan_id, employee.id)) is not None:
        message = _("%(name)s is in this plan already. Change her day in the list.")
        raise PersonWrong([_problem("person", "twice", message, name=employee.name)])
    day = _checked_day(work, plan, next_on)
    person = PlannedPerson(plan_id=plan.id, employee_id=employee.id, next_on=day, day_of_month=day.day)
    work.session.add(person)
    _wait_for(work, plan, [person])
    _record(work, "plan.person_added", plan, employee, day=day.isoformat())
    return len(at_once(work, plan, [person]))


def change_person(work: UnitOfWork, plan_id: int, employee_id: int, next_on: date | None) -> None:
    plan, person, employee = _planned(work, plan_id, employee_id)
    day = _checked_day(work, plan, next_on)
    if day != person.next_on:
        forget_days(work, [person])
        person.next_on, person.day_of_month = day, day.day
        _wait_for(work, plan, [person])
        _record(work, "plan.person_changed", plan, employee, day=day.isoformat())


def remove_person(work: UnitOfWork, plan_id: int, employee_id: int) -> None:
    plan, person, employee = _planned(work, plan_id, employee_id)
    forget_days(work, [person])
    work.session.delete(person)
    _record(work, "plan.person_removed", plan, employee)


def start_for_person_now(work: UnitOfWork, plan_id: int, employee_id: int) -> Started:
    """Without waiting for her day; her next one comes after the usual time."""
    plan, person, _employee = _planned(work, plan_id, employee_id)
    forget_days(work, [person])
    return planned_starts.start_now_for(work, plan, person)


def import_people(work: UnitOfWork, plan_id: int, content: bytes) -> Imported:
    """All rows of a table or none: raises a TableRefused, or PersonWrong with each row that is wrong."""
    plan = _plan_for_people(work, plan_id)
    today = work.today
    rows = rows_of(read_table(content), _employees(work), today)
    known = {person.employee_id: person for person in people_of(work.session, plan.id)}
    if len(known.keys() | {row.employee_id for row in rows}) > MOST_PEOPLE:
        raise _too_many("file")
    changed = [row for row in rows if row.employee_id in known and known[row.employee_id].next_on != row.next_on]
    as_they_were = {each for each, person in known.items() if each not in {row.employee_id for row in changed}}
    forget_days(work, [known[row.employee_id] for row in changed])
    people = [_kept(work, plan, known.get(row.employee_id), row) for row in rows]
    _wait_for(work, plan, people)
    added = sum(row.employee_id not in known for row in rows)
    record(work, "plan.people_imported", "start_plan", plan.id, name=plan.name, created=added, changed=len(changed))
    moved = [person for person in people if person.employee_id not in as_they_were]
    return Imported(added=added, changed=len(changed), at_once=len(at_once(work, plan, moved)))


def _kept(work: UnitOfWork, plan: StartPlan, person: PlannedPerson | None, row: Row) -> PlannedPerson:
    day = row.next_on
    if person is None:
        person = PlannedPerson(plan_id=plan.id, employee_id=row.employee_id, next_on=day, day_of_month=day.day)
        work.session.add(person)
    elif person.next_on != day:
        person.next_on, person.day_of_month = day, day.day
    return person


def _employees(work: UnitOfWork) -> dict[str, Named]:
    query = select(Employee.nip, Employee.id, Employee.name, Employee.left_on).where(Employee.nip.is_not(None))
    return {
        nip: Named(employee_id=employee_id, name=name, left_on=left_on)
        for nip, employee_id, name, left_on in work.session.execute(query)
        if nip is not None
    }


def _wait_for(work: UnitOfWork, plan: StartPlan, people: Sequence[PlannedPerson]) -> None:
    work.session.flush()
    count = select(func.count()).select_from(PlannedPerson).where(PlannedPerson.plan_id == plan.id)
    if (work.session.scalar(count) or 0) > MOST_PEOPLE:
        raise _too_many("person")
    if plan.is_on:
        set_persons_next(work, plan, people)


def _too_many(field: str) -> PersonWrong:
    return PersonWrong([_problem(field, "too_many", _("A plan holds at most %(most)s people."), most=MOST_PEOPLE)])


def _plan_for_people(work: UnitOfWork, plan_id: int) -> StartPlan:
    plan = plan_to_change(work, plan_id)
    if plan.every_months is None:
        raise NotForPeople
    return plan


def _planned(work: UnitOfWork, plan_id: int, employee_id: int) -> tuple[StartPlan, PlannedPerson, Employee]:
    plan = _plan_for_people(work, plan_id)
    person = work.session.get(PlannedPerson, (plan_id, employee_id))
    if person is None:
        raise PersonNotPlanned
    return plan, person, work.session.get_one(Employee, employee_id)


def _checked_day(work: UnitOfWork, plan: StartPlan, day: date | None) -> date:
    today = work.today
    if day is None:
        raise PersonWrong([_problem("next_on", "required", _("Give the day as in 24/12/2026."))])
    if day < today:
        following = _following(plan, day, today)
        message = _("%(day)s is past. If that turn is done, give the next one: %(next)s.")
        places = {"day": as_day(day), "next": as_day(following)}
        raise PersonWrong([_problem("next_on", "past", message, **places)])
    if day.year > today.year + FURTHEST_YEARS:
        raise PersonWrong([_problem("next_on", "too_far", _("Nobody works here that long. Give an earlier day."))])
    return day


def _following(plan: StartPlan, day: date, today: date) -> date:
    person = PlannedPerson(next_on=day, day_of_month=day.day)
    while person.next_on < today:
        person.next_on = next_of_person(plan, person)
    return person.next_on


def _is_here(work: UnitOfWork, employee: Employee) -> bool:
    today = work.today
    return employee.left_on is None or today < employee.left_on


def _record(work: UnitOfWork, act: str, plan: StartPlan, employee: Employee, **facts: Any) -> None:
    record(work, act, "start_plan", plan.id, name=plan.name, whom=employee.name, **facts)


def _problem(field: str, code: str, message: str, **params: Any) -> FieldProblem:
    return FieldProblem(name=field, code=f"plan.{code}", message=message, params=params)
