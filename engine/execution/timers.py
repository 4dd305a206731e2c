"""Jobs that move an instance: timers that are due, and runs that go on where their budget ended."""

from collections.abc import Mapping
from typing import Any

from engine.audit.operations import record
from engine.base.unit_of_work import UnitOfWork
from engine.execution.advance import OVER, advance, locked_instance, move
from engine.runtime.errors import AlreadyClosed, NotDue
from engine.runtime.stimuli import Continue, FireTimer


def fire(work: UnitOfWork, payload: Mapping[str, Any]) -> None:
    """Fire one timer. One that the case has left behind is no fault: it went another way in time."""
    instance_id, activity_id, timer_id = payload["instance_id"], payload["activity_id"], payload["timer_id"]
    instance = locked_instance(work, instance_id)
    if instance.state in OVER:
        return
    try:
        move(work, instance, FireTimer(activity_id, timer_id))
    except (AlreadyClosed, NotDue):
        return
    record(work, "timer.fired", "instance", instance_id, instance_id, timer=timer_id)


def go_on(work: UnitOfWork, payload: Mapping[str, Any]) -> None:
    advance(work, payload["instance_id"], Continue())
