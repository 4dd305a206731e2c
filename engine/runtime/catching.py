"""An event happened: whoever waits for it is told."""

from collections.abc import Callable
from functools import partial

from engine.bpmn.graph import EventKind, Node
from engine.expressions.errors import EvaluationFault
from engine.runtime.activities import fail
from engine.runtime.run import Run
from engine.runtime.state import Activity, Stage, Wait, WayOn
from engine.runtime.variables import Variables, write
from engine.runtime.waits import announce_cleared, disarm_where, set_timer


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
    for activity, wait in _waiting(run, EventKind.SIGNAL, name):
        if run.is_living(activity) and any(other is wait for other in activity.waits):
            fire(run, activity, wait, variables)


def _waiting(run: Run, kind: EventKind, name: str) -> list[tuple[Activity, Wait]]:
    return [
        (activity, wait)
        for activity in run.activities.waiting_for(kind)
        for wait in activity.waits
        if wait.kind is kind and wait.name == name
    ]
