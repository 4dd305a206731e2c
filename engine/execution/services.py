"""Service tasks: registered operations that run as jobs and tell the case how they ended.

An operation that changes our own rows only runs in the transaction of its job: exactly once. One that calls another
server runs with no transaction open, and its answer moves the case in a second one: at least once, each attempt with
the same job id as its idempotency key.
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from engine.audit.operations import record
from engine.base.errors import TataKerjaError
from engine.base.i18n import _, translate
from engine.base.unit_of_work import Reading, UnitOfWork
from engine.definitions.graphs import graph_of
from engine.execution.advance import OVER, locked_instance, move
from engine.execution.model import Instance
from engine.execution.outgoing import SERVICE_CALL_JOB, SERVICE_JOB
from engine.jobs.claiming import JobCall
from engine.jobs.errors import Hopeless
from engine.jobs.events import JobGivenUp
from engine.runtime.errors import AlreadyClosed, UnacceptableVariables
from engine.runtime.stimuli import ServiceDone, ServiceFailed, ThrowError

Operation = Callable[[UnitOfWork, int, Mapping[str, Any]], Mapping[str, Any]]
Look = Callable[[], AbstractContextManager[Reading]]
Answer = ServiceDone | ThrowError
Call = Callable[[Look, JobCall], Answer]
Outcome = Callable[[UnitOfWork, bool], None]  # whether the attempt that brought it still has the job

GIVEN_UP = _("It was tried %(attempts)s times without success. The last time: %(reason)s")


def run(work: UnitOfWork, payload: Mapping[str, Any], operations: Mapping[str, Operation]) -> None:
    """Run the operation and move the case on with its result; a refusal becomes an incident of the case."""
    instance_id, activity_id = payload["instance_id"], payload["activity_id"]
    instance = locked_instance(work, instance_id)
    operation = operations.get(payload["operation"])
    if operation is None:
        move(work, instance, ServiceFailed(activity_id, f"unknown operation {payload['operation']}"))
        return
    try:
        result = operation(work, instance_id, payload["parameters"])
    except TataKerjaError as refusal:
        move(work, instance, ServiceFailed(activity_id, refusal.text(work.settings.language)))
        return
    move(work, instance, ServiceDone(activity_id, result))


def ask(look: Look, call: JobCall, calls: Mapping[str, Call]) -> Outcome:
    """Call the other server; what it means for the case is written in the transaction that ends the job.

    A refusal that no further attempt can mend is an incident at once; others are raised, and the job is tried again.
    """
    try:
        answer = calls[call.payload["operation"]](look, call)
    except Hopeless as refusal:
        return partial(_refused, call, refusal)
    return partial(_answered, call, answer)


def give_up(work: UnitOfWork, event: JobGivenUp) -> None:
    """The job of a service has no attempts left: from here on a person must look at it."""
    if event.kind in (SERVICE_JOB, SERVICE_CALL_JOB):
        facts = {"attempts": event.attempts, "reason": event.error}
        message = translate(GIVEN_UP, facts, work.settings.language)
        _tell_case(work, event.payload, ServiceFailed(event.payload["activity_id"], message))


def result_name(session: Session, payload: Mapping[str, Any]) -> str | None:
    """The variable that the diagram names for the result of this step."""
    instance = session.get_one(Instance, payload["instance_id"])
    node = graph_of(session, instance.version_id).nodes.get(payload["node"])
    return node.service.result if node and node.service else None


def _answered(call: JobCall, answer: Answer, work: UnitOfWork, is_held: bool) -> None:
    """A step that was done is done, even if another attempt is on its way; a refusal leaves that one its say."""
    if isinstance(answer, ThrowError) and not is_held:
        return
    try:
        is_told = _tell_case(work, call.payload, _kept(work, call, answer))
    except UnacceptableVariables as refusal:
        is_told = _tell_case(work, call.payload, _failure(work, call, refusal))
    if is_told:
        instance_id = call.payload["instance_id"]
        facts = {"element": _step_name(work, call.payload), "operation": call.payload["operation"]}
        record(work, "service.answered", "instance", instance_id, instance_id, **facts)


def _step_name(work: UnitOfWork, payload: Mapping[str, Any]) -> str:
    version_id = work.session.get_one(Instance, payload["instance_id"]).version_id
    node = graph_of(work.session, version_id).nodes.get(payload["node"])
    return node.name if node and node.name else str(payload["element"])


def _refused(call: JobCall, refusal: Hopeless, work: UnitOfWork, is_held: bool) -> None:
    if is_held:
        _tell_case(work, call.payload, _failure(work, call, refusal))


def _failure(work: UnitOfWork, call: JobCall, refusal: TataKerjaError) -> ServiceFailed:
    return ServiceFailed(call.payload["activity_id"], refusal.text(work.settings.language))


def _kept(work: UnitOfWork, call: JobCall, answer: Answer) -> Answer:
    """What another server says goes into the variable that the diagram names for it, and nowhere else."""
    if isinstance(answer, ServiceDone) and result_name(work.session, call.payload) is None:
        return ServiceDone(answer.activity_id)
    return answer


def _tell_case(
    work: UnitOfWork, payload: Mapping[str, Any], stimulus: ServiceDone | ServiceFailed | ThrowError
) -> bool:
    """False when the case went another way meanwhile: the answer comes too late, and nobody waits for it."""
    instance = locked_instance(work, payload["instance_id"])
    if instance.state in OVER:
        return False
    try:
        move(work, instance, stimulus)
    except AlreadyClosed:
        return False
    return True
