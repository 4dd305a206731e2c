"""Cases that nobody starts: a message, a signal or a set time does."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from babel.dates import format_date
from sqlalchemy import select

from engine.audit.operations import record
from engine.base.text import one_line
from engine.base.unit_of_work import UnitOfWork
from engine.bpmn.graph import EventKind
from engine.definitions.graphs import graph_of
from engine.definitions.model import DefinitionVersion, ProcessDefinition, StartTrigger
from engine.definitions.timetable import coming, from_payload
from engine.definitions.triggers import TIMED_START_JOB, is_awaited, set_timer, triggers_named
from engine.execution.beginning import TITLE, Started, start_by_event
from engine.execution.conversations import Message
from engine.execution.model import Instance
from engine.expressions.times import Schedule
from engine.jobs.events import JobGivenUp

SIGNALLED_START_JOB = "begin.signal"


def start_on_message(work: UnitOfWork, message: Message) -> Started | None:
    """The case that the message starts, if any procedure begins with it: rather one in the sender's own file."""
    found = triggers_named(work.session, EventKind.MESSAGE, message.name)
    if not found:
        return None
    home = work.session.scalar(select(Instance.version_id).where(Instance.id == message.sender_id))
    trigger = min(found, key=lambda one: (one.version_id != home, one.id))
    return _start(work, trigger, message.variables, work.now, message.correlation or message.conversation)


def start_on_signal(work: UnitOfWork, payload: Mapping[str, Any]) -> None:
    trigger = work.session.get(StartTrigger, payload["trigger_id"])
    if trigger is not None:  # its version has not retired meanwhile
        started = _start(work, trigger, payload["variables"], work.now)
        record(work, "signal.started", "instance", started.instance_id, started.instance_id, name=trigger.name)


def start_on_time(work: UnitOfWork, payload: Mapping[str, Any]) -> None:
    """Start the case of this moment and set the next: counted from this one, so that lateness does not add up.

    Of the moments that passed while nobody ran the jobs, one case makes up for all.
    """
    trigger = work.session.get(StartTrigger, payload["trigger_id"])
    if trigger is None:
        return
    schedule = from_payload(payload)
    started = _start(work, trigger, {}, schedule.due_at)
    record(work, "timer.started", "instance", started.instance_id, started.instance_id, element=trigger.element)
    _set_next(work, trigger, schedule)


def give_up(work: UnitOfWork, event: JobGivenUp) -> None:
    """A case that could not be started is left to a person; those of later moments are started all the same."""
    trigger = work.session.get(StartTrigger, event.payload["trigger_id"]) if event.kind == TIMED_START_JOB else None
    if trigger is not None:
        _set_next(work, trigger, from_payload(event.payload))


def _set_next(work: UnitOfWork, trigger: StartTrigger, schedule: Schedule) -> None:
    """Once for each moment: one that is tried again after it was given up has been followed already."""
    if is_awaited(work, trigger, schedule):
        zone = work.settings.zone
        set_timer(work, trigger, coming(schedule.next(zone), work.now, zone))


def _start(
    work: UnitOfWork,
    trigger: StartTrigger,
    variables: Mapping[str, Any],
    at: datetime,
    correlation: str | None = None,
) -> Started:
    title = _title(work, trigger, variables, at)
    return start_by_event(work, trigger.version_id, trigger.process_id, trigger.element, variables, title, correlation)


def _title(work: UnitOfWork, trigger: StartTrigger, variables: Mapping[str, Any], at: datetime) -> str:
    """What the sender calls it, else the procedure (or the process of its file) and the day."""
    given = variables.get(TITLE)
    if isinstance(given, str) and one_line(given):
        return one_line(given)
    key, name = work.session.execute(
        select(ProcessDefinition.key, ProcessDefinition.name)
        .join(DefinitionVersion, DefinitionVersion.definition_id == ProcessDefinition.id)
        .where(DefinitionVersion.id == trigger.version_id)
    ).one()
    if trigger.process_id != key:
        graph = graph_of(work.session, trigger.version_id)
        name = one_line(graph.nodes[graph.processes[trigger.process_id]].name) or name
    day = format_date(at.astimezone(work.settings.zone), "d MMMM y", locale=work.settings.language)
    return f"{name}, {day}"
