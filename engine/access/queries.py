"""Who has an account, and whom a manager leads."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from engine.access.model import Account, ApiToken, Role
from engine.base.actor import Actor
from engine.base.errors import NotFound
from engine.base.i18n import _
from engine.organisation.queries import unit_subtrees, units_headed_by


class AccountNotFound(NotFound):
    code = "access.account_not_found"
    message = _("This account does not exist, or not any more.")


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountLine:
    id: int
    username: str
    employee_id: int | None
    name: str
    roles: frozenset[Role]
    language: str
    is_active: bool
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenLine:
    id: int
    label: str
    created_at: datetime
    expires_at: datetime
    is_expired: bool


def managed_units(session: Session, employee_id: int, on: date) -> frozenset[int]:
    """The units that an employee heads today, herself or acting, with all below them."""
    return unit_subtrees(session, units_headed_by(session, employee_id, on))


def accounts(session: Session) -> tuple[AccountLine, ...]:
    """All accounts by username: an office has hundreds, not thousands."""
    query = select(Account).options(joinedload(Account.employee)).order_by(Account.username)
    return tuple(_account_line(account) for account in session.scalars(query))


def account(session: Session, account_id: int) -> AccountLine:
    """Raises AccountNotFound."""
    row = session.get(Account, account_id)
    if row is None:
        raise AccountNotFound
    return _account_line(row)


def accounts_of_employees(session: Session, employee_ids: Collection[int]) -> dict[int, AccountLine]:
    """The active accounts of these employees, by employee."""
    if not employee_ids:
        return {}
    query = (
        select(Account)
        .options(joinedload(Account.employee))
        .where(Account.employee_id.in_(employee_ids), Account.is_active)
    )
    return {line.employee_id: line for line in map(_account_line, session.scalars(query)) if line.employee_id}


def tokens_of(session: Session, account_id: int, now: datetime) -> tuple[TokenLine, ...]:
    query = select(ApiToken).where(ApiToken.account_id == account_id).order_by(ApiToken.id.desc())
    return tuple(
        TokenLine(
            id=row.id,
            label=row.label,
            created_at=row.created_at,
            expires_at=row.expires_at,
            is_expired=row.expires_at <= now,
        )
        for row in session.scalars(query)
    )


def actor_of(account: Account, on: date) -> Actor | None:
    """The account as an actor; None when it is closed or its employee has left."""
    if not account.is_active or has_left(account, on):
        return None
    return Actor(
        account_id=account.id,
        employee_id=account.employee_id,
        name=name_of(account),
        roles=frozenset(each.role for each in account.roles),
        language=account.language,
    )


def has_left(account: Account, on: date) -> bool:
    employee = account.employee
    return employee is not None and employee.left_on is not None and employee.left_on <= on


def name_of(account: Account) -> str:
    return account.employee.name if account.employee is not None else account.username


def _account_line(row: Account) -> AccountLine:
    return AccountLine(
        id=row.id,
        username=row.username,
        employee_id=row.employee_id,
        name=name_of(row),
        roles=frozenset(Role(each.role) for each in row.roles),
        language=row.language,
        is_active=row.is_active,
        created_at=row.created_at,
    )
