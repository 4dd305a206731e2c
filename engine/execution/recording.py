"""Each kind of change is written by one small function; rows of the same kind go out together."""

from collections.abc import Sequence

from sqlalchemy import bindparam, delete, insert, select, update

from engine.assignment.operations import CaseFacts, assign
from engine.audit.operations import record
from engine.base.unit_of_work import UnitOfWork
from engine.bpmn.graph import Step
from engine.calendar.queries import working_hours
from engine.calendar.standard import Deadlines, deadlines
from engine.execution.events import CaseEnded, IncidentOpened
from engine.execution.gathering import Recording, gather
from engine.execution.model import ActivityRecord, Incident, InstanceState, Subscription, Timer
from engine.jobs.operations import cancel, schedule
from engine.runtime import inspect
from engine.runtime.changes import (
    Change,
    WorkOffered,
)
from engine.worklist.operations import NewItem, cancel_items, open_item

TIMER_JOB = "timer.fire"
FIRST_REVISION = 1


def write(recording: Recording, changes: Sequence[Change]) -> None:
    """All that a step changed, in the transaction of the work."""
    for change in changes:
        gather(recording, change)
    _write_activities(recording)
    _write_timers(recording)
    _write_subscriptions(recording)
    _write_work_items(recording)
    _write_incidents(recording)
    _write_ending(recording)


def _write_activities(recording: Recording) -> None:
    now, session = recording.work.now, recording.work.session
    before = {}
    for activity_id, was_cancelled in recording.closed.items():
        row = recording.opened.get(activity_id)
        if row is None:
            before[activity_id] = was_cancelled
        else:
            row.update(closed_at=now, was_cancelled=was_cancelled)
    if recording.opened:
        session.execute(insert(ActivityRecord), list(recording.opened.values()))
    if before:
        table = ActivityRecord.__table__
        statement = (
            update(table)  # type: ignore[arg-type]  # __table__ is typed as FromClause, and is a Table
            .where(table.c.instance_id == recording.instance.id, table.c.activity_id == bindparam("activity"))
            .values(closed_at=now, was_cancelled=bindparam("cancelled"))
        )
        rows = [{"activity": activity, "cancelled": cancelled} for activity, cancelled in before.items()]
        session.connection().execute(statement, rows)


def _write_timers(recording: Recording) -> None:
    work, instance = recording.work, recording.instance
    touched = recording.timers_cleared | set(recording.timers_set)
    known = _known_timers(recording, {activity_id for activity_id, _timer in touched}) if touched else {}
    cleared = [known[key] for key in recording.timers_cleared if key in known]
    if cleared:
        cancel(work, [timer.job_id for timer in cleared])
        work.session.execute(delete(Timer).where(Timer.id.in_([timer.id for timer in cleared])))
    for key, change in recording.timers_set.items():
        payload = {"instance_id": instance.id, "activity_id": change.activity_id, "timer_id": change.timer_id}
        # The revision makes each turn of a cycle a job of its own: the turn that runs now is not re-dated.
        job_key = f"{TIMER_JOB}:{instance.id}:{change.activity_id}:{change.timer_id}:{instance.revision}"
        job_id = schedule(work, TIMER_JOB, job_key, change.due_at, payload, instance.id)
        earlier = known.get(key)
        if earlier is not None:
            cancel(work, [earlier.job_id])
            earlier.due_at, earlier.job_id = change.due_at, job_id
        else:
            work.session.add(
                Timer(
                    instance_id=instance.id,
                    activity_id=change.activity_id,
                    timer_id=change.timer_id,
                    element=change.element,
                    due_at=change.due_at,
                    job_id=job_id,
                )
            )


def _known_timers(recording: Recording, activity_ids: set[int]) -> dict[tuple[int, str], Timer]:
    query = select(Timer).where(Timer.instance_id == recording.instance.id, Timer.activity_id.in_(activity_ids))
    return {(timer.activity_id, timer.timer_id): timer for timer in recording.work.session.scalars(query)}


