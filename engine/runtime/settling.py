"""Tokens move until all of them rest: at people, at events, at joins, or at a fault."""

from engine.base.i18n import _
from engine.bpmn.graph import EventKind
from engine.expressions.errors import EvaluationFault, Thrown
from engine.runtime.activities import enter, fail, keep_token, record
from engine.runtime.catching import fire_each, still_waits
from engine.runtime.changes import ContinueRequested
from engine.runtime.completion import complete
from engine.runtime.elements.complex_gateway import end_round
from engine.runtime.elements.loops import LoopBody
from engine.runtime.joins import pass_inclusive, report_stranded
from engine.runtime.run import Run
from engine.runtime.state import Activity, Move, Stage, Token, Wait, WayOn
from engine.runtime.throwing import is_caught
from engine.runtime.variables import evaluate

MOST_MOVES = 100_000  # without a rest; a multi-instance of 10,000 items needs less than half of it


def settle(run: Run) -> None:
    while True:
        while run.queue:
            if run.is_overfull():
                _report_overfull(run)
                return
            if run.moves >= MOST_MOVES:
                _report_restless(run)
                return
            if run.budget <= 0:
                run.changes.append(ContinueRequested())
                return
            run.budget -= 1
            run.moves += 1
            if not (fire_conditions(run) or end_round(run)):
                make(run, run.queue.popleft())
        if not (fire_conditions(run) or end_round(run) or end_drained_scope(run) or pass_inclusive(run)):
            report_stranded(run)
            run.moves = 0
            return


def _report_restless(run: Run) -> None:
    """A loop in which nobody has to do anything would go on for ever; a retry lets it run as far again."""
    message = _("The case does not come to rest: it goes in a circle in which no step waits for anybody.")
    record(run, run.process, "case.restless", message, {}, WayOn.SETTLE)
    run.moves = 0


def _report_overfull(run: Run) -> None:
    message = _("The case has grown too large: too many open steps, or too much data.")
    record(run, run.process, "state.too_large", message, {}, WayOn.SETTLE)


def make(run: Run, token: Token) -> None:
    """Make one move; what goes wrong becomes an incident of the activity that did it."""
    scope = run.activities.get(token.scope)
    if scope is None:
        return
    run.touch(scope)
    run.current = None
    try:
        _move(run, token, scope)
    except Thrown as error:
        thrower = run.struck(scope)
        if not is_caught(run, EventKind.ERROR, error.code, thrower):
            message = _("The error “%(error)s” is caught nowhere.")
            record(run, thrower, "error.uncaught", message, {"error": error.code}, WayOn.BEGIN)
    except EvaluationFault as fault:
        _fail_move(run, token, scope, fault)


def _move(run: Run, token: Token, scope: Activity) -> None:
    node = run.graph.nodes[token.node]
    if token.move is Move.ARRIVE:
        run.element_of(node).arrive(run, node, scope, token.flow)
    elif token.move is Move.ITEM:
        LoopBody.open_item(run, scope, token.item or 0)
    elif token.activity is not None and token.activity in run.activities:
        activity = run.current = run.activities[token.activity]
        go_on = enter if token.move is Move.BEGIN else complete
        go_on(run, activity)


def _fail_move(run: Run, token: Token, scope: Activity, fault: EvaluationFault) -> None:
    activity = run.current
    if activity is not None and run.is_living(activity):
        fail(run, activity, fault, WayOn.COMPLETE if activity.stage is Stage.DONE else WayOn.BEGIN)
    else:
        keeper = keep_token(run, run.graph.nodes[token.node], scope)
        keeper.item = token.item
        fail(run, keeper, fault, WayOn.ARRIVE, token.flow)


def fire_conditions(run: Run) -> bool:
    """Conditional events look again after variables changed, and happen when they become true."""
    if not (run.has_written and run.is_watched):
        return False
    run.has_written = False
    watchers = run.activities.waiting_for(EventKind.CONDITIONAL)
    watching = [(activity, wait) for activity in watchers for wait in activity.waits if _watches(wait)]
    return fire_each(run, (watch for watch in watching if still_waits(run, *watch) and _becomes_true(run, *watch)), {})


def _watches(wait: Wait) -> bool:
    return wait.kind is EventKind.CONDITIONAL


def _becomes_true(run: Run, activity: Activity, wait: Wait) -> bool:
    condition = run.graph.nodes[wait.catcher].events[wait.index].value
    was_true = wait.was_true
    try:
        wait.was_true = condition is not None and bool(evaluate(run, activity, condition))
    except EvaluationFault:
        wait.was_true = False  # a variable that is not there yet
    return wait.was_true and not was_true


def end_drained_scope(run: Run) -> bool:
    """A scope in which nothing lives any more ends, innermost first."""
    candidates = sorted(run.touched, reverse=True)
    run.touched = set()
    for activity_id in candidates:
        activity = run.activities.get(activity_id)
        if activity is not None and _is_empty(run, activity) and _drain(run, activity):
            run.touched.update(candidates)
            return True
    return False


def _drain(run: Run, activity: Activity) -> bool:
    run.current = activity
    try:
        return run.element(activity).drained(run, activity)
    except EvaluationFault as fault:
        struck = run.struck(activity)
        fail(run, struck, fault, WayOn.COMPLETE if struck.stage is Stage.DONE else WayOn.SETTLE)
        return False


def _is_empty(run: Run, activity: Activity) -> bool:
    return (
        not run.inside.get(activity.id)
        and not activity.arrivals
        and activity.progress is None
        and activity.fault is None
        and all(one.has_fired for one in activity.rounds.values())
    )
