"""What starts cases of a version in force by itself: written down when it is published, gone when it retires."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from engine.base.errors import Conflict
from engine.base.i18n import _
from engine.base.unit_of_work import UnitOfWork
from engine.bpmn.graph import EventKind
from engine.bpmn.reader import compile_graph
from engine.calendar.functions import calendar_functions
from engine.definitions.model import DefinitionVersion, StartTrigger
from engine.definitions.starters import Starter, starters
from engine.definitions.timetable import as_payload, coming, from_payload
from engine.expressions.errors import EvaluationFault
from engine.expressions.functions import at_moment
from engine.expressions.times import Schedule, parse_timer
from engine.jobs.model import Job, JobState
from engine.jobs.operations import cancel, schedule_again

TIMED_START_JOB = "begin.timer"
LONGEST_NAME = 200


class TimerUnclear(Conflict):
    code = "definition.timer_unclear"
    message = _("The timer at “%(element)s” cannot say when a case starts: %(reason)s")


@dataclass(frozen=True, slots=True, kw_only=True)
class TriggerLine:
    """`next_at` is a timer's next moment, None after its last; it repeats by `interval`, a duration or a crontab."""

    kind: EventKind
    name: str
    process_id: str
    element: str
    next_at: datetime | None
    interval: str


def arm(work: UnitOfWork, version: DefinitionVersion) -> tuple[str, ...]:
    """Let the events of a version start its cases from now on; the messages that do."""
    found = list(starters(compile_graph(version.source)))
    for starter in found:
        trigger = StartTrigger(
            version_id=version.id,
            process_id=starter.process_id,
            element=starter.element,
            kind=starter.event.kind,
            name=(starter.event.name or "")[:LONGEST_NAME],
        )
        work.session.add(trigger)
        work.session.flush()  # its job is named after it
        if starter.event.kind is EventKind.TIMER:
            set_timer(work, trigger, coming(_schedule(work, starter), work.now, work.settings.zone))
    return tuple(sorted({one.event.name or "" for one in found if one.event.kind is EventKind.MESSAGE}))


def disarm(work: UnitOfWork, version_ids: Collection[int]) -> None:
    """Nothing starts cases of these versions by itself any more."""
    of_these = StartTrigger.version_id.in_(version_ids)
    jobs = work.session.scalars(select(StartTrigger.job_id).where(of_these, StartTrigger.job_id.is_not(None)))
    cancel(work, [job_id for job_id in jobs if job_id is not None])
    work.session.execute(delete(StartTrigger).where(of_these))


def set_timer(work: UnitOfWork, trigger: StartTrigger, schedule: Schedule | None) -> None:
    """Schedule the next case of a timer; nothing follows when its last moment has passed.

    Each moment has a job of its own, so that one that was given up stays to be seen and tried again.
    """
    if schedule is None:
        trigger.job_id = None
        return
    payload = {"trigger_id": trigger.id, **as_payload(schedule)}
    key = f"{TIMED_START_JOB}:{trigger.id}:{payload['due_at']}"
    trigger.job_id = schedule_again(work, TIMED_START_JOB, key, schedule.due_at, payload)


def is_awaited(work: UnitOfWork, trigger: StartTrigger, schedule: Schedule) -> bool:
    """Whether nothing was scheduled after this moment yet."""
    job = work.session.get(Job, trigger.job_id) if trigger.job_id is not None else None
    return job is not None and from_payload(job.payload) == schedule


def triggers_named(session: Session, kind: EventKind, name: str) -> Sequence[StartTrigger]:
    """All that wait for this message or signal, the oldest first."""
    query = select(StartTrigger).where(StartTrigger.kind == kind, StartTrigger.name == name)
    return session.scalars(query.order_by(StartTrigger.id)).all()


def triggers_of(session: Session, version_id: int) -> tuple[TriggerLine, ...]:
    """What starts cases of a version by itself, as the diagram has it."""
    query = (
        select(StartTrigger, Job.due_at, Job.payload)
        .outerjoin(Job, (Job.id == StartTrigger.job_id) & (Job.state != JobState.DONE))
        .where(StartTrigger.version_id == version_id)
        .order_by(StartTrigger.id)
    )
    return tuple(
        TriggerLine(
            kind=EventKind(trigger.kind),
            name=trigger.name,
            process_id=trigger.process_id,
            element=trigger.element,
            next_at=due_at,
            interval=payload["interval"] if payload else "",
        )
        for trigger, due_at, payload in session.execute(query)
    )


def _schedule(work: UnitOfWork, starter: Starter) -> Schedule:
    """What the timer says when there is no case yet: only fixed times, and functions of the calendar."""
    event, zone = starter.event, work.settings.zone
    functions = {**at_moment(work.now, zone), **calendar_functions(work.session, zone, work.now)}
    try:
        value = event.value.evaluate({}, functions) if event.value is not None else None
        return parse_timer(str(event.timer), value, work.now, zone)
    except EvaluationFault as fault:
        reason = {"message": fault.message, "params": fault.params}
        raise TimerUnclear(element=starter.element, reason=reason) from None
