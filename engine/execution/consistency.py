"""Rows follow from the state: here the two are read in one look and held against each other."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.definitions.graphs import graphs_of
from engine.execution.entries import (
    Difference,
    Entry,
    Subject,
    case_entry,
    compare,
    deadline_entry,
    stated_by,
    timer_entry,
)
from engine.execution.errors import CaseNotFound
from engine.execution.model import Incident, Instance, InstanceState, Subscription, Timer
from engine.execution.outgoing import CONTINUE_JOB, SERVICE_CALL_JOB, SERVICE_JOB
from engine.execution.standing import RUNNING
from engine.jobs.model import Job
from engine.jobs.operations import LIVING
from engine.worklist.deadlines import OVERDUE_JOB
from engine.worklist.model import WorkItem, WorkItemState

AT_ONCE = 100
IS_OPEN = WorkItem.state == WorkItemState.OPEN

Found = Iterator[tuple[int, Entry]]


def differences(session: Session, instance_id: int) -> tuple[Difference, ...]:
    """What state and rows of one case do not agree on; the session must see one instant."""
    instances = _instances(session, [instance_id])
    if not instances:
        raise CaseNotFound
    return _differences(session, instances)


def differences_of_running(session: Session) -> Iterator[Difference]:
    """The same of all running cases, read in portions."""
    query = select(Instance.id).where(Instance.state.in_(RUNNING)).order_by(Instance.id)
    ids = session.scalars(query).all()
    for first in range(0, len(ids), AT_ONCE):
        yield from _differences(session, _instances(session, ids[first : first + AT_ONCE]))


def _instances(session: Session, instance_ids: Sequence[int]) -> Sequence[Any]:
    columns = (Instance.id, Instance.number, Instance.version_id, Instance.state, Instance.state_text)
    return session.execute(select(*columns).where(Instance.id.in_(instance_ids)).order_by(Instance.id)).all()


def _differences(session: Session, instances: Sequence[Any]) -> tuple[Difference, ...]:
    graphs = graphs_of(session, {row.version_id for row in instances})
    should: defaultdict[int, list[Entry]] = defaultdict(list)
    does: defaultdict[int, list[Entry]] = defaultdict(list)
    for row in instances:
        should[row.id] += stated_by(graphs[row.version_id], row.state_text)
        does[row.id].append(_case(row.state))
    ids = [row.id for row in instances]
    for instance_id, entry in _deadlines_promised(session, ids):
        should[instance_id].append(entry)
    for read in (_work_items, _timers, _subscriptions, _incidents, _jobs):
        for instance_id, entry in read(session, ids):
            does[instance_id].append(entry)
    return tuple(
        difference for row in instances for difference in compare(row.id, row.number, should[row.id], does[row.id])
    )


def _case(state: InstanceState) -> Entry:
    return case_entry(has_ended=state not in RUNNING, has_failed=state == InstanceState.INCIDENT)


def _work_items(session: Session, ids: Sequence[int]) -> Found:
    columns = (WorkItem.instance_id, WorkItem.activity_id, WorkItem.element)
    for row in session.execute(select(*columns).where(WorkItem.instance_id.in_(ids), IS_OPEN)):
        yield row.instance_id, Entry(subject=Subject.WORK_ITEM, activity_id=row.activity_id, facts=(row.element,))


def _deadlines_promised(session: Session, ids: Sequence[int]) -> Found:
    """Open work with a standard time must become late by itself."""
    has_to_come = WorkItem.due_at.is_not(None) & WorkItem.overdue_at.is_(None)
    columns = (WorkItem.instance_id, WorkItem.id)
    for row in session.execute(select(*columns).where(WorkItem.instance_id.in_(ids), IS_OPEN, has_to_come)):
        yield row.instance_id, deadline_entry(row.id)


def _timers(session: Session, ids: Sequence[int]) -> Found:
    columns = (Timer.instance_id, Timer.activity_id, Timer.timer_id, Timer.due_at, Job.state)
    query = select(*columns).join(Job, Job.id == Timer.job_id).where(Timer.instance_id.in_(ids))
    for row in session.execute(query):
        yield row.instance_id, timer_entry(row.activity_id, row.timer_id, row.due_at, row.state)


def _subscriptions(session: Session, ids: Sequence[int]) -> Found:
    for row in session.scalars(select(Subscription).where(Subscription.instance_id.in_(ids))):
        facts = (row.wait_id, row.awaited, row.name, row.correlation or "")
        yield row.instance_id, Entry(subject=Subject.SUBSCRIPTION, activity_id=row.activity_id, facts=facts)


def _incidents(session: Session, ids: Sequence[int]) -> Found:
    columns = (Incident.instance_id, Incident.activity_id, Incident.code)
    is_open = Incident.resolved_at.is_(None)
    for row in session.execute(select(*columns).where(Incident.instance_id.in_(ids), is_open)):
        yield row.instance_id, Entry(subject=Subject.INCIDENT, activity_id=row.activity_id, facts=(row.code,))


def _jobs(session: Session, ids: Sequence[int]) -> Found:
    columns = (Job.instance_id, Job.kind, Job.payload)
    query = select(*columns).where(Job.instance_id.in_(ids), Job.state.in_(LIVING), Job.kind.in_(BY_KIND))
    for row in session.execute(query):
        yield row.instance_id, BY_KIND[row.kind](row.payload)


BY_KIND: Mapping[str, Callable[[Mapping[str, Any]], Entry]] = {
    SERVICE_JOB: lambda payload: Entry(subject=Subject.SERVICE, activity_id=payload["activity_id"]),
    SERVICE_CALL_JOB: lambda payload: Entry(subject=Subject.SERVICE, activity_id=payload["activity_id"]),
    CONTINUE_JOB: lambda payload: Entry(subject=Subject.CONTINUATION),
    OVERDUE_JOB: lambda payload: deadline_entry(payload["work_item_id"]),
}
