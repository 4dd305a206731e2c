"""Tokens by which programs act for an account through the API."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, joinedload

from engine.access.model import Account, ApiToken
from engine.access.permissions import SignInNeeded
from engine.access.queries import actor_of
from engine.access.secret_keys import digest_of, new_secret
from engine.audit.operations import record
from engine.base.actor import Actor
from engine.base.errors import FieldProblem, Invalid, NotFound
from engine.base.i18n import _
from engine.base.unit_of_work import UnitOfWork

PREFIX = "tk_"  # lets scanners find a leaked one
MOST_DAYS = 366
LONGEST_LABEL = 80


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
    created_at: datetime
    expires_at: datetime


def issue_token(work: UnitOfWork, label: str, days: int) -> IssuedToken:
    """A new token of the actor."""
    account_id = _own_account(work)
    label = label.strip()
    _check(label, days)
    secret = new_secret(PREFIX)
    token = ApiToken(
        digest=digest_of(secret),
        account_id=account_id,
        label=label,
        created_at=work.now,
        expires_at=work.now + timedelta(days=days),
    )
    work.session.add(token)
    work.session.flush()  # the trail names its id
    record(work, "token.issued", "api_token", token.id, label=label, days=days)
    return IssuedToken(
        id=token.id, secret=secret, label=label, created_at=token.created_at, expires_at=token.expires_at
    )


def revoke_token(work: UnitOfWork, token_id: int) -> None:
    """End one of the actor's own tokens; those of others are unknown to her."""
    token = work.session.scalar(
        select(ApiToken).where(ApiToken.id == token_id, ApiToken.account_id == _own_account(work))
    )
    if token is None:
        raise TokenNotFound
    record(work, "token.revoked", "api_token", token.id, label=token.label)
    work.session.delete(token)


def actor_of_token(session: Session, secret: str, now: datetime) -> Actor | None:
    """Who acts by this token; None when it is forged, over, or its person may not act any more."""
    if not secret.startswith(PREFIX):
        return None
    query = (
        select(ApiToken)
        .options(joinedload(ApiToken.account).joinedload(Account.employee))
        .where(ApiToken.digest == digest_of(secret), ApiToken.expires_at > now)
    )
    found = session.scalar(query)
    return None if found is None else actor_of(found.account, now.date())


def end_tokens(work: UnitOfWork, account_id: int) -> None:
    work.session.execute(delete(ApiToken).where(ApiToken.account_id == account_id))


def _own_account(work: UnitOfWork) -> int:
    if work.actor.account_id is None:
        raise SignInNeeded
    return work.actor.account_id


def _check(label: str, days: int) -> None:
    problems = []
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
