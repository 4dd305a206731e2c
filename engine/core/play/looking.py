"""How the cases of a play stand, by the ids of the diagram."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.bpmn.graph import ProcessGraph
from engine.core.play.following import Journeys
from engine.definitions.graphs import graphs_of
from engine.definitions.model import VersionProcess
from engine.execution.beginning import TITLE
from engine.execution.model import Instance, InstanceState
from engine.runtime import inspect
from engine.worklist.model import WorkItem, WorkItemState

RUNNING = (InstanceState.ACTIVE, InstanceState.INCIDENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    activity: str
    code: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One case: `open` has an entry for each work item, `waiting` for each event and service that waits."""

    id: int
    process: str
    status: InstanceState
    open: tuple[str, ...]
    waiting: tuple[str, ...]
    variables: Mapping[str, Any]
    completed: tuple[str, ...]
    incidents: tuple[Fault, ...]


def standings(session: Session, journeys: Journeys, language: str) -> tuple[Standing, ...]:
    """Of all cases, in the order in which they began."""
    instances = session.scalars(select(Instance).order_by(Instance.id)).all()
    running = [instance for instance in instances if instance.state in RUNNING]
    graphs = graphs_of(session, {instance.version_id for instance in running})
    work = _open_work(session)
    return tuple(
        _standing(instance, _graph_of(instance, graphs), work.get(instance.id, []), journeys, language)
        for instance in instances
    )


def newest_versions(session: Session) -> dict[str, int]:
    """The processes that can be started, each with the newest version that holds it."""
    query = select(VersionProcess.process_id, func.max(VersionProcess.version_id)).group_by(VersionProcess.process_id)
    return {row[0]: row[1] for row in session.execute(query.order_by(func.min(VersionProcess.id)))}


def element_names(session: Session) -> dict[int, dict[str, str]]:
    """By case and id, for those that run."""
    running = session.execute(select(Instance.id, Instance.version_id).where(Instance.state.in_(RUNNING))).all()
    graphs = graphs_of(session, {row.version_id for row in running})
    return {row.id: {node.bpmn_id: node.name for node in graphs[row.version_id].nodes.values()} for row in running}


def elements(session: Session) -> set[str]:
    """The ids in the diagrams of all cases, those that are over too."""
    versions = set(session.scalars(select(Instance.version_id).distinct()))
    return {node.bpmn_id for graph in graphs_of(session, versions).values() for node in graph.nodes.values()}


def _graph_of(instance: Instance, graphs: Mapping[int, ProcessGraph]) -> ProcessGraph | None:
    return graphs[instance.version_id] if instance.state in RUNNING else None


def waiting_elements(graph: ProcessGraph, state: str) -> Iterator[str]:
    """An event once, whatever number of definitions it has, and a service that was asked."""
    yield from {(one.activity_id, one.catcher): one.element for one in inspect.listening(graph, state)}.values()
    yield from (graph.nodes[request.node].bpmn_id for request in inspect.requests(graph, state))


def _standing(
    instance: Instance, graph: ProcessGraph | None, work: list[str], journeys: Journeys, language: str
) -> Standing:
    """Without a graph for a case that is over: nothing of it waits any more."""
    return Standing(
        id=instance.id,
        process=instance.process_id,
        status=InstanceState(instance.state),
        open=tuple(work),
        waiting=() if graph is None else tuple(waiting_elements(graph, instance.state_text)),
        variables=_own_variables(instance),
        completed=journeys.get(instance.id, ()),
        incidents=() if graph is None else tuple(_faults(graph, instance.state_text, language)),
    )


def _open_work(session: Session) -> dict[int, list[str]]:
    query = select(WorkItem.instance_id, WorkItem.element).where(WorkItem.state == WorkItemState.OPEN)
    found: dict[int, list[str]] = {}
    for instance_id, element in session.execute(query.order_by(WorkItem.id)):
        found.setdefault(instance_id, []).append(element)
    return found


def _own_variables(instance: Instance) -> Mapping[str, Any]:
    """Without the title that a case gets which an event has started."""
    variables: Mapping[str, Any] = instance.variables
    return {name: value for name, value in variables.items() if (name, value) != (TITLE, instance.title)}


def _faults(graph: ProcessGraph, state: str, language: str) -> Iterator[Fault]:
    for incident in inspect.incidents(state):
        element = graph.nodes[incident.node].bpmn_id
        yield Fault(activity=element, code=incident.code, message=incident.text(language))
