"""Variables belong to a scope: the process, a called process, an item of a loop, an activity with inputs."""

from collections import ChainMap
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import takewhile
from typing import Any

from engine.bpmn.graph import VariableMapping
from engine.expressions.bounds import plain
from engine.expressions.expression import Expression, Script
from engine.runtime.changes import VariablesChanged
from engine.runtime.run import Run, size_of
from engine.runtime.state import Activity

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
    maps = [scope.variables or {} for scope in scopes(run, activity)]
    return ChainMap(dict(extra or {}), *maps)


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
        owner = next((scope for scope in visible if name in (scope.variables or {})), visible[-1])
        by_scope.setdefault(owner.id, {})[name] = value
    for scope in visible:
        if scope.id in by_scope:
            set_in_scope(run, scope, by_scope[scope.id])


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
    return Expression(text)
