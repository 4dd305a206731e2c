"""Tokens by which programs act for an account through the API."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.orm import joinedload

from engine.access.model import Account, ApiToken
from engine.access.permissions import Permission, SignInNeeded, require
from engine.access.queries import actor_of
from engine.access.secret_keys import digest_of, new_secret
from engine.audit.operations import record
from engine.base.actor import Actor
from engine.base.errors import FieldProblem, Invalid, NotFound
from engine.base.i18n import _
from engine.base.unit_of_work import Reading, UnitOfWork

PREFIX = "tk_"  # lets scanners find a leaked one
MOST_DAYS = 366
LONGEST_LABEL = 80
USED_EVERY = timedelta(minutes=5)  # when it was last used is written this often at most


class TokenScope(StrEnum):
    """What a token is good for, of all that its account may: to look, to work, to keep procedures, or everything."""

    READ = "read"
    WORK = "work"
    DESIGN = "design"
    ADMIN = "admin"

    def covers(self, needed: "TokenScope") -> bool:
        """Each can read; the one of administrators can all."""
        return needed is TokenScope.READ or self in (needed, TokenScope.ADMIN)


class TokenNotFound(NotFound):
    code = "access.token_not_found"
    message = _("This token does not exist, or not any more.")


class TokenRefused(Invalid):
    code = "access.token_refused"
    message = _("This token cannot be made.")


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedToken:
    """The only place and moment where the secret is known; it is kept nowhere."""

    id: int
    secret: str
    label: str
    scope: TokenScope
    created_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearer:
    """Who asks with a token, and what it is good for; `is_seen` when its use has been written not long ago."""

    actor: Actor
    token_id: int
    scope: TokenScope
    is_seen: bool


def issue_token(work: UnitOfWork, label: str, days: int, scope: str = TokenScope.ADMIN) -> IssuedToken:
    """A new token of the actor."""
    account_id = _own_account(work)
    label = label.strip()
    _check(label, days, scope)
    secret = new_secret(PREFIX)
    token = ApiToken(
        digest=digest_of(secret),
        account_id=account_id,
        label=label,
        scope=TokenScope(scope),
        created_at=work.now,
        expires_at=work.now + timedelta(days=days),
    )
    work.session.add(token)
    work.session.flush()  # the trail names its id
    record(work, "token.issued", "api_token", token.id, label=label, days=days, scope=scope)
    return IssuedToken(
        id=token.id,
        secret=secret,
        label=label,
        scope=TokenScope(scope),
        created_at=token.created_at,
        expires_at=token.expires_at,
    )


def revoke_token(work: UnitOfWork, token_id: int) -> None:
    """End one of the actor's own tokens; those of others are unknown to her."""
    _revoke(work, _own_account(work), token_id)


def revoke_token_of(work: UnitOfWork, account_id: int, token_id: int) -> None:
    """End a token of anybody's, by an administrator."""
    require(work.actor, Permission.MANAGE_ACCOUNTS)
    _revoke(work, account_id, token_id)


# Put together once: that takes longer than asking it, and every request does.
_ITS_TOKEN = (
    select(ApiToken)
    .options(joinedload(ApiToken.account).joinedload(Account.employee))
    .where(ApiToken.digest == bindparam("digest"), ApiToken.expires_at > bindparam("now"))
)


def bearer_of(reading: Reading, secret: str) -> Bearer | None:
    """Who acts by this token; None when it is forged, over, or its person may not act any more."""
    if not secret.startswith(PREFIX):
        return None
    found = reading.session.scalar(_ITS_TOKEN, {"digest": digest_of(secret), "now": reading.now})
    actor = None if found is None else actor_of(found.account, reading.today)
    if found is None or actor is None:
        return None
    return Bearer(
        actor=actor,
        token_id=found.id,
        # Those of before there were scopes could do everything.
        scope=TokenScope(found.scope or TokenScope.ADMIN),
        is_seen=found.last_used_at is not None and reading.now - found.last_used_at < USED_EVERY,
    )


def note_used(work: UnitOfWork, token_id: int) -> None:
    work.session.execute(update(ApiToken).where(ApiToken.id == token_id).values(last_used_at=work.now))


def end_tokens(work: UnitOfWork, account_id: int) -> None:
    work.session.execute(delete(ApiToken).where(ApiToken.account_id == account_id))


def _revoke(work: UnitOfWork, account_id: int, token_id: int) -> None:
    token = work.session.scalar(select(ApiToken).where(ApiToken.id == token_id, ApiToken.account_id == account_id))
    if token is None:
        raise TokenNotFound
    record(work, "token.revoked", "api_token", token.id, label=token.label)
    work.session.delete(token)


def _own_account(work: UnitOfWork) -> int:
    if work.actor.account_id is None:
        raise SignInNeeded
    return work.actor.account_id


def _check(label: str, days: int, scope: str) -> None:
    problems = []
    if scope not in list(TokenScope):
        problems.append(
            FieldProblem(name="scope", code="unknown", message=_("Choose what the token is good for from the list."))
        )
    if not label or len(label) > LONGEST_LABEL or not label.isprintable():
        problems.append(
            FieldProblem(name="label", code="label", message=_("Say in 1 to 80 characters what the token is for."))
        )
    if not 1 <= days <= MOST_DAYS:
        problems.append(
            FieldProblem(
                name="days",
                code="days",
                message=_("A token lives from 1 to %(most)s days."),
                params={"most": MOST_DAYS},
            )
        )
    if problems:
        raise TokenRefused(problems)
