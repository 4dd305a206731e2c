"""Who is appointed to what: definitive, Plt and Plh holdings begin, are prolonged, end and are withdrawn."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from engine.base.errors import FieldProblem, NotFound
from engine.base.i18n import _, as_day
from engine.base.unit_of_work import UnitOfWork
from engine.organisation.employees import locked_employee
from engine.organisation.holdings import spans_of
from engine.organisation.keeping import begun_before, give, note, problem, refuse, tell_holders
from engine.organisation.model import Employee, Holding, HoldingKind, Position, Unit
from engine.organisation.positions import PositionNotFound, locked_position
from engine.organisation.queries import EmployeeNotFound
from engine.organisation.seating import Span, in_the_way


class HoldingNotFound(NotFound):
    code = "organisation.holding_not_found"
    message = _("This appointment is not known, or was withdrawn.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """Both days count. Acting ones (Plt, Plh) rest on a decree and have a last day."""

    employee_id: int
    position_id: int
    kind: HoldingKind
    starts_on: date
    ends_on: date | None = None
    decree: str | None = None
    scope: str | None = None


def appoint(work: UnitOfWork, wanted: Appointment) -> int:
    """A new holding, and its id; raises OfficeRefused with all that is wrong, such as a seat that is taken."""
    position = locked_position(work, wanted.position_id)
    employee = locked_employee(work, wanted.employee_id)
    _check(work.session, wanted, position, employee, None)
    holding = Holding(
        employee_id=employee.id,
        position_id=position.id,
        kind=wanted.kind,
        decree=wanted.decree,
        scope=wanted.scope,
        starts_on=wanted.starts_on,
        ends_on=wanted.ends_on,
    )
    work.session.add(holding)
    work.session.flush()  # its id is the answer
    note(work, "holding.begun", "holding", holding.id, **_facts(employee, position, holding), decree=wanted.decree)
    tell_holders(work, {position.id}, {employee.id})
    return holding.id


def check_appointment(session: Session, wanted: Appointment) -> None:
    """Raises what `appoint` would raise, for whoever looks before she does it."""
    position = session.get(Position, wanted.position_id)
    employee = session.get(Employee, wanted.employee_id)
    if position is None:
        raise PositionNotFound
    if employee is None:
        raise EmployeeNotFound
    _check(session, wanted, position, employee, None)


def change_end(work: UnitOfWork, holding_id: int, ends_on: date | None) -> None:
    """Give a holding another last day, earlier or later, or none; raises OfficeRefused where others have the seat."""
    holding, position, employee = _found(work, holding_id)
    wanted = Appointment(
        employee_id=employee.id,
        position_id=position.id,
        kind=HoldingKind(holding.kind),
        starts_on=holding.starts_on,
        ends_on=ends_on,
        decree=holding.decree,
        scope=holding.scope,
    )
    _check(work.session, wanted, position, employee, holding)
    changes = give(holding, ends_on=ends_on)
    if changes:
        act = "holding.end_changed"
        note(work, act, "holding", holding.id, **_facts(employee, position, holding), changes=changes)
        tell_holders(work, {position.id}, {employee.id})


def end_holding(work: UnitOfWork, holding_id: int, last_day: date) -> None:
    """A holding ends on this day; one that would only begin after it is withdrawn."""
    holding, position, employee = _found(work, holding_id)
    refuse([begun_before(work, holding, last_day, "ends_on")])
    if last_day < holding.starts_on:
        _withdraw(work, holding, position, employee)
    elif holding.ends_on is None or holding.ends_on > last_day:
        changes = give(holding, ends_on=last_day)
        note(work, "holding.ended", "holding", holding.id, **_facts(employee, position, holding), changes=changes)
        tell_holders(work, {position.id}, {employee.id})


def withdraw(work: UnitOfWork, holding_id: int) -> None:
    """An appointment that has not begun never was; raises OfficeRefused for one that has."""
    holding, position, employee = _found(work, holding_id)
    if holding.starts_on <= work.today:
        text = _("It began on %(day)s and stays on record. Give it a last day instead.")
        refuse([problem("ends_on", "begun", text, day=holding.starts_on)])
    _withdraw(work, holding, position, employee)


def _withdraw(work: UnitOfWork, holding: Holding, position: Position, employee: Employee) -> None:
    note(work, "holding.withdrawn", "holding", holding.id, **_facts(employee, position, holding))
    work.session.delete(holding)
    work.session.flush()  # who is appointed next in this work finds the seat free
    tell_holders(work, {position.id}, {employee.id})


def _found(work: UnitOfWork, holding_id: int) -> tuple[Holding, Position, Employee]:
    """Locked in the order of `appoint`: the position, then the person."""
    holding = work.session.get(Holding, holding_id, populate_existing=True)
    if holding is None:
        raise HoldingNotFound
    return holding, locked_position(work, holding.position_id), locked_employee(work, holding.employee_id)


def _check(session: Session, wanted: Appointment, position: Position, employee: Employee, own: Holding | None) -> None:
    taken = spans_of(session, position.id, wanted.kind)
    if own is not None:
        taken.pop(own.id, None)
    others = list(taken.values())
    refuse(
        [
            _order_problem(wanted),
            *acting_problems(wanted.kind, wanted.decree, wanted.ends_on),
            _left_problem(wanted, employee),
            _closed_problem(session, wanted, position),
            _twice_problem(wanted, employee, others) or _seat_problem(wanted, employee, position, others),
        ]
    )


def _order_problem(wanted: Appointment) -> FieldProblem | None:
    if wanted.ends_on is None or wanted.ends_on >= wanted.starts_on:
        return None
    return problem("ends_on", "order", _("The last day lies before the first one."))


def acting_problems(kind: HoldingKind, decree: str | None, ends_on: date | None) -> list[FieldProblem | None]:
    """What an acting appointment must say, whichever way it comes in."""
    if kind is HoldingKind.DEFINITIVE:
        return []
    number = _("Give the number of the decree or letter: whoever acts for another acts by it.")
    end = _("Give the last day: an acting appointment ends by itself.")
    return [
        None if decree else problem("decree", "missing", number),
        None if ends_on else problem("ends_on", "missing", end),
    ]


def _left_problem(wanted: Appointment, employee: Employee) -> FieldProblem | None:
    if employee.left_on is None or (wanted.ends_on is not None and wanted.ends_on < employee.left_on):
        return None
    text = _("%(name)s leaves on %(day)s. Choose days before it, or another person.")
    return problem("employee_id", "left", text, name=employee.name, day=employee.left_on)


def _closed_problem(session: Session, wanted: Appointment, position: Position) -> FieldProblem | None:
    unit = session.get_one(Unit, position.unit_id)
    closed_on = min((day for day in (position.closed_on, unit.closed_on) if day is not None), default=None)
    if closed_on is None or (wanted.ends_on is not None and wanted.ends_on < closed_on):
        return None
    text = _("%(title)s closes on %(day)s. Choose days before it, or another position.")
    return problem("position_id", "closed", text, title=position.title, day=closed_on)


def _twice_problem(wanted: Appointment, employee: Employee, taken: list[Span]) -> FieldProblem | None:
    new = _span(wanted, employee)
    own = next((span for span in taken if span.employee_id == wanted.employee_id and span.meets(new)), None)
    if own is None:
        return None
    text = _("%(name)s holds it in this way already since %(first)s, until %(last)s. Change that holding instead.")
    return problem("starts_on", "double", text, name=own.name, first=own.starts_on, last=_until(own))


def _seat_problem(
    wanted: Appointment, employee: Employee, position: Position, taken: list[Span]
) -> FieldProblem | None:
    if wanted.kind is not HoldingKind.DEFINITIVE:
        return None
    others = in_the_way(_span(wanted, employee), taken, position.seats)
    if not others:
        return None
    text = _("Every seat is taken: %(holders)s. End that holding before that day, choose a later day, or add a seat.")
    return problem("starts_on", "taken", text, holders=[_in_words(span) for span in others])


def _span(wanted: Appointment, employee: Employee) -> Span:
    return Span(employee_id=wanted.employee_id, name=employee.name, starts_on=wanted.starts_on, ends_on=wanted.ends_on)


def _until(span: Span) -> date | str:
    return "…" if span.ends_on is None else span.ends_on


def _in_words(span: Span) -> dict[str, Any]:
    until = _until(span)
    days = {"first": as_day(span.starts_on), "last": as_day(until) if isinstance(until, date) else until}
    return {"message": _("%(name)s (%(first)s to %(last)s)"), "params": {"name": span.name, **days}}


def _facts(employee: Employee, position: Position, holding: Holding) -> dict[str, object]:
    return {
        "name": employee.name,
        "position": position.title,
        "kind": HoldingKind(holding.kind).value,
        "first": holding.starts_on.isoformat(),
        "last": None if holding.ends_on is None else holding.ends_on.isoformat(),
    }
