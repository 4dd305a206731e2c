"""Whom a duty sheet concerns: the employee, her superior, and those who keep the office."""

from datetime import date

from sqlalchemy.orm import Session

from engine.access.permissions import Permission, PersonAccess, allows, require
from engine.access.queries import audited_units, led_units
from engine.base.actor import Actor
from engine.base.unit_of_work import Reading, UnitOfWork
from engine.organisation.model import Holding
from engine.organisation.queries import Holder, superiors_of_position
from engine.staffing.errors import NotYourOwnSheet, signed_before
from engine.staffing.sheet_queries import SheetDetail, sheet


def sheet_for(reading: Reading, sheet_id: int) -> SheetDetail:
    """The sheet, for those whom it concerns."""
    found = sheet(reading.session, sheet_id)
    access = access_to(reading.session, reading.actor, found.line.employee_id, found.line.unit_id, reading.today)
    require(reading.actor, Permission.SEE_DUTY_SHEET, access)
    return found


def may_sign(reading: Reading, found: SheetDetail) -> bool:
    line = found.line
    access = access_to(reading.session, reading.actor, line.employee_id, line.unit_id, reading.today)
    is_own = line.employee_id == reading.actor.employee_id
    return line.signed_at is None and not is_own and allows(reading.actor, Permission.SIGN_DUTY_SHEET, access)


def require_may_keep_copy(reading: Reading, sheet_id: int) -> None:
    """The same as keeping it, asked before anything is received."""
    line = sheet_for(reading, sheet_id).line
    if line.employee_id == reading.actor.employee_id:
        raise NotYourOwnSheet
    if not allows(reading.actor, Permission.MANAGE_ORGANISATION):
        access = access_to(reading.session, reading.actor, line.employee_id, line.unit_id, reading.today)
        require(reading.actor, Permission.SIGN_DUTY_SHEET, access)
    if line.signed_at is not None:
        raise signed_before(line.signed_by, line.signed_at)


def access_to(session: Session, actor: Actor, employee_id: int, unit_id: int, on: date) -> PersonAccess:
    """What the permission table must know of somebody in a unit and the actor."""
    return PersonAccess(
        employee_id=employee_id,
        unit_is_managed=unit_id in led_units(session, actor, on),
        unit_is_audited=unit_id in audited_units(session, actor),
    )


def person_access(work: UnitOfWork, holding: Holding) -> PersonAccess:
    return access_to(work.session, work.actor, holding.employee_id, holding.position.unit_id, work.today)


def require_superior_or_keeper(work: UnitOfWork, holding: Holding) -> None:
    if not allows(work.actor, Permission.MANAGE_ORGANISATION):
        require(work.actor, Permission.SIGN_DUTY_SHEET, person_access(work, holding))


def require_not_own(work: UnitOfWork, holding: Holding) -> None:
    if holding.employee_id == work.actor.employee_id:
        raise NotYourOwnSheet


def require_sight(work: UnitOfWork, holding: Holding) -> None:
    require(work.actor, Permission.SEE_DUTY_SHEET, person_access(work, holding))


def superior_of(work: UnitOfWork, holding: Holding, day: date) -> Holder | None:
    """Whoever acts above her on that day; never she herself, also when she acts for her superior."""
    above = superiors_of_position(work.session, holding.position_id, day)
    return next((each for each in above if each.employee_id != holding.employee_id), None)
