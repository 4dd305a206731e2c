"""Who was refused at the front door stands in the trail, under the account that she tried to be."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import select

from engine.access.model import Account
from engine.access.secret_keys import new_secret
from engine.access.visitors import Visitor
from engine.audit.operations import record
from engine.base.unit_of_work import UnitOfWork
from engine.jobs.operations import schedule

FAILED_JOB: Final = "sign_in.failed"


def report_failure(work: UnitOfWork, username: str, visitor: Visitor) -> None:
    """Have it noted; a job does so, for whether there is such an account must show in no time that it takes.

    What was typed is kept nowhere: people write their password where the name belongs.
    """
    wanted = username.strip().lower()
    account_id = work.session.scalar(select(Account.id).where(Account.username == wanted)) if _is_text(wanted) else None
    payload = {"account_id": account_id, "address": visitor.address}
    schedule(work, FAILED_JOB, f"{FAILED_JOB}:{new_secret()}", work.now, payload)


def note_failure(work: UnitOfWork, payload: Mapping[str, Any]) -> None:
    account = work.session.get(Account, payload["account_id"]) if payload["account_id"] else None
    if account is not None:
        _note(work, "account.sign_in_failed", account, payload["address"])


def note_wrong_code(work: UnitOfWork, account_id: int, visitor: Visitor) -> None:
    """Somebody knows the password and has not the phone."""
    _note(work, "account.code_wrong", work.session.get_one(Account, account_id), visitor.address)


def _note(work: UnitOfWork, act: str, account: Account, address: str) -> None:
    record(work, act, "account", account.id, username=account.username, address=address)


def _is_text(name: str) -> bool:
    return name.isprintable()  # PostgreSQL refuses to compare text with a NUL in it
