"""Accounts are opened, changed and closed by administrators; everyone chooses her own password and language."""

import re
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from engine.access.model import Account, AccountRole, Role, Scope
from engine.access.passwords import hashed, matches, weakness
from engine.access.permissions import Permission, SignInNeeded, require
from engine.access.queries import AccountNotFound
from engine.access.reach import in_short, reach_problems
from engine.access.sessions import end_sessions
from engine.access.tokens import end_tokens
from engine.audit.operations import record
from engine.base.actor import Reach
from engine.base.errors import Conflict, FieldProblem, Invalid
from engine.base.i18n import LANGUAGES, _
from engine.base.unit_of_work import UnitOfWork
from engine.organisation.model import Employee

USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,79}", re.ASCII)
EMAIL = re.compile(r"[^\s@<>,;:\"]{1,64}@[a-z0-9.-]{1,130}\.[a-z]{2,}", re.ASCII | re.IGNORECASE)


class AccountRefused(Invalid):
    code = "access.account_refused"
    message = _("The account cannot be kept like this.")


class PasswordRefused(Invalid):
    code = "access.password_refused"
    message = _("This password cannot be used.")


class OwnAccount(Conflict):
    code = "access.own_account"
    message = _("You cannot close your own account or give up your own role. Ask another administrator.")


class AccountTaken(Conflict):
    code = "access.account_taken"
    message = _("Someone else has just taken this username or opened an account for this employee.")


def create_account(
    work: UnitOfWork, username: str, password: str, employee_id: int | None, roles: Collection[str]
) -> int:
    """Open an account and return its id; raises AccountRefused with all that is wrong."""
    require(work.actor, Permission.MANAGE_ACCOUNTS)
    username = username.strip().lower()
    problems = [
        *_username_problems(work, username),
        *_employee_problems(work, employee_id),
        *_role_problems(roles),
        *_password_problems(password, username),
    ]
    if problems:
        raise AccountRefused(problems)
    account = Account(
        username=username,
        password_hash=hashed(password),
        employee_id=employee_id,
        language=work.settings.language,
        is_active=True,
        created_at=work.now,
        roles=_role_rows(roles),
    )
    work.session.add(account)
    try:
        work.session.flush()  # its id is the answer, and someone may have been quicker
    except IntegrityError:
        raise AccountTaken from None
    record(work, "account.created", "account", account.id, username=username, roles=sorted(set(roles)))
    return account.id


def set_roles(work: UnitOfWork, account_id: int, roles: Collection[str], reaches: Collection[Reach] = ()) -> None:
    """Which roles an account has, and how far those of managers and auditors go."""
    require(work.actor, Permission.MANAGE_ACCOUNTS)
    account = _account(work, account_id)
    wanted = {reach.role: reach for reach in reaches if reach.role in roles}
    problems = [*_role_problems(roles), *reach_problems(work, wanted.values())]
    if problems:
        raise AccountRefused(problems)
    if account.id == work.actor.account_id and Role.ADMINISTRATOR not in roles:
        raise OwnAccount
    kept = [each for each in account.roles if each.role in roles]
    if Role.ADMINISTRATOR in set(roles) - {each.role for each in kept}:
        _untie(work, account)
    account.roles = kept + _role_rows(set(roles) - {each.role for each in kept})
    for each in account.roles:
        reach = wanted.get(each.role)
        each.scope, each.unit_id = (Scope(reach.scope), reach.unit_id) if reach else (None, None)
    facts = {"username": account.username, "roles": sorted(set(roles)), "reaches": in_short(work, wanted.values())}
    record(work, "account.roles_set", "account", account.id, None, **facts)


def set_email(work: UnitOfWork, account_id: int, email: str) -> None:
    """Where mails about the account itself go; without one, to the employee's own address."""
    require(work.actor, Permission.MANAGE_ACCOUNTS)
    account = _account(work, account_id)
    email = email.strip()
    if email and not EMAIL.fullmatch(email):
        text = _("Write an address such as name@example.go.id, or leave it empty.")
        raise AccountRefused([FieldProblem(name="email", code="shape", message=text)])
    account.email = email or None
    record(work, "account.email_set", "account", account.id, username=account.username)


def demand_new_password(work: UnitOfWork, account_id: int) -> None:
    """Whoever signs in next chooses a password of her own before anything else."""
    require(work.actor, Permission.MANAGE_ACCOUNTS)
    _account(work, account_id).must_change_password = True


