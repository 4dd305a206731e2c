"""Signing in and out of the browser's pages."""

from datetime import date, datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, joinedload

from engine.access.model import Account, SignInSession
from engine.access.passwords import hashed, is_outdated, matches
from engine.access.queries import actor_of, has_left, name_of
from engine.access.secret_keys import digest_of, new_secret
from engine.audit.operations import record
from engine.base.actor import Actor
from engine.base.errors import NotAllowed
from engine.base.i18n import _
from engine.base.unit_of_work import UnitOfWork

# A hash of no password: an unknown username costs the same time as a wrong password.
NOBODYS_HASH = hashed(new_secret())


class SignInFailed(NotAllowed):
    code = "access.sign_in_failed"
    message = _("The username or the password is not right.")


class AccountClosed(NotAllowed):
    code = "access.account_closed"
    message = _("This account is closed. Ask an administrator to open it again.")


class EmployeeLeft(NotAllowed):
    code = "access.employee_left"
    message = _("You no longer work at this office according to its records. Ask an administrator if that is wrong.")


def sign_in(work: UnitOfWork, username: str, password: str) -> str:
    """Open a session and return its secret, for the browser's cookie; raises SignInFailed for either mistake."""
    account = _proved(work, username, password)
    work.actor = _actor(work, account)  # the trail names who signed in, not the system that let her in
    secret = _new_session(work, account)
    record(work, "account.signed_in", "account", account.id, name=name_of(account))
    return secret


def actor_by_password(work: UnitOfWork, username: str, password: str) -> Actor:
    """Who proves by her password that she is, without a session; raises as `sign_in` does."""
    return _actor(work, _proved(work, username, password))


def actor_of_session(session: Session, secret: str, now: datetime) -> Actor | None:
    """Who has this session; None when it is forged, over, or its person may not act any more."""
    query = (
        select(SignInSession)
        .options(joinedload(SignInSession.account).joinedload(Account.employee))
        .where(SignInSession.digest == digest_of(secret), SignInSession.expires_at > now)
    )
    found = session.scalar(query)
    return None if found is None else actor_of(found.account, now.date())


def sign_out(work: UnitOfWork, secret: str) -> None:
    """End the session; one that is not known is as good as ended."""
    work.session.execute(delete(SignInSession).where(SignInSession.digest == digest_of(secret)))


def end_sessions(work: UnitOfWork, account_id: int) -> None:
    work.session.execute(delete(SignInSession).where(SignInSession.account_id == account_id))


def delete_expired_sessions(work: UnitOfWork) -> None:
    work.session.execute(delete(SignInSession).where(SignInSession.expires_at <= work.now))


def _proved(work: UnitOfWork, username: str, password: str) -> Account:
    account = _account_named(work.session, username)
    if account is None:
        matches(password, NOBODYS_HASH)
        raise SignInFailed
    if not matches(password, account.password_hash):
        raise SignInFailed
    # Only who knows the password is told why it does not help.
    if not account.is_active:
        raise AccountClosed
    if has_left(account, _today(work)):
        raise EmployeeLeft
    if is_outdated(account.password_hash):
        account.password_hash = hashed(password)
    return account


def _actor(work: UnitOfWork, account: Account) -> Actor:
    actor = actor_of(account, _today(work))
    if actor is None:
        raise AccountClosed
    return actor


def _today(work: UnitOfWork) -> date:
    return work.now.astimezone(work.settings.zone).date()


def _account_named(session: Session, username: str) -> Account | None:
    wanted = username.strip().lower()
    if not wanted.isprintable():  # PostgreSQL refuses to compare text with a NUL in it
        return None
    return session.scalar(select(Account).options(joinedload(Account.employee)).where(Account.username == wanted))


def _new_session(work: UnitOfWork, account: Account) -> str:
    secret = new_secret()
    work.session.add(
        SignInSession(
            digest=digest_of(secret),
            account_id=account.id,
            created_at=work.now,
            expires_at=work.now + timedelta(hours=work.settings.session_hours),
        )
    )
    return secret
