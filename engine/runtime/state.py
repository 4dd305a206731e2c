"""The parts of a state: activities, what they wait for, how far they are, and what went wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from engine.bpmn.graph import EventKind
from engine.expressions.errors import EvaluationFault
from engine.expressions.times import Schedule


class Stage(StrEnum):
    OPENING = "opening"  # its events are not yet waited for
    WORKING = "working"
    OFFERED = "offered"  # a person may do it
    DONE = "done"  # from here a retry repeats the way out, not the work
    ENDING = "ending"  # a scope in which what has begun is finished, and nothing else begins
    INTERRUPTED = "interrupted"  # a scope that an event sub-process took over
    CANCELLING = "cancelling"  # a transaction that undoes what it did
    KEEPING = "keeping"  # no work: a token stands here because it cannot go on


class WayOn(StrEnum):
    """What a retry repeats."""

    ARRIVE = "arrive"
    BEGIN = "begin"
    COMPLETE = "complete"
    LEAVE = "leave"
    SETTLE = "settle"


class Move(StrEnum):
    ARRIVE = "arrive"
    ITEM = "item"
    BEGIN = "begin"
    COMPLETE = "complete"


class Stuck(EvaluationFault):
    """Something in the process that a person must mend; the instance stays where it is, as an incident."""


@dataclass(slots=True, kw_only=True)
class Fault:
    code: str
    message: str
    params: Mapping[str, Any]
    way_on: WayOn
    flow: str | None = None


@dataclass(slots=True, kw_only=True)
class Wait:
    """An event that an activity waits for: definition number `index` of the element `catcher`."""

    catcher: str
    index: int
    kind: EventKind
    name: str | None = None
    correlation: str | None = None
    schedule: Schedule | None = None
    was_true: bool = False
    has_happened: bool = False

    @property
    def id(self) -> str:
        return f"{self.catcher}:{self.index}"


@dataclass(slots=True, kw_only=True)
class Progress:
    """How far a loop or a multi-instance is; `items` are those still to be handed out."""

    total: int = 0
    active: int = 0
    completed: int = 0
    items: list[Any] | None = None
    outputs: list[Any] | None = None


@dataclass(slots=True, kw_only=True)
class Round:
    """One round of a complex gateway: what arrived by which flow, and whether it has passed a token on."""

    has_fired: bool = False
    arrivals: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Completed:
    """An activity that can be undone, with what it saw when it was completed, and those inside it, newest last.

    `opened` is its own number, `closed` the last that had been given when it was completed: what has a greater
    number began after it. `is_apart` is set for what a called process did, once that process has ended.
    """

    node: str
    opened: int = 0
    closed: int = 0
    variables: dict[str, Any] = field(default_factory=dict)
    is_apart: bool = False
    inner: "list[Completed]" = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Activity:
    """One pass through an element that has not ended. It is a scope of variables when it has any."""

    id: int
    node: str
    parent: int | None
    stage: Stage = Stage.OPENING
    variables: dict[str, Any] | None = None
    recalled: list[str] = field(default_factory=list)  # of its variables, those that go on beside as they are now
    called: str | None = None
    written: list[str] | None = None  # by a called process; None where it was called before this was kept
    item: int | None = None
    progress: Progress | None = None
    waits: list[Wait] = field(default_factory=list)
    arrivals: dict[str, int] = field(default_factory=dict)
    rounds: dict[str, Round] = field(default_factory=dict)
    completed: list[Completed] = field(default_factory=list)
    undoing: list[Completed] = field(default_factory=list)  # what is undone here when its turn comes
    remaining: list[str] = field(default_factory=list)  # elements at which this scope has still to begin
    is_announced_closed: bool = False  # its work is known to be done, though it is stuck on the way out
    fault: Fault | None = None

    @property
    def is_at_work(self) -> bool:
        return self.stage is Stage.WORKING and self.progress is None and self.fault is None


@dataclass(slots=True, kw_only=True)
class Token:
    """A move still to be made inside a scope: a token reaches an element, or an activity goes on."""

    move: Move
    node: str
    scope: int
    flow: str | None = None
    item: int | None = None
    activity: int | None = None
