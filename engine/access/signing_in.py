"""Proving who one is: by a password or another provider, and by a second factor where there is one."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from engine.access import second_factor
from engine.access.model import Account, OneTimeSecret
from engine.access.one_time import new_one_time_secret, one_time_secret
from engine.access.passwords import hashed, is_outdated, matches
from engine.access.queries import actor_of, has_left, name_of
from engine.access.secret_keys import new_secret
from engine.access.sessions import Proof, open_session, owed_by
from engine.access.visitors import UNKNOWN, Visitor
from engine.audit.operations import record
from engine.base.actor import Actor
from engine.base.errors import NotAllowed
from engine.base.i18n import _
from engine.base.unit_of_work import UnitOfWork

# A hash of no password: an unknown username costs the same time as a wrong password.
NOBODYS_HASH = hashed(new_secret())
STEP_LIVES = timedelta(minutes=10)


class SignInFailed(NotAllowed):
    code = "access.sign_in_failed"
    message = _("The username or the password is not right.")


class AccountClosed(NotAllowed):
    code = "access.account_closed"
    message = _("This account is closed. Ask an administrator to open it again.")


class EmployeeLeft(NotAllowed):
    code = "access.employee_left"
    message = _("You no longer work at this office according to its records. Ask an administrator if that is wrong.")


class StepOver(NotAllowed):
    code = "access.step_over"
    message = _("This took too long. Please sign in once more from the beginning.")


class PagesFirst(NotAllowed):
    code = "access.pages_first"
    message = _("Sign in on the pages once: a new password or a second factor has to be set there first.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Admission:
    """`secret` is a session's, unless a code is still missing: then it is good for the second step only."""

    secret: str
    account_id: int
    needs_code: bool


def sign_in(work: UnitOfWork, username: str, password: str, visitor: Visitor = UNKNOWN) -> Admission:
    """By a password; raises SignInFailed for a wrong name or password alike."""
    return admit(work, _proved(work, username, password), visitor, Proof.PASSWORD)


def admit(work: UnitOfWork, account: Account, visitor: Visitor, proof: Proof) -> Admission:
    """Open a session for whom the first proof has shown; with a second factor, ask for its code before."""
    check_may_sign_in(work, account)
    if account.totp_confirmed_at is not None:
        secret = new_one_time_secret(work, account.id, _purpose(proof), STEP_LIVES)
        return Admission(secret=secret, account_id=account.id, needs_code=True)
    return Admission(secret=_entered(work, account, visitor, proof), account_id=account.id, needs_code=False)


def second_step(work: UnitOfWork, secret: str, code: str, visitor: Visitor = UNKNOWN) -> str:
    """The session's secret for who also has the code; raises StepOver, or SecondFactorWrong."""
    proof, step = _open_step(work, secret)
    account = work.session.get_one(Account, step.account_id)
    check_may_sign_in(work, account)
    second_factor.prove(work, account, code)
    step.used_at = work.now
    return _entered(work, account, visitor, f"{proof}+code")


def actor_by_password(work: UnitOfWork, username: str, password: str, code: str = "") -> Actor:
    """Who proves who she is without a session, a program; raises as `sign_in` does."""
    account = _proved(work, username, password)
    check_may_sign_in(work, account)
    if account.totp_confirmed_at is not None:
        second_factor.prove(work, account, code)
    if owed_by(account, work.settings) is not None:
        raise PagesFirst
    return _actor(work, account)


def check_may_sign_in(work: UnitOfWork, account: Account) -> None:
    """Only who has proved who she is is told why it does not help."""
    if not account.is_active:
        raise AccountClosed
    if has_left(account, work.today):
        raise EmployeeLeft


def _entered(work: UnitOfWork, account: Account, visitor: Visitor, proof: str) -> str:
    work.actor = _actor(work, account)  # the trail names who signed in, not the system that let her in
    record(work, "account.signed_in", "account", account.id, name=name_of(account))
    return open_session(work, account, visitor, proof)


def _open_step(work: UnitOfWork, secret: str) -> tuple[Proof, OneTimeSecret]:
    for proof in Proof:
        step = one_time_secret(work, secret, _purpose(proof))
        if step is not None:
            return proof, step
    raise StepOver


def _purpose(proof: Proof) -> str:
    return f"step.{proof}"


def _proved(work: UnitOfWork, username: str, password: str) -> Account:
    account = _account_named(work.session, username)
    if account is None:
        matches(password, NOBODYS_HASH)
        raise SignInFailed
    if not matches(password, account.password_hash):
        raise SignInFailed
    if is_outdated(account.password_hash):
        account.password_hash = hashed(password)
    return account


def _actor(work: UnitOfWork, account: Account) -> Actor:
    actor = actor_of(account, work.today)
    if actor is None:
        raise AccountClosed
    return actor


def _account_named(session: Session, username: str) -> Account | None:
    wanted = username.strip().lower()
    if not wanted.isprintable():  # PostgreSQL refuses to compare text with a NUL in it
        return None
    return session.scalar(select(Account).options(joinedload(Account.employee)).where(Account.username == wanted))
