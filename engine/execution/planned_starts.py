"""Planned cases begin: exactly once each, by jobs; what cannot begin is kept with its reason, to be tried again."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from babel.dates import format_date
from sqlalchemy import select

from engine.access.permissions import Permission, require
from engine.audit.operations import record
from engine.base.edition import read_edition
from engine.base.errors import Conflict, NotFound, TataKerjaError
from engine.base.i18n import _
from engine.base.unit_of_work import UnitOfWork
from engine.definitions.graphs import graph_of
from engine.definitions.model import ProcessDefinition
from engine.definitions.queries import in_force
from engine.execution.ahead import begins_by_hand
from engine.execution.beginning import Started, start_by_plan
from engine.execution.errors import NothingInForce
from engine.execution.events import PlannedStartFailed
from engine.execution.model import Incident
from engine.execution.plan_model import PlannedPerson, PlannedStart, StartPlan
from engine.execution.plan_timetable import (
    PERSON_JOB,
    PLAN_JOB,
    is_awaited,
    next_of_person,
    set_next,
    set_persons_next,
)
from engine.jobs.events import JobGivenUp
from engine.organisation.model import Employee, Unit
from engine.organisation.queries import main_unit_of

PERSON, NIP, DAY = "pegawai", "nip", "tanggal"  # variables of a planned case
LONGEST_REASON = 300


class NoPlanCanStartIt(Conflict):
    code = "plan.begins_by_itself"
    message = _("“%(name)s” begins by a message, a signal or its own timer only, so no plan can start it.")


class UnitIsClosed(Conflict):
    code = "plan.unit_closed"
    message = _("The unit %(name)s is closed. Give the plan another unit.")


class HasLeft(Conflict):
    code = "plan.has_left"
    message = _("%(name)s does not work here any more.")


class StopsAtOnce(Conflict):
    code = "plan.stops_at_once"
    message = _("The case would stop at “%(element)s” at once: %(reason)s Correct the data of the plan.")


class StartNotFound(NotFound):
    code = "plan.start_not_found"
    message = _("There is no such planned start.")


class HasStarted(Conflict):
    code = "plan.has_started"
    message = _("This case has begun in the meantime.")


def start_planned(work: UnitOfWork, payload: Mapping[str, Any]) -> None:
    """The case of one moment of a crontab. A plan that was changed, or goes on already, waits for another moment."""
    plan = work.session.get(StartPlan, payload["plan_id"])
    meant_at = datetime.fromisoformat(payload["meant_at"])
    if plan is not None and plan.is_on and is_awaited(work, plan, meant_at):
        _try(work, plan, None, meant_at.astimezone(work.settings.zone).date())
        set_next(work, plan, after=meant_at)


def start_for_person(work: UnitOfWork, payload: Mapping[str, Any]) -> None:
    """The case of one person's day. Whoever has left is not asked after again."""
    plan = work.session.get(StartPlan, payload["plan_id"])
    person = _awaited_person(work, payload)
    if plan is None or not plan.is_on or person is None:
        return
    employee = work.session.get_one(Employee, person.employee_id)
    _try(work, plan, employee, person.next_on)
    _go_on(work, plan, person, employee)


def give_up(work: UnitOfWork, event: JobGivenUp) -> None:
    """What no attempt could start is kept as a start that failed; the next moments come all the same."""
    plan = work.session.get(StartPlan, event.payload["plan_id"]) if event.kind in (PLAN_JOB, PERSON_JOB) else None
    if plan is None:
        return
    if event.kind == PLAN_JOB:
        meant_at = datetime.fromisoformat(event.payload["meant_at"])
        if is_awaited(work, plan, meant_at):
            _note_failure(work, plan, None, meant_at.astimezone(work.settings.zone).date(), event.error)
            set_next(work, plan, after=meant_at)
    elif (person := _awaited_person(work, event.payload)) is not None:
        employee = work.session.get_one(Employee, person.employee_id)
        _note_failure(work, plan, employee, person.next_on, event.error)
        _go_on(work, plan, person, employee)


def start_now(work: UnitOfWork, plan: StartPlan) -> Started:
    """A case besides those that the plan starts; the plan goes on as it is."""
    require(work.actor, Permission.PLAN_STARTS)
    return _started(work, plan, None, work.today)


def start_now_for(work: UnitOfWork, plan: StartPlan, person: PlannedPerson) -> Started:
    """Her case of this turn begins today; her next one comes after the usual time."""
    require(work.actor, Permission.PLAN_STARTS)
    employee = work.session.get_one(Employee, person.employee_id)
    started = _started(work, plan, employee, person.next_on)
    _go_on(work, plan, person, employee)
    return started


def try_again(work: UnitOfWork, start_id: int) -> Started:
    """A start that failed is made up for; raises why it cannot, and then stays as it is."""
    require(work.actor, Permission.PLAN_STARTS)
    start = work.session.get(PlannedStart, start_id, with_for_update=True)
    if start is None:
        raise StartNotFound
    if start.reason is None:
        raise HasStarted
    plan = work.session.get_one(StartPlan, start.plan_id)
    employee = None if start.employee_id is None else work.session.get_one(Employee, start.employee_id)
    started = _begin(work, plan, employee, start.planned_on)
    start.instance_id, start.reason, start.came_at = started.instance_id, None, work.now
    return started


