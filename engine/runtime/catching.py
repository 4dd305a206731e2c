"""An event happened: whoever waits for it is told."""

from collections import deque
from collections.abc import Callable, Iterable
from functools import partial
from itertools import takewhile
from math import inf

from engine.bpmn.graph import EventKind, Node
from engine.expressions.errors import EvaluationFault
from engine.runtime.activities import fail
from engine.runtime.run import Run
from engine.runtime.state import Activity, Stage, Token, Wait, WayOn
from engine.runtime.variables import Variables, write
from engine.runtime.waits import announce_cleared, disarm_where, set_timer

AFTERWARDS = inf


def tell(run: Run, activity: Activity, catcher: Node) -> None:
    """Let the catcher act; what goes wrong in it stays with the activity, as an incident."""
    run.current = activity
    try:
        run.element_of(catcher).caught(run, activity, catcher)
    except EvaluationFault as fault:
        struck = run.struck(activity)
        fail(run, struck, fault, WayOn.COMPLETE if struck.stage is Stage.DONE else WayOn.SETTLE)


def fire(run: Run, activity: Activity, wait: Wait, variables: Variables) -> None:
    """The event happened; whoever waits by `catcher` is told, once all of a parallel-multiple have."""
    catcher = run.graph.nodes[wait.catcher]
    write(run, activity, variables)
    if wait.kind is EventKind.TIMER:
        _rearm_or_end(run, activity, wait)
    if catcher.is_parallel_multiple and not _all_happened(activity, wait, catcher):
        return
    tell(run, activity, catcher)


def _all_happened(activity: Activity, wait: Wait, catcher: Node) -> bool:
    wait.has_happened = True
    waits = [other for other in activity.waits if other.catcher == catcher.id]
    if not all(other.has_happened for other in waits):
        return False
    for other in waits:
        other.has_happened = False
    return True


def _rearm_or_end(run: Run, activity: Activity, wait: Wait) -> None:
    following = wait.schedule.next(run.world.zone) if wait.schedule else None
    if following is not None:
        set_timer(run, activity, wait, following)
    elif run.graph.nodes[wait.catcher].is_parallel_multiple:
        announce_cleared(run, activity, wait)
        wait.schedule = None
    else:
        disarm_where(run, activity, partial(_is, wait))


def _is(wait: Wait, other: Wait) -> bool:
    return other is wait


def deliver_message(run: Run, name: str, variables: Variables, is_meant: Callable[[Activity, Wait], bool]) -> bool:
    """One message is for one receiver: the first that waits for it."""
    for activity, wait in _waiting(run, EventKind.MESSAGE, name):
        if is_meant(activity, wait):
            fire(run, activity, wait, variables)
            return True
    return False


def broadcast_signal(run: Run, name: str, variables: Variables) -> None:
    """A signal is for everyone who waited for it when it was sent."""
    fire_each(run, _waiting(run, EventKind.SIGNAL, name), variables)


def fire_each(run: Run, waiting: Iterable[tuple[Activity, Wait]], variables: Variables) -> bool:
    """The event happened for all of them who still wait; the way on of whoever waited longest goes first."""
    turns = {id(token): (AFTERWARDS, token) for token in run.queue}

    def is_new(token: Token) -> bool:
        return id(token) not in turns

    has_fired = False
    for turn, (activity, wait) in enumerate(waiting):
        if still_waits(run, activity, wait):
            fire(run, activity, wait, variables)
            has_fired = True
            # The way on from an event is put first, that of the next event therefore before it.
            turns.update([(id(token), (turn, token)) for token in takewhile(is_new, run.queue)])
    run.queue = deque(sorted(run.queue, key=lambda one: turns.get(id(one), (AFTERWARDS,))[0]))
    return has_fired


def still_waits(run: Run, activity: Activity, wait: Wait) -> bool:
    return run.is_living(activity) and any(other is wait for other in activity.waits)


def _waiting(run: Run, kind: EventKind, name: str) -> list[tuple[Activity, Wait]]:
    return [
        (activity, wait)
        for activity in run.activities.waiting_for(kind)
        for wait in activity.waits
        if wait.kind is kind and wait.name == name
    ]
