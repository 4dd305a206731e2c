"""What a state says: inbox rows, timers and subscriptions can be rebuilt from it, and compared with it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.base.i18n import translate
from engine.bpmn.graph import EventKind, ProcessGraph
from engine.runtime.changes import Awaited
from engine.runtime.codec import load
from engine.runtime.handling import SERVICE
from engine.runtime.living import State
from engine.runtime.state import Activity, Stage
from engine.runtime.topology import offered_activities
from engine.runtime.waits import AWAITED


@dataclass(frozen=True, slots=True, kw_only=True)
class LivingActivity:
    activity_id: int
    node: str
    element: str
    kind: str
    state: Stage
    has_failed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenWork:
    """A person's activity that waits for her, with the variables of its item of a multi-instance."""

    activity_id: int
    node: str
    variables: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTimer:
    activity_id: int
    timer_id: str
    node: str
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenWait:
    activity_id: int
    wait_id: str
    node: str
    awaited: Awaited
    name: str
    correlation: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listening:
    """An event for which an activity waits, at its border, inside it, or as its own work."""

    activity_id: int
    catcher: str
    element: str
    kind: EventKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """An activity that may be opened in an ad-hoc sub-process, whose activity is `activity_id`."""

    activity_id: int
    node: str
    element: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRequest:
    """A service that was asked and has not answered yet."""

    activity_id: int
    node: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenIncident:
    activity_id: int
    node: str
    code: str
    template: str
    params: Mapping[str, Any]

    def text(self, language: str = "id") -> str:
        return translate(self.template, self.params, language)


def is_ended(state: str) -> bool:
    return not load(state).activities


def living(graph: ProcessGraph, state: str) -> tuple[LivingActivity, ...]:
    return tuple(
        LivingActivity(
            activity_id=activity.id,
            node=activity.node,
            element=graph.nodes[activity.node].bpmn_id,
            kind=graph.nodes[activity.node].kind,
            state=activity.stage,
            has_failed=activity.fault is not None,
        )
        for activity in load(state).activities.values()
    )


def is_alone(state: str, activity_id: int) -> bool:
    """Whether nothing else of the case lives or is still to begin but what stands around this activity."""
    activities = load(state).activities
    here, around = activities.get(activity_id), set[int]()
    while here is not None:
        if here.progress is not None or here.remaining:
            return False
        around.add(here.id)
        here = None if here.parent is None else activities[here.parent]
    return activities.keys() == around


def open_work(state: str) -> tuple[OpenWork, ...]:
    loaded = load(state)
    return tuple(
        OpenWork(activity_id=activity.id, node=activity.node, variables=_seen_locally(loaded, activity))
        for activity in loaded.activities.values()
        if activity.stage is Stage.OFFERED
    )


def timers(state: str) -> tuple[OpenTimer, ...]:
    return tuple(
        OpenTimer(activity_id=activity.id, timer_id=wait.id, node=wait.catcher, due_at=wait.schedule.due_at)
        for activity in load(state).activities.values()
        for wait in activity.waits
        if wait.kind is EventKind.TIMER and wait.schedule is not None
    )


def awaited(state: str) -> tuple[OpenWait, ...]:
    return tuple(
        OpenWait(
            activity_id=activity.id,
            wait_id=wait.id,
            node=wait.catcher,
            awaited=AWAITED[wait.kind],
            name=wait.name or "",
            correlation=wait.correlation,
        )
        for activity in load(state).activities.values()
        for wait in activity.waits
        if wait.kind in AWAITED
    )


def listening(graph: ProcessGraph, state: str) -> tuple[Listening, ...]:
    """Everything that `TriggerEvent` can let happen, an event with several definitions once for each."""
    return tuple(
        Listening(
            activity_id=activity.id,
            catcher=wait.catcher,
            element=graph.nodes[wait.catcher].bpmn_id,
            kind=wait.kind,
        )
        for activity in load(state).activities.values()
        for wait in activity.waits
        if not wait.has_happened
    )


def offered(graph: ProcessGraph, state: str) -> tuple[Offered, ...]:
    """Everything that `OpenActivity` can open."""
    return tuple(
        Offered(activity_id=activity.id, node=node.id, element=node.bpmn_id)
        for activity in load(state).activities.values()
        if activity.is_at_work
        for node in offered_activities(graph, graph.nodes[activity.node])
    )


def requests(graph: ProcessGraph, state: str) -> tuple[OpenRequest, ...]:
    loaded = load(state)
    moving = {token.activity for token in loaded.queue}
    return tuple(
        OpenRequest(activity_id=activity.id, node=activity.node)
        for activity in loaded.activities.values()
        if graph.nodes[activity.node].kind == SERVICE
        and activity.stage is Stage.WORKING
        and activity.progress is None
        and activity.fault is None
        and activity.id not in moving
    )


def must_go_on(state: str) -> bool:
    """Whether tokens are still on the move, for which a `Continue` must come."""
    loaded = load(state)
    return bool(loaded.queue) and all(one.fault is None for one in loaded.activities.values() if one.parent is None)


def incidents(state: str) -> tuple[OpenIncident, ...]:
    return tuple(
        OpenIncident(
            activity_id=activity.id,
            node=activity.node,
            code=activity.fault.code,
            template=activity.fault.message,
            params=activity.fault.params,
        )
        for activity in load(state).activities.failed()
        if activity.fault is not None
    )


def variables(state: str, activity_id: int | None = None) -> dict[str, Any]:
    """What an activity sees; the process's own variables when none is named."""
    loaded = load(state)
    wanted = next(iter(loaded.activities), None) if activity_id is None else activity_id
    found = None if wanted is None else loaded.activities.get(wanted)
    return {} if found is None else _seen(loaded, found)


def _seen(state: State, activity: Activity) -> dict[str, Any]:
    return _merged(_scopes(state, activity))


def _seen_locally(state: State, activity: Activity) -> dict[str, Any]:
    return _merged(scope for scope in _scopes(state, activity) if scope.parent is not None)


def _scopes(state: State, activity: Activity) -> Iterator[Activity]:
    """Nearest first; a called process sees nothing beyond itself."""
    current: Activity | None = activity
    while current is not None:
        yield current
        outer = None if current.called is not None else current.parent
        current = None if outer is None else state.activities.get(outer)


def _merged(nearest_first: Iterator[Activity]) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for scope in nearest_first:
        merged = {**(scope.variables or {}), **merged}
    return merged
