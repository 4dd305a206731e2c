"""How the actor stands to an employee, for the permission table."""

from sqlalchemy import ColumnElement, or_, select, true

from engine.access.model import Role
from engine.access.permissions import PersonAccess
from engine.access.queries import audited_units, led_units
from engine.base.unit_of_work import Reading, UnitOfWork
from engine.organisation.holdings import holdings_on
from engine.organisation.model import Employee, Holding, Position

KEEPERS = frozenset({Role.SECRETARIAT, Role.ADMINISTRATOR})


def person_access(work: Reading | UnitOfWork, employee_id: int) -> PersonAccess:
    """She manages whoever holds a position today in a unit that she leads; so an auditor of a part looks on."""
    managed = work.session.scalar(select(Employee.id).where(Employee.id == employee_id, _is_managed(work)))
    return PersonAccess(
        employee_id=employee_id,
        unit_is_managed=managed is not None,
        unit_is_audited=_is_audited(work, employee_id),
    )


def within_her_care(work: Reading | UnitOfWork) -> ColumnElement[bool]:
    """Employees whose absences and delegations the actor may keep: herself, those below her, or everybody."""
    if work.actor.is_system or work.actor.roles & KEEPERS:
        return true()
    return or_(Employee.id == work.actor.employee_id, _is_managed(work))


def _is_managed(work: Reading | UnitOfWork) -> ColumnElement[bool]:
    """Of the others below her: nobody is her own head."""
    return _works_in(work, led_units(work.session, work.actor, work.today))


def _is_audited(work: Reading | UnitOfWork, employee_id: int) -> bool:
    units = audited_units(work.session, work.actor)
    if not units:
        return False
    query = select(Employee.id).where(Employee.id == employee_id, _works_in(work, units))
    return work.session.scalar(query) is not None


def _works_in(work: Reading | UnitOfWork, units: frozenset[int]) -> ColumnElement[bool]:
    held = holdings_on(work.today).with_only_columns(Holding.employee_id).where(Position.unit_id.in_(units))
    return Employee.id.in_(held)
