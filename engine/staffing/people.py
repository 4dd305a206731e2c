"""How the actor stands to an employee, for the permission table."""

from sqlalchemy import ColumnElement, or_, select, true

from engine.access.model import Role
from engine.access.permissions import PersonAccess
from engine.access.queries import managed_units
from engine.base.unit_of_work import Reading, UnitOfWork
from engine.organisation.holdings import holdings_on
from engine.organisation.model import Employee, Holding, Position

KEEPERS = frozenset({Role.SECRETARIAT, Role.ADMINISTRATOR})


def person_access(work: Reading | UnitOfWork, employee_id: int) -> PersonAccess:
    """She manages whoever holds a position today in a unit that she heads, or below it."""
    managed = work.session.scalar(select(Employee.id).where(Employee.id == employee_id, _is_managed(work)))
    return PersonAccess(employee_id=employee_id, unit_is_managed=managed is not None)


def within_her_care(work: Reading | UnitOfWork) -> ColumnElement[bool]:
    """Employees whose absences and delegations the actor may keep: herself, those below her, or everybody."""
    if work.actor.is_system or work.actor.roles & KEEPERS:
        return true()
    return or_(Employee.id == work.actor.employee_id, _is_managed(work))


def _is_managed(work: Reading | UnitOfWork) -> ColumnElement[bool]:
    """Of the others below her: nobody is her own head."""
    me, today = work.actor.employee_id, work.now.astimezone(work.settings.zone).date()
    is_manager = me is not None and Role.MANAGER in work.actor.roles
    units = managed_units(work.session, me, today) if is_manager and me is not None else frozenset()
    of_units = holdings_on(today).with_only_columns(Holding.employee_id).where(Position.unit_id.in_(units))
    return Employee.id.in_(of_units)
