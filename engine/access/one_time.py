"""Secrets that work once and for a while: a new one of a purpose puts those before it out of use."""

from datetime import timedelta

from sqlalchemy import delete, select

from engine.access.model import OneTimeSecret
from engine.access.secret_keys import digest_of, new_secret
from engine.base.unit_of_work import Reading, UnitOfWork


def new_one_time_secret(work: UnitOfWork, account_id: int, purpose: str, lives: timedelta) -> str:
    forget_one_time_secrets(work, account_id, purpose)
    secret = new_secret()
    work.session.add(
        OneTimeSecret(
            account_id=account_id, purpose=purpose, digest=digest_of(secret), expires_at=work.now + lives, used_at=None
        )
    )
    return secret


def one_time_secret(work: UnitOfWork | Reading, secret: str, purpose: str) -> OneTimeSecret | None:
    """One that still works; locked, so that of two who come with it at once the second finds it used."""
    query = select(OneTimeSecret).where(
        OneTimeSecret.digest == digest_of(secret),
        OneTimeSecret.purpose == purpose,
        OneTimeSecret.expires_at > work.now,
        OneTimeSecret.used_at.is_(None),
    )
    return work.session.scalar(query.with_for_update() if isinstance(work, UnitOfWork) else query)


def forget_one_time_secrets(work: UnitOfWork, account_id: int, purpose: str) -> None:
    work.session.execute(
        delete(OneTimeSecret).where(OneTimeSecret.account_id == account_id, OneTimeSecret.purpose == purpose)
    )
