"""Plans as their pages show them: what each says, for whom, and what became of its moments."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select, true
from sqlalchemy.orm import Session

from engine.access.permissions import Permission, require
from engine.base.alphabet import in_alphabet, stands_after
from engine.base.paging import PAGE_SIZE, Page, id_from_cursor, name_and_id_from_cursor, page_of
from engine.base.unit_of_work import Reading
from engine.definitions.model import ProcessDefinition
from engine.execution.model import Instance
from engine.execution.plan_model import OnHoliday, PlannedPerson, PlannedStart, StartPlan
from engine.execution.plans import PlanNotFound
from engine.jobs.model import Job
from engine.organisation.holders import main_holding
from engine.organisation.holdings import held_from, holdings_on
from engine.organisation.model import Employee, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLine:
    """`next_at` is when its next case begins, None while it is off or waits for people; `failed` starts lie there."""

    plan_id: int
    name: str
    title: str
    definition_id: int
    definition_key: str
    definition_name: str
    unit_id: int | None
    unit_name: str | None
    crontab: str | None
    every_months: int | None
    lead_days: int
    on_holiday: OnHoliday
    variables: Mapping[str, Any]
    is_on: bool
    people: int
    failed: int
    next_at: datetime | None
    next_on: date | None
    made_by: str

    @property
    def is_for_people(self) -> bool:
        return self.crontab is None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLine:
    employee_id: int
    name: str
    nip: str | None
    next_on: date
    left_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StartLine:
    """What came of a moment: the case that began, or why none did; neither when the case was removed since."""

    start_id: int
    plan_id: int
    plan_name: str
    definition_name: str
    whom: str | None
    planned_on: date
    came_at: datetime
    number: str | None
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """One person in the table that is filled in and sent back."""

    nip: str
    name: str
    next_on: date | None


def plan_lines(reading: Reading) -> tuple[PlanLine, ...]:
    """All of them, by name; an office has dozens."""
    return _plan_lines(reading, true())


def plan_line(reading: Reading, plan_id: int) -> PlanLine:
    """Raises PlanNotFound."""
    found = _plan_lines(reading, StartPlan.id == plan_id)
    if not found:
        raise PlanNotFound
    return found[0]


def people_page(reading: Reading, plan_id: int, cursor: str | None = None, size: int = PAGE_SIZE) -> Page[PersonLine]:
    require(reading.actor, Permission.SEE_PLANS)
    query = (
        select(Employee.id, Employee.name, Employee.nip, PlannedPerson.next_on, Employee.left_on)
        .join(PlannedPerson, PlannedPerson.employee_id == Employee.id)
        .where(PlannedPerson.plan_id == plan_id)
        .order_by(in_alphabet(Employee.name), Employee.id)
        .limit(size + 1)
    )
    if cursor:
        query = query.where(stands_after(Employee.name, Employee.id, *name_and_id_from_cursor(cursor)))
    rows = [
        PersonLine(employee_id=row.id, name=row.name, nip=row.nip, next_on=row.next_on, left_on=row.left_on)
        for row in reading.session.execute(query)
    ]
    return page_of(rows, size, lambda line: (line.name, line.employee_id))


def starts_page(
    reading: Reading, plan_id: int | None = None, cursor: str | None = None, size: int = PAGE_SIZE
) -> Page[StartLine]:
    """What came of past moments, the latest first."""
    require(reading.actor, Permission.SEE_PLANS)
    query = _starts().order_by(PlannedStart.id.desc()).limit(size + 1)
    if plan_id is not None:
        query = query.where(PlannedStart.plan_id == plan_id)
    if cursor:
        query = query.where(PlannedStart.id < id_from_cursor(cursor))
    rows = [StartLine(**row._mapping) for row in reading.session.execute(query)]
    return page_of(rows, size, lambda line: (line.start_id,))


def failed_starts(reading: Reading, most: int = PAGE_SIZE) -> tuple[StartLine, ...]:
    """Those that wait to be tried again, the oldest first."""
    require(reading.actor, Permission.SEE_PLANS)
    query = _starts().where(PlannedStart.reason.is_not(None)).order_by(PlannedStart.id).limit(most)
    return tuple(StartLine(**row._mapping) for row in reading.session.execute(query))


def table_rows(reading: Reading, plan_id: int, unit_ids: frozenset[int]) -> tuple[TableRow, ...]:
    """Everyone whose own unit is one of these, with the day that the plan has for her."""
    require(reading.actor, Permission.PLAN_STARTS)
    on = reading.today
    held: dict[int, list[Any]] = {}
    for each in held_from(reading.session.execute(holdings_on(on)).all()):
        held.setdefault(each.employee_id, []).append(each)
    mains = {employee_id: main_holding(each) for employee_id, each in held.items()}
    wanted = {employee_id for employee_id, main in mains.items() if main is not None and main.unit_id in unit_ids}
    query = (
        select(Employee.id, Employee.nip, Employee.name, PlannedPerson.next_on)
        .outerjoin(PlannedPerson, and_(PlannedPerson.employee_id == Employee.id, PlannedPerson.plan_id == plan_id))
        .order_by(in_alphabet(Employee.name), Employee.id)
    )
    return tuple(
        TableRow(nip=row.nip or "", name=row.name, next_on=row.next_on)
        for row in reading.session.execute(query)
        if row.id in wanted
    )


def _starts() -> Any:
    return (
        select(
            PlannedStart.id.label("start_id"),
            PlannedStart.plan_id,
            StartPlan.name.label("plan_name"),
            ProcessDefinition.name.label("definition_name"),
            Employee.name.label("whom"),
            PlannedStart.planned_on,
            PlannedStart.came_at,
            Instance.number,
            PlannedStart.reason,
        )
        .join(StartPlan, StartPlan.id == PlannedStart.plan_id)
        .join(ProcessDefinition, ProcessDefinition.id == StartPlan.definition_id)
        .outerjoin(Employee, Employee.id == PlannedStart.employee_id)
        .outerjoin(Instance, Instance.id == PlannedStart.instance_id)
    )


def _plan_lines(reading: Reading, wanted: ColumnElement[bool]) -> tuple[PlanLine, ...]:
    require(reading.actor, Permission.SEE_PLANS)
    session = reading.session
    query = (
        select(
            StartPlan,
            ProcessDefinition.key,
            ProcessDefinition.name.label("definition_name"),
            Unit.name.label("unit_name"),
            Job.due_at,
        )
        .join(ProcessDefinition, ProcessDefinition.id == StartPlan.definition_id)
        .outerjoin(Unit, Unit.id == StartPlan.unit_id)
        .outerjoin(Job, Job.id == StartPlan.job_id)
        .where(wanted)
        .order_by(in_alphabet(StartPlan.name), StartPlan.id)
    )
    people, failed = _people(session), _failed(session)
    return tuple(
        _line(plan, key, name, unit, due_at, people.get(plan.id, (0, None)), failed.get(plan.id, 0))
        for plan, key, name, unit, due_at in session.execute(query)
    )


def _line(
    plan: StartPlan,
    key: str,
    definition_name: str,
    unit_name: str | None,
    due_at: datetime | None,
    people: tuple[int, date | None],
    failed: int,
) -> PlanLine:
    count, next_on = people
    return PlanLine(
        plan_id=plan.id,
        name=plan.name,
        title=plan.title,
        definition_id=plan.definition_id,
        definition_key=key,
        definition_name=definition_name,
        unit_id=plan.unit_id,
        unit_name=unit_name,
        crontab=plan.crontab,
        every_months=plan.every_months,
        lead_days=plan.lead_days,
        on_holiday=OnHoliday(plan.on_holiday),
        variables=plan.variables,
        is_on=plan.is_on,
        people=count,
        failed=failed,
        next_at=due_at,
        next_on=next_on,
        made_by=plan.made_by,
    )


def _people(session: Session) -> dict[int, tuple[int, date | None]]:
    """How many each plan has, and the nearest of their days."""
    columns = (PlannedPerson.plan_id, func.count().label("count"), func.min(PlannedPerson.next_on).label("next_on"))
    return {
        plan_id: (count, next_on)
        for plan_id, count, next_on in session.execute(select(*columns).group_by(PlannedPerson.plan_id))
    }


def _failed(session: Session) -> dict[int, int]:
    count = func.count().label("failed")
    query = select(PlannedStart.plan_id, count).where(PlannedStart.reason.is_not(None)).group_by(PlannedStart.plan_id)
    return {row.plan_id: row.failed for row in session.execute(query)}
