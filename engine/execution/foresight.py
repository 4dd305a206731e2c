"""What an administrator's repair would do, tried on a copy of the state before anything is written."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from engine.access.permissions import Permission, require
from engine.base.errors import TataKerjaError
from engine.base.unit_of_work import Reading
from engine.bpmn.graph import Node, ProcessGraph
from engine.bpmn.operations import OPERATIONS
from engine.calendar.functions import calendar_functions
from engine.definitions.graphs import graph_of
from engine.execution.advance import OVER
from engine.execution.errors import CaseNotFound, CaseOver, IncidentNotFound
from engine.execution.model import Incident, Instance
from engine.execution.repairs import PERSONS_STEP
from engine.runtime import inspect, kernel
from engine.runtime.changes import (
    ActivityCancelled,
    ActivityClosed,
    ActivityFailed,
    ActivityOpened,
    Change,
    Ended,
    ServiceRequested,
)
from engine.runtime.inspect import LivingActivity
from engine.runtime.stimuli import MoveToken, Stimulus
from engine.runtime.topology import BOUNDARY, START

MOST_TARGETS = 200
ONLY_WHETHER = 1  # so few steps that a repair is refused or begun, and no more


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """Names of steps: people's tasks that are withdrawn, others that stop, where the case stands then, what fails."""

    withdraws: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    fails: tuple[tuple[str, str], ...] = ()
    ends_case: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """An element where a case could continue; `refusal` says why it cannot."""

    node: str
    name: str
    refusal: TataKerjaError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What a step waits for, and could be let happen now."""

    node: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepNow:
    """A place where the case stands. `gives` are the names of values that the step would give."""

    activity_id: int
    node: str
    element: str
    name: str
    kind: str
    has_failed: bool
    gives: tuple[str, ...] = ()
    waits_for: tuple[Event, ...] = ()


def steps_now(reading: Reading, instance_id: int) -> tuple[StepNow, ...]:
    """Where the case stands now, for those who may mend it."""
    instance, graph = _case(reading, instance_id)
    waits: dict[int, list[Event]] = {}
    for wait in inspect.listening(graph, instance.state_text):
        event = Event(node=wait.catcher, name=name_of(graph.nodes[wait.catcher]), kind=wait.kind)
        waits.setdefault(wait.activity_id, []).append(event)
    return tuple(
        _step(graph.nodes[living.node], living, tuple(dict.fromkeys(waits.get(living.activity_id, ()))))
        for living in inspect.living(graph, instance.state_text)
    )


def failed_step(reading: Reading, incident_id: int) -> StepNow | None:
    """The step of an incident; None when the case has left it."""
    incident = reading.session.get(Incident, incident_id)
    if incident is None:
        raise IncidentNotFound
    steps = steps_now(reading, incident.instance_id)
    return next((step for step in steps if step.activity_id == incident.activity_id), None)


def targets(reading: Reading, instance_id: int, activity_id: int) -> tuple[Target, ...]:
    """Where the case could continue instead of at this step, in document order; with those refused, and why."""
    instance, graph = _case(reading, instance_id)
    steps = inspect.living(graph, instance.state_text)
    here = next((step for step in steps if step.activity_id == activity_id), None)
    scope = None if here is None else graph.nodes[here.node].parent
    if here is None or scope is None:
        return ()
    attempt = _attempt(reading, instance, graph)
    candidates = [node for node in graph.children(graph.nodes[scope]) if node.kind not in (BOUNDARY, START)]
    return tuple(
        Target(node=node.id, name=name_of(node), refusal=_refusal(attempt, MoveToken(activity_id, node.id)))
        for node in candidates[:MOST_TARGETS]
        if node.id != here.node
    )


def foresee(reading: Reading, instance_id: int, stimulus: Stimulus) -> Preview:
    """What the stimulus would do; raises what would refuse it."""
    instance, graph = _case(reading, instance_id)
    if instance.state in OVER:
        raise CaseOver(number=instance.number)
    _state, changes = _attempt(reading, instance, graph)(stimulus, kernel.BUDGET)
    return _in_words(graph, changes)


def name_of(node: Node) -> str:
    return node.name or node.bpmn_id


def _case(reading: Reading, instance_id: int) -> tuple[Instance, ProcessGraph]:
    require(reading.actor, Permission.MEND_INCIDENTS)
    instance = reading.session.get(Instance, instance_id)
    if instance is None:
        raise CaseNotFound
    return instance, graph_of(reading.session, instance.version_id)


def _attempt(reading: Reading, instance: Instance, graph: ProcessGraph) -> Callable[[Stimulus, int], kernel.Outcome]:
    functions = calendar_functions(reading.session, reading.settings.zone, reading.now, instance.unit_id)

    def attempt(stimulus: Stimulus, budget: int) -> kernel.Outcome:
        facts: dict[str, Any] = {"functions": functions, "zone": reading.settings.zone, "budget": budget}
        return kernel.apply(graph, instance.state_text, stimulus, reading.now, **facts)

    return attempt


def _refusal(attempt: Callable[[Stimulus, int], kernel.Outcome], stimulus: Stimulus) -> TataKerjaError | None:
    try:
        attempt(stimulus, ONLY_WHETHER)
    except TataKerjaError as refusal:
        return refusal
    return None


def _step(node: Node, living: LivingActivity, waits_for: tuple[Event, ...]) -> StepNow:
    return StepNow(
        activity_id=living.activity_id,
        node=node.id,
        element=living.element,
        name=name_of(node),
        kind=node.kind,
        has_failed=living.has_failed,
        gives=tuple(dict.fromkeys(_gives(node))),
        waits_for=waits_for,
    )


def _gives(node: Node) -> Iterator[str]:
    if node.service is not None:
        operation = OPERATIONS.get(node.service.operation)
        yield from (node.service.result,) if node.service.result else operation.values if operation else ()
    if node.script is not None:
        yield from node.script.assigned
    yield from (mapping.target for mapping in node.outputs)


def _in_words(graph: ProcessGraph, changes: Sequence[Change]) -> Preview:
    opened = {change.activity_id: change for change in changes if isinstance(change, ActivityOpened)}
    gone = {change.activity_id for change in changes if isinstance(change, ActivityClosed | ActivityCancelled)}
    stopped = [
        change for change in changes if isinstance(change, ActivityCancelled) and change.activity_id not in opened
    ]
    begun = [change for activity_id, change in opened.items() if activity_id not in gone]

    def names(of: Sequence[Any]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name_of(graph.nodes[change.node]) for change in of))

    def is_persons(change: ActivityCancelled) -> bool:
        return graph.nodes[change.node].kind == PERSONS_STEP

    return Preview(
        withdraws=names([change for change in stopped if is_persons(change)]),
        stops=names([change for change in stopped if not is_persons(change)]),
        begins=names(begun),
        asks=names([change for change in changes if isinstance(change, ServiceRequested)]),
        fails=tuple(
            (name_of(graph.nodes[change.node]), change.message)
            for change in changes
            if isinstance(change, ActivityFailed)
        ),
        ends_case=any(isinstance(change, Ended) for change in changes),
    )
