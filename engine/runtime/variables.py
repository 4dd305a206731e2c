"""Variables belong to a scope: the process, a called process, an item of a loop, an activity with inputs."""

from collections import ChainMap
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import takewhile
from typing import Any

from engine.bpmn.graph import EventKind, VariableMapping
from engine.expressions.bounds import plain
from engine.expressions.errors import ExpressionFault
from engine.expressions.expression import Expression, Script
from engine.runtime.changes import VariablesChanged
from engine.runtime.run import Run, size_of
from engine.runtime.state import Activity, Stage, Stuck

Variables = Mapping[str, Any]


def scopes(run: Run, activity: Activity) -> Iterator[Activity]:
    """The scopes that an activity sees, nearest first; a called process sees nothing beyond itself."""
    for outer in run.outwards(activity):
        if outer.variables is not None:
            yield outer
        if outer.called is not None:
            return


def seen(run: Run, activity: Activity) -> dict[str, Any]:
    """Every variable that the activity sees."""
    return _merged(scopes(run, activity))


def seen_locally(run: Run, activity: Activity) -> dict[str, Any]:
    """Those that are not the process's own: of the item, of the called process."""
    return _merged(takewhile(lambda scope: scope.parent is not None, scopes(run, activity)))


def _merged(nearest_first: Iterator[Activity]) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for scope in reversed(list(nearest_first)):
        merged |= scope.variables or {}
    return merged


def names(run: Run, activity: Activity, extra: Variables | None = None) -> Mapping[str, Any]:
    return ChainMap(dict(extra or {}), *_known(run, activity))


def _known(run: Run, activity: Activity) -> Iterator[dict[str, Any]]:
    """The variables of each scope that is seen, and what a multi-instance tells its passes of itself."""
    for outer in run.outwards(activity):
        if outer.variables is not None:
            yield outer.variables
        if outer.progress is not None and outer.progress.total:
            yield counters(outer.progress.total, outer.progress.active, outer.progress.completed)
        if outer.called is not None:
            return


def counters(total: int, active: int, completed: int) -> dict[str, int]:
    """How far a multi-instance is, by the names of BPMN and by those of Camunda."""
    return {
        "numberOfInstances": total,
        "nrOfInstances": total,
        "numberOfActiveInstances": active,
        "nrOfActiveInstances": active,
        "numberOfCompletedInstances": completed,
        "nrOfCompletedInstances": completed,
        "numberOfTerminatedInstances": 0,
    }


def evaluate(run: Run, activity: Activity, expression: Expression, extra: Variables | None = None) -> Any:
    return expression.evaluate(names(run, activity, extra), run.world.functions)


def evaluate_all(run: Run, activity: Activity, mappings: tuple[VariableMapping, ...]) -> dict[str, Any]:
    return {mapping.target: plain(evaluate(run, activity, mapping.value)) for mapping in mappings}


def execute(run: Run, activity: Activity, script: Script) -> None:
    write(run, activity, script.run(names(run, activity), run.world.functions))


def write(run: Run, activity: Activity, variables: Variables) -> None:
    """Each variable goes to the nearest scope that has it, a new one to the outermost that is seen."""
    visible = list(scopes(run, activity))
    by_scope: dict[int, dict[str, Any]] = {}
    values: dict[str, Any] = plain(dict(variables))
    for name, value in values.items():
        for owner in _owners(visible, name):
            by_scope.setdefault(owner.id, {})[name] = value
    for scope in visible:
        if scope.id in by_scope:
            set_in_scope(run, scope, by_scope[scope.id])
            _note_written(scope, by_scope[scope.id])
    _correct_recollections(run, activity, values)


def _note_written(scope: Activity, values: Variables) -> None:
    if scope.written is not None:
        scope.written += [name for name in values if name not in scope.written]


def _owners(visible: list[Activity], name: str) -> Iterator[Activity]:
    """The scope that has the variable; one that only recalls it passes on what becomes of it."""
    for scope in visible:
        if name in (scope.variables or {}):
            yield scope
            if name not in scope.recalled:
                return
    yield visible[-1]


def recall(run: Run, handler: Activity, remembered: dict[str, Any]) -> None:
    """What compensates sees the variables as they were when the work was completed."""
    now = seen(run, handler)
    differing = {name: value for name, value in remembered.items() if name not in now or now[name] != value}
    if differing:
        set_in_scope(run, handler, differing)
        handler.recalled = [name for name in differing if name in now]


def seclude(run: Run, handler: Activity, remembered: dict[str, Any]) -> None:
    """What compensates the work of a called process sees what that saw, and nothing of its caller."""
    set_in_scope(run, handler, dict(remembered))
    handler.called = handler.node


def _correct_recollections(run: Run, activity: Activity, written: Variables) -> None:
    """What one handler writes, those beside it and after it see: together they undo one thing."""
    handler = next((outer for outer in run.outwards(activity) if outer.parent and _is_undoing(run, outer)), None)
    if handler is None:
        return
    for entry in run.parent(handler).undoing:
        if not entry.is_apart:
            entry.variables = {name: value for name, value in entry.variables.items() if name not in written}
    for other in run.children(run.parent(handler)):
        for name in [name for name in other.recalled if name in written and other is not handler]:
            other.recalled.remove(name)
            run.grow(-size_of({name: (other.variables or {}).pop(name)}))


def _is_undoing(run: Run, activity: Activity) -> bool:
    around = run.parent(activity)
    return around.stage is Stage.CANCELLING or run.node(around).has(EventKind.COMPENSATE)


def set_in_scope(run: Run, scope: Activity, values: dict[str, Any]) -> None:
    held = scope.variables if scope.variables is not None else {}
    run.grow(size_of(values) - size_of({name: held[name] for name in values if name in held}))
    held.update(values)
    scope.variables = held
    run.has_written = True
    run.changes.append(VariablesChanged(activity_id=scope.id, is_root=scope.parent is None, variables=values))


@lru_cache(maxsize=1024)
def expression(text: str) -> Expression:
    """For the few places where a diagram keeps an expression as mere text, as in a message's name."""
    try:
        return Expression(text)
    except ExpressionFault as fault:
        raise Stuck(fault.code, fault.message, fault.params) from None
