"""A program that did not hear the answer asks again: the same request under the same key is done once."""

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite

from engine.base.errors import Conflict
from engine.base.i18n import _
from engine.base.unit_of_work import UnitOfWork
from engine.execution.model import AnsweredRequest

REMEMBERED = timedelta(days=7)
Answer = Mapping[str, Any]


class KeyUsedOtherwise(Conflict):
    code = "request.key_used_otherwise"
    message = _("This Idempotency-Key came before with another request. Take a new key for each new request.")


def once(work: UnitOfWork, key: str | None, request: Mapping[str, Any], act: Callable[[], Answer]) -> Answer:
    """Do it and remember the answer; a request that came before under this key is only answered again.

    Of two that come at the same instant the second waits for the first. A refused request leaves its key free.
    """
    if key is None or work.actor.account_id is None:
        return act()
    digest = hashlib.sha256(json.dumps(request, sort_keys=True).encode()).hexdigest()
    entry_id = _entered(work, key, digest)
    if entry_id is None:
        return _answered_before(work, key, digest)
    answer = act()
    work.session.get_one(AnsweredRequest, entry_id).answer = dict(answer)
    return answer


def forget_old_answers(work: UnitOfWork) -> None:
    work.session.execute(delete(AnsweredRequest).where(AnsweredRequest.answered_at < work.now - REMEMBERED))


def _entered(work: UnitOfWork, key: str, digest: str) -> int | None:
    values: dict[str, Any] = {
        "account_id": work.actor.account_id,
        "key": key,
        "digest": digest,
        "answer": {},
        "answered_at": work.now,
    }
    is_postgresql = work.session.get_bind().dialect.name == "postgresql"
    statement = (postgresql.insert if is_postgresql else sqlite.insert)(AnsweredRequest).values(values)
    return work.session.scalar(statement.on_conflict_do_nothing().returning(AnsweredRequest.id))


def _answered_before(work: UnitOfWork, key: str, digest: str) -> Answer:
    before = work.session.scalars(
        select(AnsweredRequest).where(AnsweredRequest.account_id == work.actor.account_id, AnsweredRequest.key == key)
    ).one()
    if before.digest != digest:
        raise KeyUsedOtherwise
    answer: Answer = before.answer
    return answer
