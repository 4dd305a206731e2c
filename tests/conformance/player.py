"""Plays a trace in three ways: kept in memory, saved and loaded after each step, and stopped after every move."""

from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from datetime import datetime
from typing import Any

from engine.base.errors import TataKerjaError
from engine.bpmn.graph import ProcessGraph
from engine.expressions.functions import at_moment
from engine.runtime import changes as c
from engine.runtime import inspect
from engine.runtime.codec import dump, load
from engine.runtime.elements.catalogue import ELEMENTS
from engine.runtime.handling import handle
from engine.runtime.kernel import BUDGET, Outcome
from engine.runtime.run import Run, Surroundings
from engine.runtime.settling import settle
from engine.runtime.stimuli import (
    Cancel,
    CompleteActivity,
    Continue,
    MoveToken,
    ServiceDone,
    ServiceFailed,
    SetVariables,
    Stimulus,
    ThrowError,
)
from tests.conformance.trace import ABSENT, Seen, Step, Trace
from tests.unit.runtime.cases import Case

UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


class Saved(Case):
    """Text at every step, which reads back as it was written."""

    def applied(self, stimulus: Stimulus) -> Outcome:
        assert dump(load(self.state)) == self.state
        return super().applied(stimulus)


class InMemory(Case):
    """Opened once and never written down in between."""

    kept: Any = None

    def applied(self, stimulus: Stimulus) -> Outcome:
        state = deepcopy(self.kept) if self.kept is not None else load(self.state)
        world = Surroundings(now=self.now, functions=at_moment(self.now, Surroundings(now=self.now).zone))
        run = Run(self.graph, state, ELEMENTS, world, size=0, budget=BUDGET)
        handle(run, stimulus)
        settle(run)
        self.kept = run.state()
        return dump(self.kept), tuple(run.changes)


class InPieces(Case):
    """One move at a time, and written down after each."""

    def __init__(self, graph: ProcessGraph, variables: dict[str, Any], at: str | None) -> None:
        super().__init__(graph, variables, at, budget=1)
        self._go_on(0)

    def tell(self, stimulus: Stimulus) -> None:
        before = len(self.history)
        super().tell(stimulus)
        self._go_on(before)

    def _go_on(self, before: int) -> None:
        while isinstance(self.changes[-1] if self.changes else None, c.ContinueRequested):
            super().tell(Continue())
        self.changes = tuple(self.history[before:])


WAYS: Mapping[str, type[Case]] = {"in memory": InMemory, "saved": Saved, "in pieces": InPieces}


class Resumed(Case):
    """A case of which nothing is left but its state."""

    def __init__(self, graph: ProcessGraph, state: str, now: datetime) -> None:
        self.graph, self.state, self.now, self.options = graph, state, now, {}
        self.work = {one.activity_id: graph.nodes[one.node].bpmn_id for one in inspect.open_work(state)}
        self.timers = {(one.activity_id, one.timer_id): one.due_at for one in inspect.timers(state)}
        self.waits = {(one.activity_id, one.wait_id) for one in inspect.awaited(state)}
        held = inspect.variables(state)
        self.history = [c.VariablesChanged(activity_id=1, is_root=True, variables=held)]


def play(trace: Trace, graph: ProcessGraph, way: str) -> None:
    beginning, *others = trace.steps
    assert beginning.verb == "start", "the first line starts the case"
    case = WAYS[way](graph, beginning.variables, next(iter(beginning.words), None))
    compare(case, beginning, 0, None)
    go_on(case, others)


def go_on(case: Case, steps: Iterable[Step]) -> None:
    for step in steps:
        before = len(case.history)
        compare(case, step, before, _refused(case, step))


def _refused(case: Case, step: Step) -> str | None:
    try:
        VERBS[step.verb](case, *step.words, **step.variables)
    except TataKerjaError as refusal:
        return refusal.code
    return None


def compare(case: Case, step: Step, before: int, refused: str | None) -> None:
    expected, news = step.seen, case.history[before:]
    held = last_written(case) if case.has_ended else case.variables
    found = Seen(
        open=case.open,
        waiting=waiting(case),
        asked=sorted(request.node for request in inspect.requests(case.graph, case.state)),
        faults=sorted(case.faults),
        messages=[change.name for change in news if isinstance(change, c.MessageSent)],
        signals=[change.name for change in news if isinstance(change, c.SignalSent)],
        has_ended=case.has_ended,
        refused=refused,
        variables={name: held.get(name, ABSENT) for name in expected.variables},
        done=None if expected.done is None else finished(news, c.ActivityClosed, case.graph),
        gone=None if expected.gone is None else finished(news, c.ActivityCancelled, case.graph),
    )
    for part in (expected.open, expected.waiting, expected.asked, expected.faults):
        part.sort()
    assert found == expected, f"{step.text}\nfound {found}"


def last_written(case: Case) -> dict[str, Any]:
    """The data of a case that has ended, as its changes told them."""
    of_the_case = (change for change in case.history if isinstance(change, c.VariablesChanged) and change.is_root)
    return {name: value for change in of_the_case for name, value in change.variables.items()}


def waiting(case: Case) -> list[str]:
    """The events that are waited for, each once for every activity that waits."""
    waits = {(one.id, wait.catcher) for one in load(case.state).activities.values() for wait in one.waits}
    return sorted(case.graph.nodes[catcher].bpmn_id for _activity, catcher in waits)


def finished(
    news: list[c.Change], kind: type[c.ActivityClosed | c.ActivityCancelled], graph: ProcessGraph
) -> list[str]:
    return [change.element for change in news if isinstance(change, kind) and change.element not in graph.processes]


def _complete(case: Case, element: str, **variables: Any) -> None:
    """The work of that element that was offered first; where none is open, what was open last."""
    open_ones = [number for number, name in case.work.items() if name == element]
    offered = [one for one in case.history if isinstance(one, c.WorkOffered) and one.element == element]
    case.tell(CompleteActivity(open_ones[0] if open_ones else offered[-1].activity_id, variables))


def _wait(case: Case, duration: str) -> None:
    case.wait(**{UNITS[duration[-1]]: int(duration[:-1])})


def _throw(case: Case, element: str, code: str, **variables: Any) -> None:
    case.tell(ThrowError(case.id_of(element), code, variables))


def _move(case: Case, element: str, _to: str, target: str) -> None:
    case.tell(MoveToken(case.id_of(element), target))


def _asked(case: Case, element: str) -> int:
    requests = inspect.requests(case.graph, case.state)
    return next((one.activity_id for one in requests if one.node == element), case.id_of(element))


def _answer(case: Case, element: str, **variables: Any) -> None:
    case.tell(ServiceDone(_asked(case, element), variables))


def _break(case: Case, element: str) -> None:
    case.tell(ServiceFailed(_asked(case, element), "rusak"))


def _set(case: Case, **variables: Any) -> None:
    case.tell(SetVariables(variables))


def _cancel(case: Case) -> None:
    case.tell(Cancel())


def _continue(case: Case) -> None:
    case.tell(Continue())


VERBS: dict[str, Callable[..., None]] = {
    "continue": _continue,
    "complete": _complete,
    "message": Case.message,
    "signal": Case.signal,
    "retry": Case.retry,
    "wait": _wait,
    "answer": _answer,
    "break": _break,
    "throw": _throw,
    "set": _set,
    "move": _move,
    "cancel": _cancel,
}
