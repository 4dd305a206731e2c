"""Who has an account, and whom a manager leads."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import Session, contains_eager

from engine.access.model import Account, ApiToken, Role, Scope
from engine.base.actor import Actor, Reach
from engine.base.alphabet import in_alphabet
from engine.base.errors import NotFound
from engine.base.i18n import _
from engine.base.looking import once
from engine.base.paging import LARGEST_ID, PAGE_SIZE, Page, from_cursor, page_of
from engine.organisation.model import Employee, Unit
from engine.organisation.queries import EmployeeLine, unit_subtrees, units_headed_by

# What LIKE would take for a wildcard is taken literally.
LITERALLY = str.maketrans({"\\": r"\\", "%": r"\%", "_": r"\_"})


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
    email: str | None
    reaches: frozenset[Reach]
    has_second_factor: bool
    is_linked: bool
    left_on: date | None

    def reach_of(self, role: str) -> Reach | None:
        return next((reach for reach in self.reaches if reach.role == role), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountCounts:
    all: int
    active: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenLine:
    id: int
    label: str
    scope: str
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None
    is_expired: bool


def managed_units(session: Session, employee_id: int, on: date) -> frozenset[int]:
    """The units that an employee heads today, herself or acting, with all below them."""
    return unit_subtrees(session, units_headed_by(session, employee_id, on))


def led_units(session: Session, actor: Actor, on: date) -> frozenset[int]:
    """The units that a manager leads: those that she heads today, and what was given her besides."""
    if Role.MANAGER not in actor.roles or actor.employee_id is None:
        return frozenset()
    return managed_units(session, actor.employee_id, on) | _given(session, actor, Role.MANAGER)


def audited_units(session: Session, actor: Actor) -> frozenset[int]:
    """The units that an auditor of a part of the office may look into; for one of the whole office none are named."""
    return _given(session, actor, Role.AUDITOR) if Role.AUDITOR in actor.roles else frozenset()


def _given(session: Session, actor: Actor, role: Role) -> frozenset[int]:
    """The units of what was said of a role's reach; each role has one."""
    reach = next((reach for reach in actor.reaches if reach.role == role), None)
    if reach is None:
        return frozenset()
    if reach.scope == Scope.OFFICE:
        return once(session, (_given,), lambda: frozenset(session.scalars(select(Unit.id))))
    if reach.unit_id is None:
        return frozenset()
    return unit_subtrees(session, {reach.unit_id}) if reach.scope == Scope.SUBTREE else frozenset({reach.unit_id})


def accounts(session: Session, search: str = "", cursor: str | None = None, size: int = PAGE_SIZE) -> Page[AccountLine]:
    """Accounts by username; `search` looks for each of its words in username and name."""
    query = select(Account).outerjoin(Account.employee).options(contains_eager(Account.employee))
    for word in search.split():
        pattern = f"%{word.translate(LITERALLY)}%"
        query = query.where(
            or_(Account.username.ilike(pattern, escape="\\"), Employee.name.ilike(pattern, escape="\\"))
        )
    if cursor:
        query = query.where(Account.username > str(from_cursor(cursor, 1)[0]))
    rows = session.scalars(query.order_by(Account.username).limit(size + 1))
    return page_of([_account_line(row) for row in rows], size, lambda line: [line.username])


def account_counts(session: Session) -> AccountCounts:
    active = func.coalesce(func.sum(case((Account.is_active, 1), else_=0)), 0)
    row = session.execute(select(func.count(), active).select_from(Account)).one()
    return AccountCounts(all=row[0], active=int(row[1]))


def find_account_by_username(session: Session, username: str) -> AccountLine | None:
    row = session.scalar(select(Account).where(Account.username == username))
    return None if row is None else _account_line(row)


def employees_without_account(session: Session, search: str, on: date, most: int) -> tuple[EmployeeLine, ...]:
    """Those who work here and cannot sign in yet, found by words of their name or by NIP."""
    query = (
        select(Employee)
        .outerjoin(Account, Account.employee_id == Employee.id)
        .where(Account.id.is_(None), or_(Employee.left_on.is_(None), Employee.left_on > on))
    )
    for word in search.split():
        pattern = f"%{word.translate(LITERALLY)}%"
        query = query.where(or_(Employee.name.ilike(pattern, escape="\\"), Employee.nip == word))
    rows = session.scalars(query.order_by(in_alphabet(Employee.name), Employee.id).limit(most))
    return tuple(_employee_line(row) for row in rows)


def find_employee(session: Session, employee_id: int) -> EmployeeLine | None:
    row = session.get(Employee, employee_id) if 0 < employee_id <= LARGEST_ID else None
    return None if row is None else _employee_line(row)


def account(session: Session, account_id: int) -> AccountLine:
    """Raises AccountNotFound."""
    row = session.get(Account, account_id)
    if row is None:
        raise AccountNotFound
    return _account_line(row)


def tokens_of(session: Session, account_id: int, now: datetime) -> tuple[TokenLine, ...]:
    query = select(ApiToken).where(ApiToken.account_id == account_id).order_by(ApiToken.id.desc())
    return tuple(
        TokenLine(
            id=row.id,
            label=row.label,
            scope=row.scope or "admin",  # those of before there were scopes could do everything
            created_at=row.created_at,
            expires_at=row.expires_at,
            last_used_at=row.last_used_at,
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
        reaches=_reaches(account),
    )


def has_left(account: Account, on: date) -> bool:
    employee = account.employee
    return employee is not None and employee.left_on is not None and employee.left_on <= on


def name_of(account: Account) -> str:
    return account.employee.name if account.employee is not None else account.username


def _employee_line(row: Employee) -> EmployeeLine:
    return EmployeeLine(id=row.id, nip=row.nip, name=row.name, email=row.email, rank=row.rank, left_on=row.left_on)


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
        email=row.email,
        reaches=_reaches(row),
        has_second_factor=row.totp_confirmed_at is not None,
        is_linked=row.oidc_subject is not None,
        left_on=None if row.employee is None else row.employee.left_on,
    )


def _reaches(account: Account) -> frozenset[Reach]:
    return frozenset(
        Reach(role=each.role, scope=each.scope, unit_id=each.unit_id)
        for each in account.roles
        if each.scope is not None
    )
