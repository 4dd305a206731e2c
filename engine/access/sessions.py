"""Browsers that are signed in: who they are, where they stand, and their end."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, delete, func, select, update
from sqlalchemy.orm import joinedload

from engine.access.model import Account, OneTimeSecret, SignInSession
from engine.access.permissions import Permission, SignInNeeded, require
from engine.access.queries import actor_of
from engine.access.secret_keys import digest_of, new_secret
from engine.access.visitors import Visitor
from engine.audit.operations import record
from engine.base.actor import Actor
from engine.base.errors import NotFound
from engine.base.i18n import _
from engine.base.settings import Settings
from engine.base.unit_of_work import Reading, UnitOfWork

# When somebody was last seen is written this often at most: reading pages stays reading.
SEEN_EVERY = timedelta(minutes=5)


class SessionNotFound(NotFound):
    code = "access.session_not_found"
    message = _("This session has ended already.")


class Proof(StrEnum):
    """How somebody proved who she is."""

    PASSWORD = "password"  # noqa: S105  # the name of a proof
    PROVIDER = "provider"


class Owed(StrEnum):
    """What somebody must do before anything else."""

    PASSWORD = "password"  # noqa: S105  # the name of a duty
    SECOND_FACTOR = "second_factor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """Who is there by a session; `is_seen` when that has been written not long ago."""

    actor: Actor
    session_id: int
    owes: Owed | None
    is_seen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionLine:
    id: int
    device: str
    address: str
    proved_by: str
    began_at: datetime
    last_seen_at: datetime


def presence_of(reading: Reading, secret: str) -> Presence | None:
    """Who has this session; None when it is forged, over, idle for long, or its person may not act any more."""
    query = (
        select(SignInSession)
        .options(joinedload(SignInSession.account).joinedload(Account.employee))
        .where(SignInSession.digest == digest_of(secret), _lives(reading))
    )
    found = reading.session.scalar(query)
    actor = None if found is None else actor_of(found.account, reading.today)
    if found is None or actor is None:
        return None
    return Presence(
        actor=actor,
        session_id=found.id,
        owes=owed_by(found.account, reading.settings, found.proved_by or ""),
        is_seen=found.last_seen_at is not None and reading.now - found.last_seen_at < SEEN_EVERY,
    )


def sessions_of(reading: Reading, account_id: int) -> tuple[SessionLine, ...]:
    """Where an account is signed in, the latest seen first."""
    query = select(SignInSession).where(SignInSession.account_id == account_id, _lives(reading))
    lines = [
        SessionLine(
            id=row.id,
            device=row.device or "",
            address=row.address or "",
            proved_by=row.proved_by or "",
            began_at=row.created_at,
            last_seen_at=row.last_seen_at or row.created_at,
        )
        for row in reading.session.scalars(query)
    ]
    return tuple(sorted(lines, key=lambda line: (line.last_seen_at, line.id), reverse=True))


def open_session(work: UnitOfWork, account: Account, visitor: Visitor, proved_by: str) -> str:
    """A new session; its secret, which is kept nowhere."""
    secret = new_secret()
    work.session.add(
        SignInSession(
            digest=digest_of(secret),
            account_id=account.id,
            created_at=work.now,
            expires_at=work.now + timedelta(hours=work.settings.session_hours),
            last_seen_at=work.now,
            device=visitor.device,
            address=visitor.address,
            proved_by=proved_by,
        )
    )
    return secret


def renew_session(work: UnitOfWork, session_id: int) -> str:
    """The same session under a new secret, so that whoever learnt the old one is out."""
    secret = new_secret()
    work.session.execute(update(SignInSession).where(SignInSession.id == session_id).values(digest=digest_of(secret)))
    return secret


def note_seen(work: UnitOfWork, session_id: int, visitor: Visitor) -> None:
    work.session.execute(
        update(SignInSession)
        .where(SignInSession.id == session_id)
        .values(last_seen_at=work.now, address=visitor.address, device=visitor.device)
    )


def sign_out(work: UnitOfWork, secret: str) -> None:
    """End the session; one that is not known is as good as ended."""
    work.session.execute(delete(SignInSession).where(SignInSession.digest == digest_of(secret)))


def end_own_session(work: UnitOfWork, session_id: int) -> None:
    """End a session of the actor's own; raises SessionNotFound, also for those of others."""
    if work.actor.account_id is None:
        raise SignInNeeded
    _end(work, work.actor.account_id, session_id)
    record(work, "session.ended", "account", work.actor.account_id, username=_username(work, work.actor.account_id))


def end_session(work: UnitOfWork, account_id: int, session_id: int) -> None:
    """End a session of anybody's, by an administrator."""
    require(work.actor, Permission.MANAGE_ACCOUNTS)
    _end(work, account_id, session_id)
    record(work, "session.ended", "account", account_id, username=_username(work, account_id))


def end_other_sessions(work: UnitOfWork, kept_id: int) -> int:
    """End all sessions of the actor but this one; how many those were."""
    if work.actor.account_id is None:
        raise SignInNeeded
    ended = end_sessions(work, work.actor.account_id, besides=(kept_id,))
    record(work, "session.others_ended", "account", work.actor.account_id, count=ended)
    return ended


def end_sessions(work: UnitOfWork, account_id: int, besides: Collection[int] = ()) -> int:
    gone = delete(SignInSession).where(SignInSession.account_id == account_id, SignInSession.id.not_in(besides))
    return len(work.session.scalars(gone.returning(SignInSession.id)).all())


def delete_expired_sessions(work: UnitOfWork) -> None:
    """With the secrets that worked for a while only."""
    work.session.execute(delete(SignInSession).where(~_lives(work)))
    work.session.execute(delete(OneTimeSecret).where(OneTimeSecret.expires_at <= work.now))


def owed_by(account: Account, settings: Settings, proved_by: str = "") -> Owed | None:
    """Whoever comes by the provider owes no password: she may never have been told the one to be replaced."""
    if account.must_change_password and not proved_by.startswith(Proof.PROVIDER):
        return Owed.PASSWORD
    lacks_factor = needs_second_factor(account, settings) and account.totp_confirmed_at is None
    return Owed.SECOND_FACTOR if lacks_factor else None


def needs_second_factor(account: Account, settings: Settings) -> bool:
    """Whether one of its roles demands one."""
    return any(each.role in settings.second_factor_roles for each in account.roles)


def _lives(work: Reading | UnitOfWork) -> ColumnElement[bool]:
    since = work.now - timedelta(minutes=work.settings.session_idle_minutes)
    last = func.coalesce(SignInSession.last_seen_at, SignInSession.created_at, type_=SignInSession.created_at.type)
    return and_(SignInSession.expires_at > work.now, last > since)


def _end(work: UnitOfWork, account_id: int, session_id: int) -> None:
    gone = delete(SignInSession).where(SignInSession.id == session_id, SignInSession.account_id == account_id)
    if work.session.scalar(gone.returning(SignInSession.id)) is None:
        raise SessionNotFound


def _username(work: UnitOfWork, account_id: int) -> str:
    return work.session.get_one(Account, account_id).username
