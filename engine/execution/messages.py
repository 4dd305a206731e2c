"""Messages and signals between cases, and from outside into a case."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import select

from engine.access.permissions import Permission, require
from engine.audit.operations import record
from engine.base.unit_of_work import UnitOfWork
from engine.bpmn.graph import EventKind
from engine.definitions.graphs import graph_of
from engine.definitions.triggers import triggers_named
from engine.execution import holding
from engine.execution.advance import OVER, locked_instance, move
from engine.execution.conversations import Message, bound, conversation_of
from engine.execution.errors import NobodyWaits
from engine.execution.lifetimes import lifetime_of, usual_lifetime
from engine.execution.model import HeldMessage, Instance, Subscription
from engine.execution.receiving import has_receiver, note_arrival, reach
from engine.execution.starts import SIGNALLED_START_JOB
from engine.jobs.operations import NewJob, schedule_all
from engine.runtime.changes import Awaited
from engine.runtime.stimuli import BroadcastSignal, DeliverMessage

HEAR_JOB = "signal.hear"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """Where a message is: with an instance, or held until a moment."""

    instance_id: int | None
    held_until: datetime | None = None


def deliver(
    work: UnitOfWork,
    name: str,
    correlation: str | None,
    variables: Mapping[str, Any],
    keep_for: timedelta | None = None,
) -> Delivery:
    """Give a message from outside to whoever waits for it, or to the procedure that begins with it.

    With nobody there it is kept, for the office's usual time unless one is given; raises NobodyWaits for no time.
    """
    require(work.actor, Permission.SEND_MESSAGE)
    message = Message(
        key=f"outside:{uuid4().hex}",
        name=name,
        correlation=correlation,
        variables=variables,
        expires_at=work.now + (usual_lifetime(work.settings) if keep_for is None else keep_for),
    )
    delivery = _sent(work, message)
    if delivery is None:
        raise NobodyWaits(name=name)
    return delivery


def route(work: UnitOfWork, payload: Mapping[str, Any]) -> None:
    """A message that a case has sent, held as long as its drawing says; its journey tells what became of it."""
    sender = work.session.get_one(Instance, payload["sender_id"])
    node = graph_of(work.session, sender.version_id).nodes[payload["node"]]
    message = Message(
        key=payload["key"],
        name=payload["name"],
        correlation=payload["correlation"],
        variables=payload["variables"],
        expires_at=work.now + lifetime_of(node, work.settings),
        sender_id=sender.id,
        conversation=conversation_of(sender),
    )
    if _sent(work, bound(work, message)) is None:
        record(work, "message.expired", "instance", sender.id, sender.id, name=message.name)


def offer(work: UnitOfWork, payload: Mapping[str, Any]) -> None:
    """A message that was held looks again for a receiver."""
    query = select(HeldMessage).where(HeldMessage.id == payload["held_id"], HeldMessage.expires_at > work.now)
    held = work.session.scalar(query.with_for_update(skip_locked=True))
    if held is not None and reach(work, holding.message_of(work, held)) is not None:
        holding.forget(work, held.id)


def take(work: UnitOfWork, payload: Mapping[str, Any]) -> None:
    """A wait takes what was held for it; if it waits on, it takes the next."""
    instance = locked_instance(work, payload["instance_id"])
    wait = work.session.get(Subscription, payload["subscription_id"])
    if wait is None or instance.state in OVER:
        return
    message = holding.take_held(work, instance, wait)
    if message is None:
        return
    move(work, instance, DeliverMessage(message.name, message.variables, wait.activity_id))
    note_arrival(work, message, instance.id)
    if work.session.scalar(select(Subscription.id).where(Subscription.id == payload["subscription_id"])):
        schedule_all(work, holding.taking(work, instance, wait))


def _sent(work: UnitOfWork, message: Message) -> Delivery | None:
    instance_id = reach(work, message)
    if instance_id is not None:
        return Delivery(instance_id=instance_id)
    if message.expires_at <= work.now:
        return None
    holding.hold_alone(work, message.name)
    held = holding.hold(work, message)
    if has_receiver(work, message):  # it began to wait after we looked
        holding.offer_later(work, [held.id])
    return Delivery(instance_id=None, held_until=held.expires_at)


def broadcast(work: UnitOfWork, name: str, variables: Mapping[str, Any]) -> int:
    """A signal from outside, for everyone who listens now: how many cases will hear it or begin with it."""
    require(work.actor, Permission.SEND_MESSAGE)
    payload = {"name": name, "variables": variables, "except_instance_id": 0, "origin": f"outside:{uuid4().hex}"}
    return _spread(work, payload)


def route_signal(work: UnitOfWork, payload: Mapping[str, Any]) -> None:
    """A signal that a case has thrown."""
    _spread(work, payload)


def hear(work: UnitOfWork, payload: Mapping[str, Any]) -> None:
    """One that has ended meanwhile listens no more."""
    instance = locked_instance(work, payload["instance_id"])
    if instance.state not in OVER:
        move(work, instance, BroadcastSignal(payload["name"], payload["variables"]))


def _spread(work: UnitOfWork, payload: Mapping[str, Any]) -> int:
    """A job for each case that listens and for each procedure that begins with it, so that each is locked alone."""
    listening = (
        select(Subscription.instance_id)
        .where(Subscription.awaited == Awaited.SIGNAL, Subscription.name == payload["name"])
        .where(Subscription.instance_id != payload["except_instance_id"])
        .distinct()
    )
    told = {"name": payload["name"], "variables": payload["variables"]}
    jobs = [
        NewJob(
            kind=HEAR_JOB,
            key=f"{HEAR_JOB}:{instance_id}:{payload['origin']}",
            due_at=work.now,
            payload={"instance_id": instance_id, **told},
            instance_id=instance_id,
        )
        for instance_id in work.session.scalars(listening)
    ]
    jobs += [
        NewJob(
            kind=SIGNALLED_START_JOB,
            key=f"{SIGNALLED_START_JOB}:{trigger.id}:{payload['origin']}",
            due_at=work.now,
            payload={"trigger_id": trigger.id, "variables": payload["variables"]},
        )
        for trigger in triggers_named(work.session, EventKind.SIGNAL, payload["name"])
    ]
    schedule_all(work, jobs)
    return len(jobs)
