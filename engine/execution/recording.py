"""Each kind of change is written by one small function; rows of the same kind go out together."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, insert, select

from engine.assignment.candidates import CaseFacts
from engine.assignment.operations import assign
from engine.audit.operations import record
from engine.base.rows import insert_rows, update_row, update_where
from engine.bpmn.graph import Step
from engine.execution.counted_times import count_in
from engine.execution.due_moments import ending_values, step_deadlines
from engine.execution.events import CaseEnded, IncidentOpened
from engine.execution.gathering import Recording, gather
from engine.execution.holding import look_for_held
from engine.execution.model import ActivityRecord, Incident, InstanceState, Subscription
from engine.execution.outgoing import send, withdraw_services
from engine.execution.timer_rows import write_timers
from engine.execution.words import with_words
from engine.jobs.operations import cancel_of_instance
from engine.runtime import inspect
from engine.runtime.changes import ActivityFailed, Change, ServiceRequested, WorkOffered
from engine.worklist.deadlines import CaseMoments, schedule_deadlines
from engine.worklist.events import CaseName
from engine.worklist.histories import CaseHistory, Given
from engine.worklist.opening import NewItem, cancel_items, open_items

FIRST_REVISION = 1
TITLE_LENGTH = 300


def write(recording: Recording, changes: Sequence[Change]) -> None:
    """All that a step changed, in the transaction of the work."""
    for change in changes:
        gather(recording, change)
    was_failing = recording.instance.state == InstanceState.INCIDENT
    _write_instance(recording)
    _write_activities(recording)
    write_timers(recording)
    _write_subscriptions(recording)
    _tell_decisions(recording)
    _write_work_items(recording)
    if was_failing or recording.failed:
        _write_incidents(recording)
    _write_leaving(recording)
    _write_ending(recording)


def _write_instance(recording: Recording) -> None:
    instance, ended = recording.instance, recording.ended
    values: dict[str, Any] = {"state_text": recording.state, "revision": instance.revision + 1}
    if recording.variables:
        values["variables"] = {**instance.variables, **recording.variables}
        values["words"] = with_words(instance.words, recording.variables)
    if ended is not None:
        values["state"] = InstanceState.CANCELLED if ended.was_cancelled else InstanceState.COMPLETED
        values |= {"ended_at": recording.work.now, **ending_values(recording.work, instance)}
    update_row(recording.work.session, instance, **values)


def _write_activities(recording: Recording) -> None:
    now, session = recording.work.now, recording.work.session
    before = {}
    for activity_id, was_cancelled in recording.closed.items():
        row = recording.opened.get(activity_id)
        if row is None:
            before[activity_id] = was_cancelled
        else:
            row.update(closed_at=now, was_cancelled=was_cancelled)
    insert_rows(session, ActivityRecord, list(recording.opened.values()))
    for was_cancelled in set(before.values()):
        activity_ids = [activity_id for activity_id, cancelled in before.items() if cancelled is was_cancelled]
        where = {"instance_id": recording.instance.id, "activity_id": activity_ids}
        update_where(session, ActivityRecord, where, {"closed_at": now, "was_cancelled": was_cancelled})


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
        look_for_held(recording.work, recording.instance, recording.awaited.values())


def _tell_decisions(recording: Recording) -> None:
    """By which rules: whoever is bound by a decision may ask."""
    work, instance_id = recording.work, recording.instance.id
    for change in recording.decided:
        facts = {"element": change.element, "decision": change.decision, "rules": list(change.rules)}
        record(work, "decision.made", "instance", instance_id, instance_id, **facts)


def _write_work_items(recording: Recording) -> None:
    stopped = [activity_id for activity_id, cancelled in recording.closed.items() if cancelled]
    if stopped:
        cancel_items(recording.work, recording.instance.id, stopped)
    wanted = [offer for offer in recording.offered if offer.activity_id not in recording.closed]
    cases = _beginning_case(recording)
    if wanted:
        _open_work_items(recording, wanted, cases)
    else:
        schedule_deadlines(recording.work, (), cases)


def _beginning_case(recording: Recording) -> Sequence[CaseMoments]:
    """The moments of the case itself, while its first step is written."""
    case = recording.instance
    if case.revision != FIRST_REVISION or recording.ended or case.risk_at is None or case.due_at is None:
        return ()
    return (CaseMoments(instance_id=case.id, risk_at=case.risk_at, due_at=case.due_at),)


def _open_work_items(recording: Recording, offers: Sequence[WorkOffered], cases: Sequence[CaseMoments]) -> None:
    work, instance = recording.work, recording.instance
    new: list[NewItem] = []
    given: list[Given] = []
    for offer in offers:
        new.append(_new_item(recording, offer, given))
        assignee_id = new[-1].assignment.assignee_id
        given += [] if assignee_id is None else [(recording.graph.nodes[offer.node], assignee_id)]
    for item_id, item in zip(open_items(work, new, cases), new, strict=True):
        facts = {"title": item.title, "reason": item.assignment.reason.as_json()}
        record(work, "work_item.opened", "work_item", item_id, instance.id, **facts)


def _new_item(recording: Recording, offer: WorkOffered, given: Sequence[Given]) -> NewItem:
    work, instance, node = recording.work, recording.instance, recording.graph.nodes[offer.node]
    step = node.step or Step()
    is_starting = instance.revision == FIRST_REVISION and not work.actor.is_system
    facts = CaseFacts(unit_id=instance.unit_id, starter_id=instance.starter_id, is_starting=is_starting)
    history = CaseHistory(
        work=work, instance_id=instance.id, definition_id=instance.definition_id, node=node, given=given
    )
    variables = {**instance.variables, **offer.variables}
    assignment = assign(work, step, facts, variables, history)
    moments = step_deadlines(work, step, assignment.unit_id or instance.unit_id, variables)
    return NewItem(
        case=CaseName(instance_id=instance.id, number=instance.number, title=instance.title),
        definition_id=instance.definition_id,
        activity_id=offer.activity_id,
        element=offer.element,
        node=offer.node,
        title=(node.name or offer.element)[:TITLE_LENGTH],
        assignment=assignment,
        differs_from=step.differs_from,
        is_strategic=step.is_strategic,
        unit_id=instance.unit_id,
        came_from=None if work.actor.is_system else work.actor.name,
        risk_at=moments.risk_at if moments else None,
        due_at=moments.due_at if moments else None,
        standard_minutes=moments.minutes if moments else None,
        norm_minutes=None if step.effort_minutes is None else step.effort_minutes * count_in(step, variables),
    )


def _write_incidents(recording: Recording) -> None:
    """One open incident for each activity that has failed; failing anew, it closes the earlier one."""
    work, instance = recording.work, recording.instance
    failing = set() if recording.ended else {living.activity_id for living in inspect.incidents(recording.state)}
    failed = {change.activity_id: change for change in recording.failed if change.activity_id in failing}
    query = select(Incident).where(Incident.instance_id == instance.id, Incident.resolved_at.is_(None))
    for incident in work.session.scalars(query):
        if incident.activity_id not in failing or incident.activity_id in failed:
            incident.resolved_at = work.now
    for change in failed.values():
        _open_incident(recording, change)
    if recording.ended is None:
        update_row(work.session, instance, state=InstanceState.INCIDENT if failing else InstanceState.ACTIVE)


def _open_incident(recording: Recording, change: ActivityFailed) -> None:
    work, instance_id = recording.work, recording.instance.id
    incident = Incident(
        instance_id=instance_id,
        activity_id=change.activity_id,
        element=change.element,
        code=change.code,
        message=change.message,
        opened_at=work.now,
    )
    work.session.add(incident)
    node = recording.graph.nodes.get(change.node)
    text = {"message": change.template or change.message, "params": dict(change.params)}
    facts = {"element": node.name if node and node.name else change.element, "message": text}
    record(work, "incident.opened", "instance", instance_id, instance_id, code=change.code, **facts)
    work.tell(IncidentOpened(instance_id=instance_id, element=change.element, message=change.message))


def _write_leaving(recording: Recording) -> None:
    work, instance = recording.work, recording.instance
    stopped = [activity_id for activity_id, was_cancelled in recording.closed.items() if was_cancelled]
    withdraw_services(work, instance, stopped)
    wanted = [
        change
        for change in recording.leaving
        if not (isinstance(change, ServiceRequested) and change.activity_id in stopped)
    ]
    send(work, instance, wanted)


def _write_ending(recording: Recording) -> None:
    ended, work, instance = recording.ended, recording.work, recording.instance
    if ended is None:
        return
    cancel_of_instance(work, instance.id)
    act = "case.cancelled" if ended.was_cancelled else "case.completed"
    record(work, act, "instance", instance.id, instance.id, number=instance.number)
    work.tell(CaseEnded(instance_id=instance.id, was_cancelled=ended.was_cancelled))
