"""What a player does to a case, by the ids of the diagram: each finds its activity and sends one stimulus."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.base.unit_of_work import UnitOfWork
from engine.bpmn.graph import ProcessGraph
from engine.core.play.errors import ActivityUnknown, NotOpen, NotWaiting
from engine.definitions.graphs import graph_of
from engine.execution.advance import OVER, locked_instance, move
from engine.execution.model import Instance
from engine.runtime import inspect
from engine.runtime.stimuli import (
    CompleteActivity,
    OpenActivity,
    Retry,
    ServiceDone,
    SetVariables,
    Stimulus,
    TriggerEvent,
)
from engine.runtime.topology import chosen_starts, start_events
from engine.worklist.model import WorkItem, WorkItemState
from engine.worklist.opening import close_item

Variables = Mapping[str, Any]


def beginning_of(session: Session, version_id: int, process_id: str) -> str | None:
    """The first of several plain start events, or the only one of another kind; None where nothing is to be chosen."""
    graph = graph_of(session, version_id)
    chosen = chosen_starts(graph, process_id)
    if chosen:
        return chosen[0].id
    events = start_events(graph, process_id)
    return events[0].id if len(events) == 1 else None


def complete(work: UnitOfWork, instance_id: int, activity: str, variables: Variables) -> None:
    """Close the oldest work item of an element, answer for the service asked there, or do by hand what failed."""
    instance = locked_instance(work, instance_id)
    graph = graph_of(work.session, instance.version_id)
    item = _oldest_item(work, instance, activity)
    if item is not None:
        close_item(work, item, variables)
        move(work, instance, CompleteActivity(item.activity_id, variables))
        return
    stimulus = _answer(graph, instance, activity, variables)
    if stimulus is None:
        raise _missing(graph, activity, NotOpen(activity=activity))
    move(work, instance, stimulus)


def trigger(work: UnitOfWork, instance_id: int, activity: str, variables: Variables) -> None:
    """Let what waits at an element happen now: an event, a service, a fault to be retried, offered work."""
    instance = locked_instance(work, instance_id)
    graph = graph_of(work.session, instance.version_id)
    stimulus = None if instance.state in OVER else _stimulus(graph, instance, activity, variables)
    if stimulus is None:
        raise _missing(graph, activity, NotWaiting(activity=activity))
    if variables and isinstance(stimulus, Retry | OpenActivity):
        move(work, instance, SetVariables(variables))
    move(work, instance, stimulus)


def _stimulus(graph: ProcessGraph, instance: Instance, activity: str, variables: Variables) -> Stimulus | None:
    state = instance.state_text
    for one in inspect.listening(graph, state):
        if one.element == activity:
            return TriggerEvent(one.activity_id, one.catcher, variables)
    service = _requested(graph, state, activity)
    if service is not None:
        return ServiceDone(service, variables)
    failed = _failed(graph, state, activity)
    if failed is not None:
        return Retry(failed)
    for offered in inspect.offered(graph, state):
        if offered.element == activity:
            return OpenActivity(offered.activity_id, offered.node)
    return None


def _oldest_item(work: UnitOfWork, instance: Instance, activity: str) -> WorkItem | None:
    query = select(WorkItem).where(
        WorkItem.instance_id == instance.id, WorkItem.element == activity, WorkItem.state == WorkItemState.OPEN
    )
    return work.session.scalar(query.order_by(WorkItem.id).limit(1))


def _answer(graph: ProcessGraph, instance: Instance, activity: str, variables: Variables) -> Stimulus | None:
    if instance.state in OVER:
        return None
    service = _requested(graph, instance.state_text, activity)
    if service is not None:
        return ServiceDone(service, variables)
    failed = _failed(graph, instance.state_text, activity)
    return None if failed is None else CompleteActivity(failed, variables)


def _requested(graph: ProcessGraph, state: str, activity: str) -> int | None:
    """The service activity of an element that waits for its answer, longest first."""
    requests = inspect.requests(graph, state)
    return next((one.activity_id for one in requests if graph.nodes[one.node].bpmn_id == activity), None)


def _failed(graph: ProcessGraph, state: str, activity: str) -> int | None:
    incidents = inspect.incidents(state)
    return next((one.activity_id for one in incidents if graph.nodes[one.node].bpmn_id == activity), None)


def _missing(graph: ProcessGraph, activity: str, otherwise: Exception) -> Exception:
    """An id that stands nowhere in the diagram is another mistake than one where nothing is to be done."""
    is_known = any(node.bpmn_id == activity for node in graph.nodes.values())
    return otherwise if is_known else ActivityUnknown(activity=activity)
