"""What leaves an instance does so as a job, written in the same transaction as the step."""

from engine.base.unit_of_work import UnitOfWork
from engine.execution.model import Instance
from engine.jobs.operations import schedule
from engine.runtime.changes import MessageSent, ServiceRequested, SignalSent

SERVICE_JOB = "service.run"
MESSAGE_JOB = "message.route"
SIGNAL_JOB = "signal.route"
CONTINUE_JOB = "instance.continue"


def request_service(work: UnitOfWork, instance_id: int, change: ServiceRequested) -> None:
    """The activity id is never used again in the instance, but a retry asks anew: the instant tells them apart."""
    key = f"{SERVICE_JOB}:{instance_id}:{change.activity_id}:{work.now.timestamp()}"
    payload = {
        "instance_id": instance_id,
        "activity_id": change.activity_id,
        "element": change.element,
        "operation": change.operation,
        "parameters": dict(change.parameters),
    }
    schedule(work, SERVICE_JOB, key, work.now, payload, instance_id)


def send_message(work: UnitOfWork, instance: Instance, change: MessageSent) -> None:
    key = f"{MESSAGE_JOB}:{instance.id}:{instance.revision}:{change.element}:{change.name}"
    payload = {"name": change.name, "correlation": change.correlation, "variables": dict(change.variables)}
    schedule(work, MESSAGE_JOB, key, work.now, payload)


def send_signal(work: UnitOfWork, instance: Instance, change: SignalSent) -> None:
    """The instance that throws has heard it already; the job carries it to all others."""
    key = f"{SIGNAL_JOB}:{instance.id}:{instance.revision}:{change.element}:{change.name}"
    payload = {"name": change.name, "variables": dict(change.variables), "except_instance_id": instance.id}
    schedule(work, SIGNAL_JOB, key, work.now, payload)


def request_continuation(work: UnitOfWork, instance: Instance) -> None:
    """Go on in a transaction of its own: this one has used up its budget of steps."""
    key = f"{CONTINUE_JOB}:{instance.id}:{instance.revision}"
    schedule(work, CONTINUE_JOB, key, work.now, {"instance_id": instance.id}, instance.id)
