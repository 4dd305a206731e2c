"""What a stimulus did, in the order in which it happened. The rest of the house knows these words only.

`element` is always the id in the file as uploaded (`bpmn_id`); `node` the id in the process graph.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityOpened:
    activity_id: int
    node: str
    element: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkOffered:
    """A person's activity waits for her: one for each item of a multi-instance, none for its body."""

    activity_id: int
    node: str
    element: str
    variables: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityClosed:
    activity_id: int
    node: str
    element: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityCancelled:
    activity_id: int
    node: str
    element: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementPassed:
    """A token went through an element to its end: once for each pass of a loop, never for what was stopped."""

    node: str
    element: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowsTaken:
    """Sequence flows by which tokens left an element: the journey as drawn. Empty ids never appear."""

    element: str
    flows: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerSet:
    """`timer_id` is unique among the living timers of the activity; set again, it replaces the earlier."""

    activity_id: int
    timer_id: str
    element: str
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerCleared:
    activity_id: int
    timer_id: str
    element: str


class Awaited(StrEnum):
    MESSAGE = "message"
    SIGNAL = "signal"


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageAwaited:
    """A message or a signal is waited for; `wait_id` is unique among the activity's waits."""

    activity_id: int
    wait_id: str
    element: str
    awaited: Awaited
    name: str
    correlation: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AwaitCleared:
    activity_id: int
    wait_id: str
    element: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageSent:
    node: str
    element: str
    name: str
    correlation: str | None
    variables: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalSent:
    element: str
    name: str
    variables: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class VariablesChanged:
    """`activity_id` is the scope they belong to; `is_root` when that scope is the process itself."""

    activity_id: int
    is_root: bool
    variables: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRequested:
    activity_id: int
    node: str
    element: str
    operation: str
    parameters: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionMade:
    """A decision by its name, and the rules that matched, counted from one; for a mere expression there are none."""

    activity_id: int
    node: str
    element: str
    decision: str
    rules: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityFailed:
    """An incident: `code` is stable and short, `message` says what happened in plain words.

    `template` and `params` are the same message as a catalogue text, for whoever shows it in another language.
    """

    activity_id: int
    node: str
    element: str
    code: str
    message: str
    template: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContinueRequested:
    """The budget of steps ran out; a job must send `Continue`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    was_cancelled: bool


Change = (
    ActivityOpened
    | WorkOffered
    | ActivityClosed
    | ActivityCancelled
    | ElementPassed
    | FlowsTaken
    | TimerSet
    | TimerCleared
    | MessageAwaited
    | AwaitCleared
    | MessageSent
    | SignalSent
    | VariablesChanged
    | ServiceRequested
    | DecisionMade
    | ActivityFailed
    | ContinueRequested
    | Ended
)
