"""The stops of a case as rows: while any of them lasts, the clock of the case stands still too.

A step that waits for a message and is marked so in the diagram stops the clock by itself.
"""

from collections.abc import Collection, Iterator, Sequence

from sqlalchemy import select

from engine.audit.operations import record
from engine.base.rows import update_row
from engine.base.unit_of_work import UnitOfWork
from engine.bpmn.graph import Node, ProcessGraph
from engine.calendar.clocks import running_values, whole_minutes
from engine.calendar.hours import working_time_between
from engine.calendar.queries import working_hours
from engine.definitions.graphs import graph_of
from engine.execution.events import CaseMoved
from engine.execution.model import Instance
from engine.runtime.changes import ActivityCancelled, ActivityClosed, Awaited, MessageAwaited
from engine.sla.model import ClockStop, WaitsFor
from engine.sla.recounting import case_moments, stops_of_cases
from engine.worklist.deadlines import CaseMoments, cancel_case_deadlines, schedule_case_deadlines_again
from engine.worklist.model import WorkItem, WorkItemState

REASON_LENGTH = 300


def open_stops(work: UnitOfWork, instance_id: int) -> Sequence[ClockStop]:
    query = select(ClockStop).where(ClockStop.instance_id == instance_id, ClockStop.resumed_at.is_(None))
    return work.session.scalars(query.order_by(ClockStop.id)).all()


def begin_stop(work: UnitOfWork, instance: Instance, stop: ClockStop) -> None:
    """With it the clock of the case, unless that stands still already."""
    stop.instance_id, stop.stopped_at, stop.stopped_by = instance.id, work.now, work.actor.name
    work.session.add(stop)
    if instance.clock_stopped_at is None:
        update_row(work.session, instance, clock_stopped_at=work.now)
        cancel_case_deadlines(work, instance.id)


def end_stops(work: UnitOfWork, instance: Instance, stops: Collection[ClockStop]) -> None:
    """The clock of the case runs on when no other stop lasts."""
    hours = working_hours(work.session, work.settings.zone, instance.unit_id)
    for stop in stops:
        stop.resumed_at, stop.resumed_by = work.now, work.actor.name
        stop.minutes = whole_minutes(working_time_between(stop.stopped_at, work.now, hours))
    work.session.flush()
    if instance.clock_stopped_at is None or open_stops(work, instance.id):
        return
    if instance.ended_at is not None:  # the time till then was counted when it ended
        update_row(work.session, instance, clock_stopped_at=None)
        return
    recounted = case_moments(work, instance, stops_of_cases(work, [instance.id]))
    update_row(work.session, instance, **running_values(instance, work.now, hours) | recounted)
    if instance.risk_at is not None and instance.due_at is not None:
        moments = CaseMoments(instance_id=instance.id, risk_at=instance.risk_at, due_at=instance.due_at)
        schedule_case_deadlines_again(work, [moments])


def follow(work: UnitOfWork, event: CaseMoved) -> None:
    """What a case left behind does not hold its clock any more; where it waits for a message now, it may."""
    waits = [each for each in event.changes if isinstance(each, MessageAwaited) and each.awaited is Awaited.MESSAGE]
    if not waits and not event.clock_stands:
        return
    instance = work.session.get_one(Instance, event.instance_id)
    if event.clock_stands:
        _end_left(work, instance, event)
    if waits and instance.ended_at is None:
        for wait, node in _stopping(graph_of(work.session, instance.version_id), waits):
            _stop_at(work, instance, wait.activity_id, node)


def _end_left(work: UnitOfWork, instance: Instance, event: CaseMoved) -> None:
    closed = {change.activity_id for change in event.changes if isinstance(change, ActivityClosed | ActivityCancelled)}
    stops = open_stops(work, instance.id)
    query = select(WorkItem.id, WorkItem.title, WorkItem.state).where(
        WorkItem.id.in_([stop.work_item_id for stop in stops if stop.work_item_id is not None])
    )
    rows = work.session.execute(query).all() if stops else ()
    items = {row.id: row.title for row in rows}
    left = {row.id for row in rows if row.state != WorkItemState.OPEN}
    ended = [
        stop
        for stop in stops
        if instance.ended_at is not None or stop.activity_id in closed or stop.work_item_id in left
    ]
    if ended or not stops:
        end_stops(work, instance, ended)
    for stop in ended:
        facts = {"title": stop.reason if stop.work_item_id is None else items[stop.work_item_id]}
        record(work, "case.clock_resumed", "instance", instance.id, instance.id, **facts)


def _stopping(graph: ProcessGraph, waits: Sequence[MessageAwaited]) -> Iterator[tuple[MessageAwaited, Node]]:
    """Also those behind a gateway that waits for whichever comes first."""
    nodes = {node.bpmn_id: node for node in graph.nodes.values() if node.stops_clock is not None}
    seen = set[int]()
    for wait in waits:
        node = nodes.get(wait.element)
        if node is not None and wait.activity_id not in seen:
            seen.add(wait.activity_id)
            yield wait, node


def _stop_at(work: UnitOfWork, instance: Instance, activity_id: int, node: Node) -> None:
    whom, reason = WaitsFor(node.stops_clock or WaitsFor.MESSAGE), (node.name or node.bpmn_id)[:REASON_LENGTH]
    begin_stop(work, instance, ClockStop(activity_id=activity_id, waits_for=whom, reason=reason))
    facts = {"element": node.bpmn_id, "title": reason, "waits_for": whom}
    record(work, "case.clock_stopped", "instance", instance.id, instance.id, **facts)
