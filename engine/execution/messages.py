"""Messages and signals between cases, and from outside into a case."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from engine.access.permissions import Permission, require
from engine.audit.operations import record
from engine.base.unit_of_work import UnitOfWork
from engine.execution.advance import advance
from engine.execution.errors import NobodyWaits
from engine.execution.model import Subscription
from engine.jobs.operations import NewJob, schedule_all
from engine.runtime.changes import Awaited
from engine.runtime.stimuli import BroadcastSignal, DeliverMessage

HEAR_JOB = "signal.hear"


def deliver(work: UnitOfWork, name: str, correlation: str | None, variables: Mapping[str, Any]) -> int:
    """Give a message to the case that waits for it longest; its instance id. Raises NobodyWaits."""
    require(work.actor, Permission.SEND_MESSAGE)
    query = select(Subscription).where(Subscription.awaited == Awaited.MESSAGE, Subscription.name == name)
    if correlation is not None:
        query = query.where(Subscription.correlation == correlation)
    waiting = work.session.scalars(query.order_by(Subscription.id).limit(1)).one_or_none()
    if waiting is None:
        raise NobodyWaits(name=name)
    instance_id, activity_id = waiting.instance_id, waiting.activity_id
    advance(work, instance_id, DeliverMessage(name, variables, activity_id))
    record(work, "message.delivered", "instance", instance_id, instance_id, name=name)
    return instance_id


def route(work: UnitOfWork, payload: Mapping[str, Any]) -> None:
    """A message that a case has sent; nobody waiting is a failed job, tried again until it is given up."""
    deliver(work, payload["name"], payload["correlation"], payload["variables"])


def route_signal(work: UnitOfWork, payload: Mapping[str, Any]) -> None:
    """A job for each case that listens, so that each is locked alone."""
    query = (
        select(Subscription.instance_id)
        .where(Subscription.awaited == Awaited.SIGNAL, Subscription.name == payload["name"])
        .where(Subscription.instance_id != payload["except_instance_id"])
        .distinct()
    )
    jobs = [
        NewJob(
            kind=HEAR_JOB,
            key=f"{HEAR_JOB}:{instance_id}:{payload['origin']}",
            due_at=work.now,
            payload={"instance_id": instance_id, "name": payload["name"], "variables": payload["variables"]},
            instance_id=instance_id,
        )
        for instance_id in work.session.scalars(query)
    ]
    schedule_all(work, jobs)


def hear(work: UnitOfWork, payload: Mapping[str, Any]) -> None:
    advance(work, payload["instance_id"], BroadcastSignal(payload["name"], payload["variables"]))