def set_password(work: UnitOfWork, account_id: int, password: str) -> None:
    """Give an account a password that its person replaces at once; whoever was signed in with the old one is out."""
    require(work.actor, Permission.MANAGE_ACCOUNTS)
    account = _account(work, account_id)
    _keep_password(work, account, password)
    account.must_change_password = True
    record(work, "account.password_set", "account", account.id, username=account.username)


def change_password(work: UnitOfWork, current: str, password: str, kept_session_id: int = 0) -> None:
    """The actor's own new password; all who are signed in as her, but in this session, sign in again."""
    account = _own_account(work)
    if not matches(current, account.password_hash):
        raise PasswordRefused(
            [FieldProblem(name="current", code="wrong", message=_("This is not your present password."))]
        )
    if password == current:
        text = _("This is the password that you have already. Choose another one.")
        raise PasswordRefused([FieldProblem(name="password", code="same", message=text)])
    _keep_password(work, account, password, kept_session_id)
    account.must_change_password = False
    record(work, "account.password_changed", "account", account.id, username=account.username)


def change_language(work: UnitOfWork, language: str) -> None:
    account = _own_account(work)
    if language not in LANGUAGES:
        raise AccountRefused(
            [FieldProblem(name="language", code="unknown", message=_("This language is not offered."))]
        )
    account.language = language


def deactivate(work: UnitOfWork, account_id: int) -> None:
    """Close an account: its sessions and tokens end, its name stays on all that it did."""
    require(work.actor, Permission.MANAGE_ACCOUNTS)
    account = _account(work, account_id)
    if account.id == work.actor.account_id:
        raise OwnAccount
    account.is_active = False
    end_sessions(work, account.id)
    end_tokens(work, account.id)
    record(work, "account.deactivated", "account", account.id, username=account.username)


def reactivate(work: UnitOfWork, account_id: int) -> None:
    require(work.actor, Permission.MANAGE_ACCOUNTS)
    account = _account(work, account_id)
    account.is_active = True
    record(work, "account.reactivated", "account", account.id, username=account.username)


def _account(work: UnitOfWork, account_id: int) -> Account:
    account = work.session.get(Account, account_id)
    if account is None:
        raise AccountNotFound
    return account


def _own_account(work: UnitOfWork) -> Account:
    if work.actor.account_id is None:
        raise SignInNeeded
    return _account(work, work.actor.account_id)


def _keep_password(work: UnitOfWork, account: Account, password: str, kept_session_id: int = 0) -> None:
    problems = _password_problems(password, account.username)
    if problems:
        raise PasswordRefused(problems)
    account.password_hash, account.password_changed_at = hashed(password), work.now
    end_sessions(work, account.id, besides=(kept_session_id,))


def _untie(work: UnitOfWork, account: Account) -> None:
    """A NIP alone may have tied it to the provider; an administrator's account she ties herself: decision 0010."""
    if account.oidc_subject is not None:
        account.oidc_subject = None
        end_sessions(work, account.id)
        record(work, "account.unlinked", "account", account.id, username=account.username)


def _role_rows(roles: Collection[str]) -> list[AccountRole]:
    return [AccountRole(role=Role(role)) for role in sorted(set(roles))]


def _username_problems(work: UnitOfWork, username: str) -> list[FieldProblem]:
    if not USERNAME.fullmatch(username):
        text = _("Use 3 to 80 small letters, digits, dots, hyphens or underscores, beginning with a letter or digit.")
        return [FieldProblem(name="username", code="shape", message=text)]
    if work.session.scalar(select(Account.id).where(Account.username == username)) is not None:
        return [FieldProblem(name="username", code="taken", message=_("Another account has this username."))]
    return []


def _employee_problems(work: UnitOfWork, employee_id: int | None) -> list[FieldProblem]:
    if employee_id is None:
        return []
    if work.session.get(Employee, employee_id) is None:
        return [FieldProblem(name="employee_id", code="unknown", message=_("This employee is not known."))]
    if work.session.scalar(select(Account.id).where(Account.employee_id == employee_id)) is not None:
        text = _("This employee already has an account.")
        return [FieldProblem(name="employee_id", code="taken", message=text)]
    return []


def _role_problems(roles: Collection[str]) -> list[FieldProblem]:
    unknown = sorted(set(roles) - set(Role))
    text = _(
        "There is no role %(role)s. The roles are staff, manager, designer, secretariat, auditor and administrator."
    )
    return [FieldProblem(name="roles", code="unknown", message=text, params={"role": role}) for role in unknown]


def _password_problems(password: str, username: str) -> list[FieldProblem]:
    text = weakness(password, username)
    return [] if text is None else [FieldProblem(name="password", code="weak", message=text)]
