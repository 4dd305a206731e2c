"""One case, driven step by step by the names of its elements.

After every step the inbox, timers and subscriptions built from the changes are compared with what the state says.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from engine.bpmn.graph import ProcessGraph
from engine.runtime import changes as c
from engine.runtime import inspect
from engine.runtime.kernel import Outcome, apply, start
from engine.runtime.stimuli import (
    BroadcastSignal,
    CompleteActivity,
    DeliverMessage,
    FireTimer,
    Retry,
    Stimulus,
)
from tests.support.diagrams import Part, definitions, diagram, element, event
from tests.support.plain_reader import read_plainly

NINE_O_CLOCK = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)

MESSAGE = element("message", "pesan", name="pesan")
SIGNAL = element("signal", "sinyal", name="sinyal")
ERROR = element("error", "galat", errorCode="galat")
OTHER_ERROR = element("error", "galat_lain", errorCode="galat_lain")
ESCALATION = element("escalation", "eskalasi", escalationCode="eskalasi")
NAMED = (MESSAGE, SIGNAL, ERROR, OTHER_ERROR, ESCALATION)

BY_MESSAGE = event("message", messageRef="pesan")
BY_SIGNAL = event("signal", signalRef="sinyal")
BY_ERROR = event("error", errorRef="galat")
BY_ESCALATION = event("escalation", escalationRef="eskalasi")


def by_condition(text: str) -> str:
    return f"<conditionalEventDefinition><condition>{text}</condition></conditionalEventDefinition>"


def inclusive(identity: str, **attributes: str) -> Part:
    return element("inclusiveGateway", identity, **attributes)


def multi_instance(*inside: str, **attributes: str) -> Part:
    return element("multiInstanceLoopCharacteristics", "", *inside, **attributes)


def event_sub_process(identity: str, *parts: str) -> Part:
    return element("subProcess", identity, *parts, triggeredByEvent="true")


class Case:
    def __init__(
        self,
        graph: ProcessGraph,
        variables: dict[str, Any] | None = None,
        at: str | None = None,
        process: str = "proses",
        **options: Any,
    ) -> None:
        self.graph = graph
        self.now = NINE_O_CLOCK
        self.options = options
        self.work: dict[int, str] = {}
        self.timers: dict[tuple[int, str], datetime] = {}
        self.waits: set[tuple[int, str]] = set()
        self.history: list[c.Change] = []
        self._take(start(graph, process, variables or {}, self.now, at, **options))

    def _take(self, outcome: tuple[str, tuple[c.Change, ...]]) -> None:
        self.state, self.changes = outcome
        self.history += self.changes
        for change in self.changes:
            self._record(change)
        self.assert_rows_follow_from_state()

    def _record(self, change: c.Change) -> None:
        match change:
            case c.WorkOffered():
                self.work[change.activity_id] = change.element
            case c.ActivityClosed() | c.ActivityCancelled():
                self.work.pop(change.activity_id, None)
            case c.TimerSet():
                self.timers[change.activity_id, change.timer_id] = change.due_at
            case c.TimerCleared():
                del self.timers[change.activity_id, change.timer_id]
            case c.MessageAwaited():
                self.waits.add((change.activity_id, change.wait_id))
            case c.AwaitCleared():
                self.waits.remove((change.activity_id, change.wait_id))
            case _:
                pass

    def assert_rows_follow_from_state(self) -> None:
        assert {work.activity_id for work in inspect.open_work(self.state)} == set(self.work)
        assert {(t.activity_id, t.timer_id): t.due_at for t in inspect.timers(self.state)} == self.timers
        assert {(wait.activity_id, wait.wait_id) for wait in inspect.awaited(self.state)} == self.waits

    def tell(self, stimulus: Stimulus) -> None:
        self._take(self.applied(stimulus))

    def applied(self, stimulus: Stimulus) -> Outcome:
        return apply(self.graph, self.state, stimulus, self.now, **self.options)

    @property
    def open(self) -> list[str]:
        return sorted(self.work.values())

    @property
    def has_ended(self) -> bool:
        return inspect.is_ended(self.state)

    @property
    def faults(self) -> list[str]:
        return [incident.code for incident in inspect.incidents(self.state)]

    @property
    def variables(self) -> dict[str, Any]:
        return inspect.variables(self.state)

    @property
    def taken(self) -> list[str]:
        return [flow for change in self.history if isinstance(change, c.FlowsTaken) for flow in change.flows]

    def id_of(self, name: str) -> int:
        return next(one.activity_id for one in inspect.living(self.graph, self.state) if one.element == name)

    def complete(self, name: str, **variables: Any) -> None:
        activity_id = next(number for number, work in self.work.items() if work == name)
        self.tell(CompleteActivity(activity_id, variables))

    def wait(self, **duration: float) -> None:
        """Time passes, and every timer that falls due meanwhile fires at its moment."""
        until = self.now + timedelta(**duration)
        while due := [key for key, moment in self.timers.items() if moment <= until]:
            key = min(due, key=lambda one: self.timers[one])
            self.now = max(self.now, self.timers[key])
            self.tell(FireTimer(*key))
        self.now = until

    def message(self, name: str = "pesan", **variables: Any) -> None:
        self.tell(DeliverMessage(name, variables))

    def signal(self, name: str = "sinyal", **variables: Any) -> None:
        self.tell(BroadcastSignal(name, variables))

    def retry(self) -> None:
        self.tell(Retry(inspect.incidents(self.state)[0].activity_id))

    def visible(self, name: str) -> dict[str, Any]:
        return inspect.variables(self.state, self.id_of(name))


def a_case(*parts: str, at: str | None = None, variables: dict[str, Any] | None = None, **options: Any) -> Case:
    """A case of a diagram with one process, in which the usual message, signal, error and escalation are known."""
    return Case(read_plainly(diagram(*parts, outside=NAMED)), variables, at, **options)


def a_case_of(*processes: str, variables: dict[str, Any] | None = None) -> Case:
    return Case(read_plainly(definitions(*NAMED, *processes)), variables)
