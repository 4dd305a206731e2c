"""What a step changed, gathered by kind before anything is written: equal rows then need one statement."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from engine.base.unit_of_work import UnitOfWork
from engine.bpmn.graph import ProcessGraph
from engine.execution.model import Instance
from engine.execution.outgoing import Leaving
from engine.runtime.changes import (
    ActivityCancelled,
    ActivityClosed,
    ActivityFailed,
    ActivityOpened,
    AwaitCleared,
    Change,
    ContinueRequested,
    DecisionMade,
    Ended,
    MessageAwaited,
    MessageSent,
    ServiceRequested,
    SignalSent,
    TimerCleared,
    TimerSet,
    VariablesChanged,
    WorkOffered,
)


@dataclass(slots=True, kw_only=True)
class Recording:
    """One step of one instance, being written."""

    work: UnitOfWork
    instance: Instance
    graph: ProcessGraph
    state: str
    variables: dict[str, Any] = field(default_factory=dict)
    opened: dict[int, dict[str, Any]] = field(default_factory=dict)
    closed: dict[int, bool] = field(default_factory=dict)
    decided: list[DecisionMade] = field(default_factory=list)
    offered: list[WorkOffered] = field(default_factory=list)
    timers_set: dict[tuple[int, str], TimerSet] = field(default_factory=dict)
    timers_cleared: set[tuple[int, str]] = field(default_factory=set)
    awaited: dict[tuple[int, str], MessageAwaited] = field(default_factory=dict)
    await_cleared: set[tuple[int, str]] = field(default_factory=set)
    leaving: list[Leaving] = field(default_factory=list)
    failed: list[ActivityFailed] = field(default_factory=list)
    ended: Ended | None = None


def gather(recording: Recording, change: Change) -> None:
    """Put one change where its kind is written from; kinds that leave no row are passed over."""
    put = GATHER.get(type(change))
    if put is not None:
        put(recording, change)


def _activity_opened(recording: Recording, change: ActivityOpened) -> None:
    recording.opened[change.activity_id] = {
        "instance_id": recording.instance.id,
        "activity_id": change.activity_id,
        "element": change.element,
        "node": change.node,
        "kind": change.kind,
        "opened_at": recording.work.now,
        "closed_at": None,
        "was_cancelled": False,
    }


def _activity_closed(recording: Recording, change: ActivityClosed) -> None:
    recording.closed[change.activity_id] = False


def _activity_cancelled(recording: Recording, change: ActivityCancelled) -> None:
    recording.closed[change.activity_id] = True


def _decision_made(recording: Recording, change: DecisionMade) -> None:
    recording.decided.append(change)


def _work_offered(recording: Recording, change: WorkOffered) -> None:
    recording.offered.append(change)


def _timer_set(recording: Recording, change: TimerSet) -> None:
    recording.timers_set[change.activity_id, change.timer_id] = change
    recording.timers_cleared.discard((change.activity_id, change.timer_id))


def _timer_cleared(recording: Recording, change: TimerCleared) -> None:
    recording.timers_set.pop((change.activity_id, change.timer_id), None)
    recording.timers_cleared.add((change.activity_id, change.timer_id))


def _message_awaited(recording: Recording, change: MessageAwaited) -> None:
    recording.awaited[change.activity_id, change.wait_id] = change


def _await_cleared(recording: Recording, change: AwaitCleared) -> None:
    if recording.awaited.pop((change.activity_id, change.wait_id), None) is None:
        recording.await_cleared.add((change.activity_id, change.wait_id))


def _variables_changed(recording: Recording, change: VariablesChanged) -> None:
    if change.is_root:
        recording.variables |= change.variables


def _activity_failed(recording: Recording, change: ActivityFailed) -> None:
    recording.failed.append(change)


def _ended(recording: Recording, change: Ended) -> None:
    recording.ended = change


def _leaves(recording: Recording, change: Leaving) -> None:
    recording.leaving.append(change)


GATHER: dict[type[Change], Callable[[Recording, Any], None]] = {
    ActivityOpened: _activity_opened,
    ActivityClosed: _activity_closed,
    ActivityCancelled: _activity_cancelled,
    DecisionMade: _decision_made,
    WorkOffered: _work_offered,
    TimerSet: _timer_set,
    TimerCleared: _timer_cleared,
    MessageAwaited: _message_awaited,
    AwaitCleared: _await_cleared,
    VariablesChanged: _variables_changed,
    ActivityFailed: _activity_failed,
    ServiceRequested: _leaves,
    MessageSent: _leaves,
    SignalSent: _leaves,
    ContinueRequested: _leaves,
    Ended: _ended,
}