def _try(work: UnitOfWork, plan: StartPlan, employee: Employee | None, planned_on: date) -> None:
    entries, events = len(work.entries), len(work.events)
    try:
        with work.session.begin_nested():
            _started(work, plan, employee, planned_on)
    except TataKerjaError as refusal:
        del work.entries[entries:], work.events[events:]  # what was undone has not happened
        _note_failure(work, plan, employee, planned_on, refusal.text(work.settings.language))


def _started(work: UnitOfWork, plan: StartPlan, employee: Employee | None, planned_on: date) -> Started:
    started = _begin(work, plan, employee, planned_on)
    work.session.add(_row(work, plan, employee, planned_on, instance_id=started.instance_id))
    work.session.flush()
    return started


def _begin(work: UnitOfWork, plan: StartPlan, employee: Employee | None, planned_on: date) -> Started:
    read_edition(work.session)  # who may have its first steps, and by which hours, is known from before, mostly
    today = work.today
    if employee is not None and _has_left(employee, today):
        raise HasLeft(name=employee.name)
    definition = work.session.get_one(ProcessDefinition, plan.definition_id)
    version = in_force(work.session, definition.key)
    if version.version_id is None:
        raise NothingInForce(name=version.name)
    if not begins_by_hand(graph_of(work.session, version.version_id), version.key):
        raise NoPlanCanStartIt(name=version.name)
    unit_id = plan.unit_id or (main_unit_of(work.session, employee.id, today) if employee is not None else None)
    unit = work.session.get(Unit, unit_id or definition.unit_id) if unit_id or definition.unit_id else None
    if unit is not None and unit.closed_on is not None and unit.closed_on <= today:
        raise UnitIsClosed(name=unit.name)
    variables = {**plan.variables, DAY: planned_on.isoformat(), **_about(employee)}
    title = _title(work, plan, employee, planned_on)
    started = start_by_plan(work, version.version_id, version.key, title, variables, unit_id)
    _require_running(work, started)
    facts = {"name": plan.name, "number": started.number, "day": planned_on.isoformat()}
    record(work, "plan.started", "start_plan", plan.id, started.instance_id, **facts)
    return started


def _require_running(work: UnitOfWork, started: Started) -> None:
    """Data that the way to the first step needs may be missing; nobody waits for a case that stopped before it."""
    query = select(Incident.element, Incident.message).where(Incident.instance_id == started.instance_id)
    stopped = work.session.execute(query.order_by(Incident.id).limit(1)).one_or_none()
    if stopped is not None:
        raise StopsAtOnce(element=stopped.element, reason=stopped.message)


def _about(employee: Employee | None) -> dict[str, Any]:
    return {} if employee is None else {PERSON: employee.name, NIP: employee.nip}


def _title(work: UnitOfWork, plan: StartPlan, employee: Employee | None, planned_on: date) -> str:
    day = format_date(planned_on, "d MMMM y", locale=work.settings.language)
    return ", ".join((plan.title, *(() if employee is None else (employee.name,)), day))


def _go_on(work: UnitOfWork, plan: StartPlan, person: PlannedPerson, employee: Employee) -> None:
    if _has_left(employee, work.today):
        work.session.delete(person)
        record(work, "plan.person_removed", "start_plan", plan.id, name=plan.name, whom=employee.name)
        return
    person.next_on = next_of_person(plan, person)
    set_persons_next(work, plan, [person])


def _awaited_person(work: UnitOfWork, payload: Mapping[str, Any]) -> PlannedPerson | None:
    """None when her day was changed, or has been followed by her next one already."""
    person = work.session.get(PlannedPerson, (payload["plan_id"], payload["employee_id"]))
    return person if person is not None and person.next_on.isoformat() == payload["next_on"] else None


def _note_failure(work: UnitOfWork, plan: StartPlan, employee: Employee | None, planned_on: date, reason: str) -> None:
    start = _row(work, plan, employee, planned_on, reason=reason[:LONGEST_REASON])
    work.session.add(start)
    work.session.flush()  # the notice is named after it
    whom = "" if employee is None else employee.name
    facts = {"name": plan.name, "whom": whom, "day": planned_on.isoformat(), "reason": start.reason}
    record(work, "plan.not_started", "start_plan", plan.id, None, **facts)
    told = PlannedStartFailed(
        start_id=start.id, name=plan.name, whom=whom, planned_on=planned_on, reason=start.reason or ""
    )
    work.tell(told)


def _row(
    work: UnitOfWork, plan: StartPlan, employee: Employee | None, planned_on: date, **outcome: Any
) -> PlannedStart:
    employee_id = None if employee is None else employee.id
    return PlannedStart(plan_id=plan.id, employee_id=employee_id, planned_on=planned_on, came_at=work.now, **outcome)


def _has_left(employee: Employee, today: date) -> bool:
    return employee.left_on is not None and employee.left_on <= today
