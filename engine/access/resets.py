"""A new password for who forgot hers: by a mail with a secret that works once, within half an hour."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, or_, select

from engine.access.model import Account, Role
from engine.access.one_time import forget_one_time_secrets, new_one_time_secret, one_time_secret
from engine.access.passwords import hashed, weakness
from engine.access.queries import has_left
from engine.access.secret_keys import new_secret
from engine.access.sessions import end_sessions
from engine.audit.operations import record
from engine.base.errors import FieldProblem, Invalid, NotAllowed
from engine.base.i18n import _
from engine.base.unit_of_work import Reading, UnitOfWork
from engine.jobs.operations import schedule
from engine.organisation.model import Employee

RESET_MAIL_JOB = "mail.password"
RESET_LIVES = timedelta(minutes=30)
PURPOSE = "password"
LONGEST_NAME = 200


class ResetOver(NotAllowed):
    code = "access.reset_over"
    message = _("This link has been used, or it is older than half an hour. Ask for a new one.")


class NewPasswordRefused(Invalid):
    code = "access.new_password_refused"
    message = _("This password cannot be used.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reset:
    """What the mail needs; nobody but its reader learns the secret."""

    secret: str
    username: str
    email: str
    language: str


def ask_for_reset(work: UnitOfWork, name: str) -> None:
    """Have a mail sent to whoever this is; whether it is anybody shows in no answer and takes no other time."""
    wanted = name.strip().lower()[:LONGEST_NAME]
    schedule(work, RESET_MAIL_JOB, f"{RESET_MAIL_JOB}:{new_secret()}", work.now, {"name": wanted})


def begin_reset(work: UnitOfWork, name: str) -> Reset | None:
    """A secret for the account with this username or address; None when there is none, or no mail would reach it."""
    account = _account_of(work, name)
    if account is None or not account.is_active or has_left(account, work.today):
        return None
    email = _address_of(account)
    if not email:
        return None
    secret = new_one_time_secret(work, account.id, PURPOSE, RESET_LIVES)
    return Reset(secret=secret, username=account.username, email=email, language=account.language)


def is_open(reading: Reading, secret: str) -> bool:
    return one_time_secret(reading, secret, PURPOSE) is not None


def reset_password(work: UnitOfWork, secret: str, password: str) -> None:
    """The new password counts, and whoever was signed in is out; raises ResetOver or NewPasswordRefused."""
    found = one_time_secret(work, secret, PURPOSE)
    if found is None:
        raise ResetOver
    account = work.session.get_one(Account, found.account_id)
    problem = weakness(password, account.username)
    if problem is not None:
        raise NewPasswordRefused([FieldProblem(name="password", code="weak", message=problem)])
    account.password_hash, account.password_changed_at = hashed(password), work.now
    account.must_change_password = False
    forget_one_time_secrets(work, account.id, PURPOSE)
    end_sessions(work, account.id)
    record(work, "account.password_reset", "account", account.id, username=account.username)


def _address_of(account: Account) -> str | None:
    """The employee's own where the account has none.

    Not for administrators: the secretariat keeps those addresses, and would become what it may not by changing one.
    """
    is_administrator = any(each.role == Role.ADMINISTRATOR for each in account.roles)
    if account.email or account.employee is None or is_administrator:
        return account.email
    return account.employee.email


def _account_of(work: UnitOfWork, name: str) -> Account | None:
    """By username, else by an address that one account alone has."""
    if not name.isprintable() or not name:
        return None
    found = work.session.scalar(select(Account).where(Account.username == name))
    if found is not None or "@" not in name:
        return found
    by_address = (
        select(Account)
        .outerjoin(Employee, Employee.id == Account.employee_id)
        .where(or_(func.lower(Account.email) == name, func.lower(Employee.email) == name))
        .limit(2)
    )
    accounts = work.session.scalars(by_address).all()
    return accounts[0] if len(accounts) == 1 else None
