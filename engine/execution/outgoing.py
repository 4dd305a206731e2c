"""What leaves an instance does so as a job, written in the same transaction as the step."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from engine.base.unit_of_work import UnitOfWork
from engine.bpmn.operations import OPERATIONS
from engine.execution.model import Instance
from engine.jobs.operations import NewJob, cancel_by_key, schedule_all_again
from engine.runtime.changes import ContinueRequested, MessageSent, ServiceRequested, SignalSent

SERVICE_JOB = "service.run"
SERVICE_CALL_JOB = "service.call"  # of an operation that talks to another server
MESSAGE_JOB = "message.route"
SIGNAL_JOB = "signal.route"
CONTINUE_JOB = "instance.continue"

Leaving = ServiceRequested | MessageSent | SignalSent | ContinueRequested


def send(work: UnitOfWork, instance: Instance, leaving: Sequence[Leaving]) -> None:
    """All that a step sends, in one statement; each has a key of its own, however often its element speaks."""
    jobs = [JOBS[type(each)](instance, each, ordinal, work.now) for ordinal, each in enumerate(leaving)]
    schedule_all_again(work, jobs)


def withdraw_services(work: UnitOfWork, instance: Instance, activity_ids: Collection[int]) -> None:
    """These activities were stopped: nobody waits for the answer any more."""
    cancel_by_key(work, *(_service_key(instance, activity_id) for activity_id in activity_ids))


def _service_key(instance: Instance, activity_id: int) -> str:
    """Of the activity, so that a retry revives the job that was done."""
    return f"{SERVICE_JOB}:{instance.id}:{activity_id}"


def _service(instance: Instance, change: ServiceRequested, _ordinal: int, now: datetime) -> NewJob:
    payload = {
        "instance_id": instance.id,
        "activity_id": change.activity_id,
        "node": change.node,
        "element": change.element,
        "operation": change.operation,
        "parameters": dict(change.parameters),
    }
    operation = OPERATIONS.get(change.operation)
    kind = SERVICE_CALL_JOB if operation and operation.calls_outside else SERVICE_JOB
    key = _service_key(instance, change.activity_id)
    return NewJob(kind=kind, key=key, due_at=now, payload=payload, instance_id=instance.id)


def _message(instance: Instance, change: MessageSent, ordinal: int, now: datetime) -> NewJob:
    key = f"{MESSAGE_JOB}:{_origin(instance, ordinal)}"
    payload = {
        "key": key,
        "name": change.name,
        "correlation": change.correlation,
        "variables": dict(change.variables),
        "sender_id": instance.id,
        "node": change.node,
    }
    return NewJob(kind=MESSAGE_JOB, key=key, due_at=now, payload=payload)


def _signal(instance: Instance, change: SignalSent, ordinal: int, now: datetime) -> NewJob:
    """The instance that throws has heard it already; the job carries it to all others."""
    origin = _origin(instance, ordinal)
    payload = {
        "name": change.name,
        "variables": dict(change.variables),
        "except_instance_id": instance.id,
        "origin": origin,
    }
    return NewJob(kind=SIGNAL_JOB, key=f"{SIGNAL_JOB}:{origin}", due_at=now, payload=payload)


def _continuation(instance: Instance, _change: ContinueRequested, _ordinal: int, now: datetime) -> NewJob:
    """Go on in a transaction of its own: this one has used up its budget of steps."""
    key, payload = f"{CONTINUE_JOB}:{instance.id}", {"instance_id": instance.id}
    return NewJob(kind=CONTINUE_JOB, key=key, due_at=now, payload=payload, instance_id=instance.id)


def _origin(instance: Instance, ordinal: int) -> str:
    return f"{instance.id}:{instance.revision}:{ordinal}"


JOBS: Mapping[type[Leaving], Callable[[Instance, Any, int, datetime], NewJob]] = {
    ServiceRequested: _service,
    MessageSent: _message,
    SignalSent: _signal,
    ContinueRequested: _continuation,
}
