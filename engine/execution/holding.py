"""Messages for which nobody waits yet, kept until somebody does or their time is over.

Whoever holds a message and whoever begins to wait must see each other, though neither sees what the other has not
committed yet. They meet at one lock for each name: waiting shares it, holding has it alone and looks once more.
The lock comes after that of an instance, and whoever has it alone locks no instance: no circle can arise.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select

from engine.audit.operations import record
from engine.base.unit_of_work import UnitOfWork
from engine.execution.conversations import Message, conversation_of, held_for
from engine.execution.model import HeldMessage, Instance, Subscription
from engine.jobs.operations import NewJob, schedule_again, schedule_all, schedule_all_again
from engine.runtime.changes import Awaited, MessageAwaited

TAKE_JOB = "message.take"
OFFER_JOB = "message.offer"
OFFER_ALL_JOB = "messages.offer"
EXPIRE_JOB = "messages.expire"
EXPIRE_EVERY = timedelta(minutes=10)
AT_ONCE = 500
NAMES = 20_261_124  # the first half of each lock; the name is the second


def look_for_held(work: UnitOfWork, instance: Instance, awaited: Collection[MessageAwaited]) -> None:
    """Whoever begins to wait is given what was held for it: by a job for each wait, once this step is kept."""
    names = {change.name for change in awaited if change.awaited is Awaited.MESSAGE}
    if not names:
        return
    begin_to_wait_for(work, names)
    begun = {(change.activity_id, change.wait_id) for change in awaited}
    query = select(Subscription).where(Subscription.instance_id == instance.id, Subscription.name.in_(names))
    waits = [wait for wait in work.session.scalars(query) if (wait.activity_id, wait.wait_id) in begun]
    schedule_all(work, [job for wait in waits for job in taking(work, instance, wait)])


def taking(work: UnitOfWork, instance: Instance, wait: Subscription) -> Sequence[NewJob]:
    """The job by which a wait takes the message that is held longest for it, if there is one."""
    held_id = work.session.scalar(select(HeldMessage.id).where(*_for(work.now, instance, wait)).limit(1))
    if held_id is None:
        return ()
    payload = {"instance_id": instance.id, "subscription_id": wait.id}
    # SQLite gives the ids of deleted rows anew; the revision tells each turn of a case from all others.
    key = f"{TAKE_JOB}:{instance.id}:{instance.revision}:{wait.id}"
    return (NewJob(kind=TAKE_JOB, key=key, due_at=work.now, payload=payload, instance_id=instance.id),)


def take_held(work: UnitOfWork, instance: Instance, wait: Subscription) -> Message | None:
    """Take the message out; one that another just takes is left to it."""
    query = select(HeldMessage).where(*_for(work.now, instance, wait)).order_by(HeldMessage.id).limit(1)
    held = work.session.scalar(query.with_for_update(skip_locked=True))
    if held is None:
        return None
    forget(work, held.id)
    return message_of(work, held)


def hold_alone(work: UnitOfWork, name: str) -> None:
    """From here to the commit nobody begins to wait for this message."""
    if work.session.get_bind().dialect.name == "postgresql":
        work.session.execute(select(func.pg_advisory_xact_lock(NAMES, func.hashtext(name))))


def begin_to_wait_for(work: UnitOfWork, names: Collection[str]) -> None:
    """From here to the commit nobody holds a message of these names; what is held already can be seen."""
    if work.session.get_bind().dialect.name == "postgresql":
        for name in sorted(names):
            work.session.execute(select(func.pg_advisory_xact_lock_shared(NAMES, func.hashtext(name))))


def hold(work: UnitOfWork, message: Message) -> HeldMessage:
    held = HeldMessage(
        key=message.key,
        name=message.name,
        correlation=message.correlation,
        variables=dict(message.variables),
        sender_id=message.sender_id,
        bound_to=message.bound_to,
        sent_at=work.now,
        expires_at=message.expires_at,
    )
    work.session.add(held)
    work.session.flush()  # a job may be named after it
    if message.sender_id is not None:
        until = message.expires_at.isoformat()
        record(work, "message.held", "instance", message.sender_id, message.sender_id, name=message.name, until=until)
    return held


def offer_later(work: UnitOfWork, held_ids: Collection[int]) -> None:
    """Let the messages look for a receiver once this transaction is over."""
    jobs = [
        NewJob(kind=OFFER_JOB, key=f"{OFFER_JOB}:{held}", due_at=work.now, payload={"held_id": held})
        for held in held_ids
    ]
    schedule_all_again(work, jobs)


def begin_by(work: UnitOfWork, version_id: int, names: Collection[str]) -> None:
    """A version that begins by these messages comes into force: those that were held will be offered to it."""
    begin_to_wait_for(work, names)
    # Whoever holds the lock waits for no job: the messages are looked up once it is free.
    key = f"{OFFER_ALL_JOB}:{version_id}:{work.now.isoformat()}"
    schedule_again(work, OFFER_ALL_JOB, key, work.now, {"names": sorted(names)})


def offer_all(work: UnitOfWork, payload: Mapping[str, Any]) -> None:
    query = select(HeldMessage.id).where(
        HeldMessage.name.in_(payload["names"]), HeldMessage.bound_to.is_(None), HeldMessage.expires_at > work.now
    )
    offer_later(work, work.session.scalars(query).all())


def expire(work: UnitOfWork, _payload: Mapping[str, Any]) -> None:
    """Messages whose time is over go, and whoever sent them can read so in the case."""
    query = select(HeldMessage).where(HeldMessage.expires_at <= work.now).order_by(HeldMessage.id).limit(AT_ONCE)
    over = work.session.scalars(query.with_for_update(skip_locked=True)).all()
    for held in over:
        subject = "message" if held.sender_id is None else "instance"
        record(work, "message.expired", subject, held.sender_id, held.sender_id, name=held.name)
        forget(work, held.id)
    pause = timedelta(0) if len(over) == AT_ONCE else EXPIRE_EVERY
    schedule_again(work, EXPIRE_JOB, EXPIRE_JOB, work.now + pause, {})


def forget(work: UnitOfWork, held_id: int) -> None:
    work.session.execute(
        delete(HeldMessage).where(HeldMessage.id == held_id).execution_options(synchronize_session=False)
    )


def message_of(work: UnitOfWork, held: HeldMessage) -> Message:
    sender = work.session.get(Instance, held.sender_id) if held.sender_id is not None else None
    return Message(
        key=held.key,
        name=held.name,
        correlation=held.correlation,
        variables=held.variables,
        expires_at=held.expires_at,
        sender_id=held.sender_id,
        conversation=conversation_of(sender) if sender else None,
        bound_to=held.bound_to,
    )


def _for(now: datetime, instance: Instance, wait: Subscription) -> tuple[Any, ...]:
    fits = held_for(instance, wait.correlation)
    return (HeldMessage.name == wait.name, HeldMessage.expires_at > now, fits)
