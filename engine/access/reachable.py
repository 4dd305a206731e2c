"""Whom nothing reaches here: work, questions and mentions are seen only by whoever can sign in and has a role."""

from collections.abc import Collection, Mapping
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from engine.access.model import Account, AccountRole
from engine.organisation.holdings import covers
from engine.organisation.model import Employee, Holding, Position
from engine.organisation.queries import holders_of


class Hindrance(StrEnum):
    NO_ACCOUNT = "no_account"
    CLOSED = "closed"
    NO_ROLE = "no_role"


def hindrances(session: Session, employee_ids: Collection[int]) -> Mapping[int, Hindrance]:
    """Of these people those whom nothing reaches, and why not; in one statement."""
    has_role = exists().where(AccountRole.account_id == Account.id)
    query = select(Account.employee_id, Account.is_active, has_role).where(Account.employee_id.in_(employee_ids))
    known = {employee_id: (is_active, some_role) for employee_id, is_active, some_role in session.execute(query)}
    found = {employee_id: _hindrance(known.get(employee_id)) for employee_id in employee_ids}
    return {employee_id: each for employee_id, each in found.items() if each is not None}


def unattended(session: Session, position_ids: Collection[int], on: date) -> Mapping[int, tuple[str, ...]]:
    """Of these positions those where nobody sees what comes to them, each with the names of its holders, if any."""
    holders: dict[int, dict[int, str]] = {position_id: {} for position_id in position_ids}
    for holder in holders_of(session, tuple(position_ids), on):
        holders[holder.position_id][holder.employee_id] = holder.name
    unreached = hindrances(session, {each for held in holders.values() for each in held})
    return {position: tuple(held.values()) for position, held in holders.items() if held.keys() <= unreached.keys()}


def unseen_positions(session: Session, on: date) -> frozenset[int]:
    """All positions of which nobody can sign in, also those that nobody holds."""
    sees = (
        exists()
        .where(Holding.position_id == Position.id, Employee.id == Holding.employee_id)
        .where(covers(on), can_sign_in(Holding.employee_id))
    )
    return frozenset(session.scalars(select(Position.id).where(~sees)))


def reaches_nobody(employee_id: InstrumentedAttribute[int | None]) -> ColumnElement[bool]:
    """The same as a criterion, for a column that names somebody."""
    return ~can_sign_in(employee_id)


def can_sign_in(employee_id: InstrumentedAttribute[int] | InstrumentedAttribute[int | None]) -> ColumnElement[bool]:
    """One list for all rows, however many they are."""
    has_role = exists().where(AccountRole.account_id == Account.id)
    people = select(Account.employee_id).where(Account.employee_id.is_not(None), Account.is_active, has_role)
    return employee_id.in_(people)


def _hindrance(account: tuple[bool, bool] | None) -> Hindrance | None:
    if account is None:
        return Hindrance.NO_ACCOUNT
    is_active, has_role = account
    if not is_active:
        return Hindrance.CLOSED
    return None if has_role else Hindrance.NO_ROLE
