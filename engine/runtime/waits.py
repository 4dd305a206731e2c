"""Waiting for events: timers, messages, signals, conditions."""

import re
from collections.abc import Callable
from datetime import UTC

from engine.base.i18n import _
from engine.bpmn.graph import EventDefinition, EventKind, Node
from engine.expressions.times import Schedule, parse_timer
from engine.runtime.changes import AwaitCleared, Awaited, MessageAwaited, TimerCleared, TimerSet
from engine.runtime.run import Run
from engine.runtime.state import Activity, Stuck, Wait
from engine.runtime.variables import evaluate, expression

LONGEST = 200
PLACE = re.compile(r"\$\{[^{}]*\}")
AWAITED = {EventKind.MESSAGE: Awaited.MESSAGE, EventKind.SIGNAL: Awaited.SIGNAL}


def arm(run: Run, activity: Activity, catcher: Node) -> None:
    """`activity` waits from now on for the events of `catcher`."""
    for index, event in enumerate(catcher.events):
        begin_waiting = WAITING.get(event.kind)
        if begin_waiting is not None:
            wait = Wait(catcher=catcher.id, index=index, kind=event.kind)
            begin_waiting(run, activity, wait, event)
            activity.waits.append(wait)


def disarm(run: Run, activity: Activity) -> None:
    disarm_where(run, activity, lambda wait: True)


def disarm_where(run: Run, activity: Activity, is_over: Callable[[Wait], bool]) -> None:
    over = [wait for wait in activity.waits if is_over(wait)]
    activity.waits = [wait for wait in activity.waits if wait not in over]
    for wait in over:
        announce_cleared(run, activity, wait)


def announce_cleared(run: Run, activity: Activity, wait: Wait) -> None:
    element = run.graph.nodes[wait.catcher].bpmn_id
    if wait.kind is EventKind.TIMER and wait.schedule is not None:
        run.changes.append(TimerCleared(activity_id=activity.id, timer_id=wait.id, element=element))
    elif wait.kind in AWAITED:
        run.changes.append(AwaitCleared(activity_id=activity.id, wait_id=wait.id, element=element))


def event_name(run: Run, activity: Activity, event: EventDefinition) -> str:
    """A message's or signal's name, its `${…}` places filled with variables."""
    if not event.name:
        raise Stuck("event.no_name", _("It is not said which message or signal is meant."))
    return _kept(PLACE.sub(lambda place: str(evaluate(run, activity, expression(place.group()))), event.name))


def correlation(run: Run, activity: Activity, event: EventDefinition) -> str | None:
    if event.correlation is None:
        return None
    return _kept(str(evaluate(run, activity, event.correlation)))


def _kept(text: str) -> str:
    """As a row can keep it, so that it can be looked for."""
    if len(text) > LONGEST or "\x00" in text:
        raise Stuck(
            "event.unfit_name", _("The name or key of a message must be readable and have at most 200 characters.")
        )
    return text


def _await_timer(run: Run, activity: Activity, wait: Wait, event: EventDefinition) -> None:
    if event.timer is None or event.value is None:
        raise Stuck("timer.no_time", _("The timer has no time."))
    value = evaluate(run, activity, event.value)
    schedule = parse_timer(event.timer, value, run.world.now, run.world.zone)
    set_timer(run, activity, wait, schedule)


def set_timer(run: Run, activity: Activity, wait: Wait, schedule: Schedule) -> None:
    wait.schedule = schedule
    run.changes.append(
        TimerSet(
            activity_id=activity.id,
            timer_id=wait.id,
            element=run.graph.nodes[wait.catcher].bpmn_id,
            due_at=schedule.due_at.astimezone(UTC),
        )
    )


def _await_named(run: Run, activity: Activity, wait: Wait, event: EventDefinition) -> None:
    wait.name = event_name(run, activity, event)
    wait.correlation = correlation(run, activity, event)
    run.changes.append(
        MessageAwaited(
            activity_id=activity.id,
            wait_id=wait.id,
            element=run.graph.nodes[wait.catcher].bpmn_id,
            awaited=AWAITED[event.kind],
            name=wait.name,
            correlation=wait.correlation,
        )
    )


def _await_condition(run: Run, activity: Activity, wait: Wait, event: EventDefinition) -> None:
    run.has_written = run.is_watched = True


WAITING = {
    EventKind.TIMER: _await_timer,
    EventKind.MESSAGE: _await_named,
    EventKind.SIGNAL: _await_named,
    EventKind.CONDITIONAL: _await_condition,
}
