"""Whose figures an actor may see: her own, those of her unit, and of the office for who looks after it."""

from sqlalchemy import ColumnElement, or_, select, true

from engine.access.permissions import Permission, PersonAccess, allows
from engine.access.queries import audited_units, led_units
from engine.base.unit_of_work import Reading
from engine.organisation.holdings import holdings_on
from engine.organisation.model import Employee, Holding, Position

NOBODY = 0


def person_access(reading: Reading, employee_id: int) -> PersonAccess:
    """Managed by whoever leads a unit in which she holds a position today."""
    led, audited = _units(reading)
    managed, watched = reading.session.execute(
        select(_works_in(reading, led), _works_in(reading, audited)).where(Employee.id == employee_id)
    ).one_or_none() or (False, False)
    return PersonAccess(employee_id=employee_id, unit_is_managed=bool(managed), unit_is_audited=bool(watched))


def whose_figures(reading: Reading) -> ColumnElement[bool]:
    """The same as a criterion on Employee: nobody compares people of whom she is not the superior."""
    if allows(reading.actor, Permission.SEE_PERSONS_FIGURES, PersonAccess(employee_id=NOBODY)):
        return true()
    led, audited = _units(reading)
    return or_(Employee.id == reading.actor.employee_id, _works_in(reading, led | audited))


def works_in(reading: Reading, units: frozenset[int] | None) -> ColumnElement[bool]:
    return true() if units is None else _works_in(reading, units)


def _units(reading: Reading) -> tuple[frozenset[int], frozenset[int]]:
    today = reading.today
    return led_units(reading.session, reading.actor, today), audited_units(reading.session, reading.actor)


def _works_in(reading: Reading, units: frozenset[int]) -> ColumnElement[bool]:
    today = reading.today
    held = holdings_on(today).with_only_columns(Holding.employee_id).where(Position.unit_id.in_(units))
    return Employee.id.in_(held)
