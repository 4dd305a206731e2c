"""Whom nothing reaches here: work, questions and mentions are seen only by whoever can sign in and has a role."""

from collections.abc import Collection, Mapping
from enum import StrEnum

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from engine.access.model import Account, AccountRole


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


def reaches_nobody(employee_id: InstrumentedAttribute[int | None]) -> ColumnElement[bool]:
    """The same as a criterion, for a column that names somebody."""
    can_sign_in = exists().where(
        Account.employee_id == employee_id, Account.is_active, AccountRole.account_id == Account.id
    )
    return ~can_sign_in


def _hindrance(account: tuple[bool, bool] | None) -> Hindrance | None:
    if account is None:
        return Hindrance.NO_ACCOUNT
    is_active, has_role = account
    if not is_active:
        return Hindrance.CLOSED
    return None if has_role else Hindrance.NO_ROLE
