"""Messages from a player: she knows data of the case she means rather than keys."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import select

from engine.base.unit_of_work import UnitOfWork
from engine.execution.advance import advance
from engine.execution.conversations import Message
from engine.execution.errors import NobodyWaits
from engine.execution.messages import deliver
from engine.execution.model import Instance, Subscription
from engine.execution.starts import start_on_message
from engine.runtime.changes import Awaited
from engine.runtime.stimuli import DeliverMessage

Variables = Mapping[str, Any]


def send(work: UnitOfWork, name: str, correlation: Variables, variables: Variables) -> datetime | None:
    """To the wait with that key, else to the case with these data, else to whoever has waited longest or begins by it.

    With nobody there it is held, until the moment that this gives; not for a case that waits, but has other data.
    Raises NobodyWaits for those.
    """
    key = " ".join(str(value) for value in correlation.values()) or None
    waiting = _waiting(work, name) if correlation else ()
    meant = next((wait for wait in waiting if wait.correlation == key), None) or next(
        (wait for wait in waiting if _agrees(work, wait, correlation)), None
    )
    if meant is not None:
        advance(work, meant.instance_id, DeliverMessage(name, variables, meant.activity_id))
    elif any(_contradicts(work, wait, correlation) for wait in waiting):
        _begin(work, name, key, variables)
    else:
        return deliver(work, name, key, variables).held_until
    return None


def _begin(work: UnitOfWork, name: str, key: str | None, variables: Variables) -> None:
    message = Message(key=uuid4().hex, name=name, correlation=key, variables=variables, expires_at=work.now)
    if start_on_message(work, message) is None:
        raise NobodyWaits(name=name)


def _waiting(work: UnitOfWork, name: str) -> Sequence[Subscription]:
    query = select(Subscription).where(Subscription.awaited == Awaited.MESSAGE, Subscription.name == name)
    return work.session.scalars(query.order_by(Subscription.id)).all()


def _agrees(work: UnitOfWork, wait: Subscription, correlation: Variables) -> bool:
    known = work.session.get_one(Instance, wait.instance_id).variables
    return wait.correlation is None and all(name in known and known[name] == correlation[name] for name in correlation)


def _contradicts(work: UnitOfWork, wait: Subscription, correlation: Variables) -> bool:
    known = work.session.get_one(Instance, wait.instance_id).variables
    return wait.correlation is None and any(name in known and known[name] != correlation[name] for name in correlation)
