"""Service tasks: registered operations that run as jobs and tell the case how they ended."""

from collections.abc import Callable, Mapping
from typing import Any

from engine.base.errors import TataKerjaError
from engine.base.unit_of_work import UnitOfWork
from engine.execution.advance import locked_instance, move
from engine.runtime.stimuli import ServiceDone, ServiceFailed

Operation = Callable[[UnitOfWork, int, Mapping[str, Any]], Mapping[str, Any]]


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
