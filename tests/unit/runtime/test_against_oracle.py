"""Random diagrams in random orders, against the token game of the oracle."""

from collections import Counter
from collections.abc import Iterator
from random import Random

from hypothesis import HealthCheck, given, settings

from engine.bpmn.graph import EventKind
from engine.runtime.codec import load
from engine.runtime.living import State
from engine.runtime.state import Activity, Stage
from engine.runtime.stimuli import BroadcastSignal, CompleteActivity, DeliverMessage, FireTimer
from tests.support.depth import times
from tests.support.plain_reader import read_plainly
from tests.unit.runtime.cases import Case
from tests.unit.runtime.oracle import Named, Oracle
from tests.unit.runtime.random_models import diagrams, schedules

MOST_STEPS = 40


@settings(max_examples=times(100, nightly=1000), deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(source=diagrams, schedule=schedules)
def test_random_diagrams_run_as_the_token_game_says(source: bytes, schedule: Random):
    """State is text at every step, and inbox, timers and subscriptions follow from it at every step (see Case)."""
    oracle, case = Oracle(source), Case(read_plainly(source))
    assert_same(case, oracle)
    for _step in range(MOST_STEPS):
        if not (oracle.open or oracle.awaited):
            break
        step(case, oracle, schedule)
        assert_same(case, oracle)


def step(case: Case, oracle: Oracle, schedule: Random) -> None:
    """Mostly somebody does a task; sometimes an event happens."""
    happens = sorted(oracle.awaited)
    if oracle.open and (not happens or schedule.random() < 0.7):
        task = schedule.choice(sorted(oracle.open))
        case.tell(CompleteActivity(activity_of(case, task)))
        oracle.complete(task)
    else:
        let_happen(case, oracle, schedule.choice(happens))


def let_happen(case: Case, oracle: Oracle, event: Named) -> None:
    activity, index = next(
        (one, index)
        for one in load(case.state).activities.values()
        for index, wait in enumerate(one.waits)
        if (wait.catcher, passes(load(case.state), one)) == event
    )
    wait = activity.waits[index]
    if wait.kind is EventKind.SIGNAL:
        case.tell(BroadcastSignal(wait.name or ""))
        oracle.signal(wait.name or "")
    elif wait.kind is EventKind.MESSAGE:
        case.tell(DeliverMessage(wait.name or "", activity_id=activity.id))
        oracle.happen(event)
    elif wait.schedule is not None:
        case.now = max(case.now, wait.schedule.due_at)
        case.tell(FireTimer(activity.id, wait.id))
        oracle.happen(event)


def assert_same(case: Case, oracle: Oracle) -> None:
    state = load(case.state)
    waits = Counter((wait.catcher, passes(state, one)) for one in state.activities.values() for wait in one.waits)
    assert Counter(named for _activity, named in offered(state)) == Counter(oracle.open)
    assert waits == Counter(oracle.awaited)
    assert case.has_ended == oracle.has_ended
    assert case.faults == ["join.stranded"] * oracle.stranded
    if not case.has_ended:
        assert case.variables == oracle.variables


def offered(state: State) -> Iterator[tuple[Activity, Named]]:
    return ((one, (one.node, passes(state, one))) for one in state.activities.values() if one.stage is Stage.OFFERED)


def activity_of(case: Case, task: Named) -> int:
    return next(one.id for one, named in offered(load(case.state)) if named == task)


def passes(state: State, activity: Activity) -> tuple[tuple[str, int], ...]:
    """Where an activity stands, outermost first: the pass of a loop, or which of several of its kind, by age."""
    if activity.parent is None:
        return ()
    alike = [one.id for one in state.activities.values() if (one.parent, one.node) == (activity.parent, activity.node)]
    rank = alike.index(activity.id) if activity.item is None else activity.item
    return (*passes(state, state.activities[activity.parent]), (activity.node, rank))
