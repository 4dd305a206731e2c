"""What moves an instance. An activity id is the runtime's number of one pass through an element."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Variables = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CompleteActivity:
    activity_id: int
    variables: Variables = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FireTimer:
    """The timer `timer_id` of an activity is due; refused (NotDue) before its moment."""

    activity_id: int
    timer_id: str


@dataclass(frozen=True, slots=True)
class DeliverMessage:
    """A message for whoever waits for it in this instance; `activity_id` narrows it to one wait."""

    name: str
    variables: Variables = field(default_factory=dict)
    activity_id: int | None = None


@dataclass(frozen=True, slots=True)
class BroadcastSignal:
    name: str
    variables: Variables = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ServiceDone:
    activity_id: int
    variables: Variables = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ServiceFailed:
    activity_id: int
    message: str


@dataclass(frozen=True, slots=True)
class ThrowError:
    activity_id: int
    code: str
    variables: Variables = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SetVariables:
    """Into the scope that an activity sees, or into the process when `activity_id` is None."""

    variables: Variables
    activity_id: int | None = None


@dataclass(frozen=True, slots=True)
class Retry:
    """Go on with an activity that failed: the way on, not work already done."""

    activity_id: int


@dataclass(frozen=True, slots=True)
class Continue:
    """Go on where the budget of steps ran out."""


@dataclass(frozen=True, slots=True)
class Cancel:
    """End the whole instance."""


@dataclass(frozen=True, slots=True)
class TriggerEvent:
    """Let what an activity waits for happen now, whatever it is: a timer before its moment, a message, a condition.

    `catcher` is the event that waits: at the activity's border, inside it, or the activity itself.
    """

    activity_id: int
    catcher: str
    variables: Variables = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OpenActivity:
    """Begin one of the activities that an ad-hoc sub-process offers; in an ordered one it comes next."""

    activity_id: int
    target: str


@dataclass(frozen=True, slots=True)
class MoveToken:
    """Take a living activity's token to another element of the same scope (an administrator's repair)."""

    activity_id: int
    target: str


Stimulus = (
    CompleteActivity
    | FireTimer
    | DeliverMessage
    | BroadcastSignal
    | ServiceDone
    | ServiceFailed
    | ThrowError
    | SetVariables
    | Retry
    | Continue
    | Cancel
    | TriggerEvent
    | OpenActivity
    | MoveToken
)
