"""What each stimulus sets in motion, and what refuses it."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC
from typing import Any

from engine.base.i18n import _
from engine.bpmn.graph import EventKind
from engine.expressions.errors import EvaluationFault
from engine.runtime import stimuli
from engine.runtime.activities import cancel, close, living, record
from engine.runtime.catching import broadcast_signal, deliver_message, fire
from engine.runtime.changes import Ended
from engine.runtime.completion import tell_scope
from engine.runtime.errors import AlreadyClosed, NotAwaited, NotDue, NotFailed, UnacceptableVariables
from engine.runtime.flow import arrive_at, leave
from engine.runtime.interventions import complete_failed, open_offered, trigger_event
from engine.runtime.moving import move_token
from engine.runtime.run import Run
from engine.runtime.state import Activity, Fault, Move, Stage, Token, Wait, WayOn
from engine.runtime.throwing import is_caught
from engine.runtime.variables import write
from engine.runtime.waits import disarm

SERVICE = "serviceTask"


def handle(run: Run, stimulus: stimuli.Stimulus) -> None:
    if not run.activities:
        raise AlreadyClosed
    with refusing_data():
        HANDLERS[type(stimulus)](run, stimulus)


@contextmanager
def refusing_data() -> Iterator[None]:
    """What cannot be kept is refused to whoever sends it; later faults are incidents and never come here."""
    try:
        yield
    except EvaluationFault as fault:
        raise UnacceptableVariables(reason={"message": fault.message, "params": fault.params}) from None


def _complete(run: Run, stimulus: stimuli.CompleteActivity) -> None:
    activity = living(run, stimulus.activity_id)
    if activity.stage is Stage.OFFERED:
        _done(run, activity, stimulus.variables)
    elif activity.fault is not None:
        complete_failed(run, activity, stimulus.variables)
    else:
        raise AlreadyClosed(activity_id=activity.id)


def _service_done(run: Run, stimulus: stimuli.ServiceDone) -> None:
    activity = _requested_service(run, stimulus.activity_id)
    service, answer = run.node(activity).service, dict(stimulus.variables)
    _done(run, activity, {service.result: answer} if service and service.result else answer)


def _done(run: Run, activity: Activity, variables: Mapping[str, Any]) -> None:
    activity.fault = None
    write(run, activity, variables)
    run.go_on(activity, Move.COMPLETE)


def _service_failed(run: Run, stimulus: stimuli.ServiceFailed) -> None:
    activity = _requested_service(run, stimulus.activity_id)
    reason = {"reason": stimulus.message}
    record(run, activity, "service.failed", _("The service could not do it: %(reason)s"), reason, WayOn.BEGIN)


def _requested_service(run: Run, activity_id: int) -> Activity:
    activity = living(run, activity_id)
    if activity.stage is not Stage.WORKING or activity.progress is not None or run.node(activity).kind != SERVICE:
        raise AlreadyClosed(activity_id=activity_id)
    return activity


def _throw_error(run: Run, stimulus: stimuli.ThrowError) -> None:
    activity = living(run, stimulus.activity_id)
    write(run, activity, stimulus.variables)
    if not is_caught(run, EventKind.ERROR, stimulus.code, activity):
        way_on = WayOn.SETTLE if activity.stage is Stage.OFFERED else WayOn.BEGIN
        message = _("The error “%(error)s” is caught nowhere.")
        record(run, activity, "error.uncaught", message, {"error": stimulus.code}, way_on)


def _fire_timer(run: Run, stimulus: stimuli.FireTimer) -> None:
    activity = living(run, stimulus.activity_id)
    wait = next((one for one in activity.waits if one.id == stimulus.timer_id), None)
    if wait is None or wait.schedule is None:
        raise AlreadyClosed(activity_id=activity.id)
    if wait.schedule.due_at > run.world.now:
        raise NotDue(due_at=wait.schedule.due_at.astimezone(UTC).isoformat())
    fire(run, activity, wait, {})


def _deliver_message(run: Run, stimulus: stimuli.DeliverMessage) -> None:
    def is_meant(activity: Activity, wait: Wait) -> bool:
        return stimulus.activity_id in (None, activity.id)

    if not deliver_message(run, stimulus.name, stimulus.variables, is_meant):
        raise NotAwaited(name=stimulus.name)


def _broadcast_signal(run: Run, stimulus: stimuli.BroadcastSignal) -> None:
    broadcast_signal(run, stimulus.name, stimulus.variables)


def _set_variables(run: Run, stimulus: stimuli.SetVariables) -> None:
    activity = run.process if stimulus.activity_id is None else living(run, stimulus.activity_id)
    write(run, activity, stimulus.variables)


def _retry(run: Run, stimulus: stimuli.Retry) -> None:
    activity = living(run, stimulus.activity_id)
    fault = activity.fault
    if fault is None:
        raise NotFailed(activity_id=activity.id)
    activity.fault = None
    run.touch(activity)
    if fault.way_on in (WayOn.ARRIVE, WayOn.LEAVE):
        _release_token(run, activity, fault)
    elif fault.way_on is WayOn.BEGIN:
        disarm(run, activity)
        run.go_on(activity, Move.BEGIN)
    elif fault.way_on is WayOn.COMPLETE:
        run.go_on(activity, Move.COMPLETE)
    else:
        tell_scope(run, activity)


def _release_token(run: Run, keeper: Activity, fault: Fault) -> None:
    node, scope = run.node(keeper), run.parent(keeper)
    close(run, keeper)
    if keeper.item is not None:
        run.put(Token(move=Move.ITEM, node=node.id, scope=scope.id, item=keeper.item))
    elif fault.way_on is WayOn.ARRIVE:
        arrive_at(run, node, scope, fault.flow)
    else:
        leave(run, node, scope)


def _continue(run: Run, stimulus: stimuli.Continue) -> None:
    """Settling, which follows every stimulus, is all there is to do."""


def _cancel(run: Run, stimulus: stimuli.Cancel) -> None:
    cancel(run, run.process)
    run.queue.clear()
    run.changes.append(Ended(was_cancelled=True))


HANDLERS: Mapping[type, Callable[[Run, Any], None]] = {
    stimuli.CompleteActivity: _complete,
    stimuli.ServiceDone: _service_done,
    stimuli.ServiceFailed: _service_failed,
    stimuli.ThrowError: _throw_error,
    stimuli.FireTimer: _fire_timer,
    stimuli.DeliverMessage: _deliver_message,
    stimuli.BroadcastSignal: _broadcast_signal,
    stimuli.SetVariables: _set_variables,
    stimuli.Retry: _retry,
    stimuli.Continue: _continue,
    stimuli.Cancel: _cancel,
    stimuli.TriggerEvent: trigger_event,
    stimuli.OpenActivity: open_offered,
    stimuli.MoveToken: move_token,
}