def _write_subscriptions(recording: Recording) -> None:
    session, instance_id = recording.work.session, recording.instance.id
    for activity_id, wait_id in recording.await_cleared:
        session.execute(
            delete(Subscription).where(
                Subscription.instance_id == instance_id,
                Subscription.activity_id == activity_id,
                Subscription.wait_id == wait_id,
            )
        )
    if recording.awaited:
        rows = [
            {
                "instance_id": instance_id,
                "activity_id": change.activity_id,
                "wait_id": change.wait_id,
                "element": change.element,
                "awaited": change.awaited,
                "name": change.name,
                "correlation": change.correlation,
            }
            for change in recording.awaited.values()
        ]
        session.execute(insert(Subscription), rows)


def _write_work_items(recording: Recording) -> None:
    stopped = [activity_id for activity_id, cancelled in recording.closed.items() if cancelled]
    if stopped:
        cancel_items(recording.work, recording.instance.id, stopped)
    for offer in recording.offered:
        if offer.activity_id not in recording.closed:
            _open_work_item(recording, offer)


def _open_work_item(recording: Recording, offer: WorkOffered) -> None:
    work, instance, node = recording.work, recording.instance, recording.graph.nodes[offer.node]
    step = node.step or Step()
    is_starting = instance.revision == FIRST_REVISION and not work.actor.is_system
    facts = CaseFacts(unit_id=instance.unit_id, starter_id=instance.starter_id, is_starting=is_starting)
    variables = {**instance.variables, **offer.variables}
    assignment = assign(work, step, facts, variables)
    moments = _deadlines(work, step)
    item_id = open_item(
        work,
        NewItem(
            instance_id=instance.id,
            activity_id=offer.activity_id,
            element=offer.element,
            title=node.name or offer.element,
            assignment=assignment,
            unit_id=instance.unit_id,
            came_from=None if work.actor.is_system else work.actor.name,
            risk_at=moments.risk_at if moments else None,
            due_at=moments.due_at if moments else None,
        ),
    )
    facts_told = {"title": node.name, "reason": assignment.reason.as_json()}
    record(work, "work_item.opened", "work_item", item_id, instance.id, **facts_told)


def _deadlines(work: UnitOfWork, step: Step) -> Deadlines | None:
    standard = step.standard_time
    if standard is None or (standard.working_minutes is None and standard.working_days is None):
        return None
    hours = working_hours(work.session, work.settings.zone)
    return deadlines(work.now, hours, working_minutes=standard.working_minutes, working_days=standard.working_days)


def _write_incidents(recording: Recording) -> None:
    work, instance = recording.work, recording.instance
    for change in recording.failed:
        incident = Incident(
            instance_id=instance.id,
            activity_id=change.activity_id,
            element=change.element,
            code=change.code,
            message=change.message,
            opened_at=work.now,
        )
        work.session.add(incident)
        record(work, "incident.opened", "instance", instance.id, instance.id, element=change.element, code=change.code)
        work.tell(IncidentOpened(instance_id=instance.id, element=change.element, message=change.message))
    if instance.state != InstanceState.INCIDENT and not recording.failed:
        return
    work.session.flush()
    failing = set() if recording.ended else {living.activity_id for living in inspect.incidents(recording.state)}
    query = select(Incident).where(Incident.instance_id == instance.id, Incident.resolved_at.is_(None))
    for incident in work.session.scalars(query):
        if incident.activity_id not in failing:
            incident.resolved_at = work.now
    instance.state = InstanceState.INCIDENT if failing else InstanceState.ACTIVE


def _write_ending(recording: Recording) -> None:
    ended, work, instance = recording.ended, recording.work, recording.instance
    if ended is None:
        return
    instance.state = InstanceState.CANCELLED if ended.was_cancelled else InstanceState.COMPLETED
    instance.ended_at = work.now
    act = "case.cancelled" if ended.was_cancelled else "case.completed"
    record(work, act, "instance", instance.id, instance.id, number=instance.number)
    work.tell(CaseEnded(instance_id=instance.id, was_cancelled=ended.was_cancelled))
