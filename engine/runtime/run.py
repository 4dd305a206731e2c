"""One step of one instance while it is being made: the state opened up, and what every element can be asked."""

import json
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from typing import Any

from engine.base.i18n import _
from engine.bpmn.graph import EventKind, Node, ProcessGraph
from engine.expressions.functions import Function
from engine.runtime.changes import Change
from engine.runtime.living import State
from engine.runtime.state import Activity, Move, Stuck, Token

LOOP = "loop"
MAX_STATE = 8_000_000
ACTIVITY_SIZE = 150
MAX_LIVING = 50_000


def size_of(data: Any) -> int:
    return len(json.dumps(data))


class Element:
    """One kind of element. It holds nothing itself: all that is remembered stands in the activities."""

    def arrive(self, run: "Run", node: Node, scope: Activity, flow: str | None) -> None:
        """A token reaches the element."""
        raise Stuck("element.unreachable", _("No token can arrive at this kind of element."))

    def begin(self, run: "Run", activity: Activity) -> None:
        """Do the work, or wait for it."""
        raise Stuck("element.no_work", _("This kind of element has no work to do."))

    def caught(self, run: "Run", activity: Activity, catcher: Node) -> None:
        """An event for which `activity` waited by `catcher` has happened."""
        raise Stuck("element.no_event", _("This kind of element waits for nothing."))

    def child_done(self, run: "Run", activity: Activity) -> None:
        """One activity inside `activity` has completed."""

    def item_done(self, run: "Run", body: Activity, item: Activity) -> None:
        """One pass of a loop has done its work."""
        raise Stuck("element.no_loop", _("This kind of element has no items."))

    def drained(self, run: "Run", activity: Activity) -> bool:
        """Nothing lives inside `activity` any more; true when that moved something."""
        return False

    def finish_by_hand(self, run: "Run", activity: Activity) -> None:
        """Somebody says that the work, which had failed, is done."""
        run.go_on(activity, Move.COMPLETE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a step may know of the world: the instant, the office's zone, and functions it was given."""

    now: datetime
    zone: tzinfo = UTC
    functions: Mapping[str, Function] = field(default_factory=dict)


class Run:
    def __init__(
        self,
        graph: ProcessGraph,
        state: State,
        elements: Mapping[str, Element],
        world: Surroundings,
        *,
        size: int,
        budget: int,
    ) -> None:
        self.graph = graph
        self.elements = elements
        self.world = world
        self.budget = budget
        self.size = size
        self.last_id = state.last_id
        self.moves = state.moves
        self.activities = state.activities
        self.queue = deque(state.queue)
        self.changes: list[Change] = []
        self.current: Activity | None = None
        self.inside: dict[int, dict[int, None]] = {}
        for activity_id, parent in self.activities.parents().items():
            if parent is not None:
                self.inside.setdefault(parent, {})[activity_id] = None
        # Which scopes have to be looked at is not stored: after a pause in mid-flight, all of them.
        self.touched = {activity.id for activity in self.activities.values()} if self.queue else set()
        self.has_written = bool(self.queue)
        self.fired_rounds = {
            scope.id for scope in self.activities.in_rounds() if any(one.has_fired for one in scope.rounds.values())
        }
        self.is_watched = bool(self.activities.waiting_for(EventKind.CONDITIONAL))

    def state(self) -> State:
        return State(last_id=self.last_id, moves=self.moves, activities=self.activities, queue=list(self.queue))

    def node(self, activity: Activity) -> Node:
        return self.graph.nodes[activity.node]

    def body(self, activity: Activity) -> Node:
        """The node whose children run inside this activity: a call activity runs those of the called process."""
        return self.graph.nodes[activity.called or activity.node]

    def element(self, activity: Activity) -> Element:
        return self.element_of(self.node(activity))

    def element_of(self, node: Node) -> Element:
        if node.kind not in self.elements:
            raise Stuck(
                "element.unsupported", _("Elements of the kind %(kind)s cannot be executed."), {"kind": node.kind}
            )
        return self.elements[node.kind]

    def performer(self, activity: Activity) -> Element:
        """Who does the work of an activity: the loop around the element, or the element itself."""
        return self.elements[LOOP] if activity.progress is not None else self.element(activity)

    @property
    def process(self) -> Activity:
        """The activity in which all others stand; it is opened first."""
        return self.activities[next(iter(self.activities))]

    def parent(self, activity: Activity) -> Activity:
        if activity.parent is None:
            raise LookupError(activity.id)
        return self.activities[activity.parent]

    def children(self, activity: Activity) -> list[Activity]:
        return [self.activities[child] for child in self.inside.get(activity.id, ())]

    def outwards(self, activity: Activity) -> Iterator[Activity]:
        """The activity, what it stands in, and so on to the process."""
        current: Activity | None = activity
        while current is not None:
            yield current
            current = None if current.parent is None else self.activities.get(current.parent)

    def is_living(self, activity: Activity) -> bool:
        return activity.id in self.activities

    def struck(self, fallback: Activity) -> Activity:
        """The activity at which something went wrong: the one at work, if it still lives."""
        return self.current if self.current is not None and self.is_living(self.current) else fallback

    def touch(self, activity: Activity) -> None:
        self.touched.add(activity.id)

    def grow(self, size: int) -> None:
        """Account for what is added to the state, before it is added."""
        if size > 0 and self.size + size > MAX_STATE:
            raise Stuck("state.too_large", _("The case has grown too large: too many open steps, or too much data."))
        self.size += size

    def is_overfull(self) -> bool:
        """The last bound: tokens that multiply without end stop moving here."""
        return len(self.activities) + len(self.queue) > MAX_LIVING

    def add(self, node: Node, parent: Activity | None) -> Activity:
        self.last_id += 1
        activity = Activity(id=self.last_id, node=node.id, parent=parent.id if parent else None)
        self.activities[activity.id] = activity
        if parent is not None:
            self.inside.setdefault(parent.id, {})[activity.id] = None
        return activity

    def remove(self, activity: Activity) -> None:
        del self.activities[activity.id]
        self.inside.pop(activity.id, None)
        if activity.parent is not None and activity.parent in self.activities:
            self.inside.get(activity.parent, {}).pop(activity.id, None)
            self.touched.add(activity.parent)
        self.grow(-ACTIVITY_SIZE - (size_of(activity.variables) if activity.variables else 0))

    def forget_tokens(self, scope: Activity) -> None:
        self.queue = deque(token for token in self.queue if token.scope != scope.id)

    def put(self, token: Token) -> None:
        self.queue.append(token)

    def put_first(self, token: Token) -> None:
        self.queue.appendleft(token)

    def go_on(self, activity: Activity, move: Move) -> None:
        scope = activity.id if activity.parent is None else activity.parent
        self.put(Token(move=move, node=activity.node, scope=scope, activity=activity.id))
