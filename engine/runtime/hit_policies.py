"""Which of the rules that match count, in what order, and what they add up to (DMN 1.3, 8.2.10 and 8.2.11)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

from engine.base.i18n import _
from engine.bpmn.decision import Aggregation, DecisionTable, HitPolicy
from engine.expressions.operators import add
from engine.expressions.syntax import Surroundings
from engine.expressions.testing import is_equal, is_ordered
from engine.runtime.state import Stuck

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A rule that matches, by its number, and what it answers."""

    rule: int
    row: Row


Hits = Sequence[Hit]


def counting(table: DecisionTable, hits: Hits, surroundings: Surroundings) -> tuple[Row, ...]:
    """The answers of the rules that count; of an aggregated table the one that they add up to."""
    rows = tuple(hit.row for hit in _POLICIES[table.hit_policy](table, hits, surroundings))
    if table.aggregation is None:
        return rows
    name = table.outputs[0].name
    return ({name: _AGGREGATIONS[table.aggregation]([row[name] for row in rows], surroundings)},)


def _unique(_table: DecisionTable, hits: Hits, _surroundings: Surroundings) -> Hits:
    if len(hits) > 1:
        message = _("the rules %(rules)s match at once, and only one may.")
        raise Stuck("decision.not_unique", message, {"rules": _numbers(hits)})
    return hits


def _first(_table: DecisionTable, hits: Hits, _surroundings: Surroundings) -> Hits:
    return hits[:1]


def _any(_table: DecisionTable, hits: Hits, _surroundings: Surroundings) -> Hits:
    if any(hit.row != hits[0].row for hit in hits):
        message = _("the rules %(rules)s match at once and give different answers.")
        raise Stuck("decision.not_equal", message, {"rules": _numbers(hits)})
    return hits[:1]


def _all(_table: DecisionTable, hits: Hits, _surroundings: Surroundings) -> Hits:
    return hits


def _most_important(table: DecisionTable, hits: Hits, surroundings: Surroundings) -> Hits:
    return _by_importance(table, hits, surroundings)[:1]


def _by_importance(table: DecisionTable, hits: Hits, surroundings: Surroundings) -> Hits:
    """What stands first among the values of an output comes first; equals stay in the order of the rules."""

    def rank(hit: Hit) -> list[int]:
        return [_rank(output.values, hit.row[output.name], surroundings) for output in table.outputs if output.values]

    return sorted(hits, key=rank)


def _rank(values: tuple[Any, ...], value: Any, surroundings: Surroundings) -> int:
    for place, each in enumerate(values):
        if is_equal(value, each, surroundings):
            return place
    raise Stuck("decision.not_ranked", _("“%(value)s” is not among the values of its column."), {"value": value})


def _numbers(hits: Hits) -> str:
    return ", ".join(str(hit.rule) for hit in hits[:10])


def _sum(values: Sequence[Any], _surroundings: Surroundings) -> Any:
    return reduce(add, values) if values else None


def _least(values: Sequence[Any], surroundings: Surroundings) -> Any:
    return _extreme("<", values, surroundings)


def _greatest(values: Sequence[Any], surroundings: Surroundings) -> Any:
    return _extreme(">", values, surroundings)


def _extreme(sign: str, values: Sequence[Any], surroundings: Surroundings) -> Any:
    best = next(iter(values), None)
    for value in values[1:]:
        best = value if is_ordered(value, sign, best, surroundings) else best
    return best


def _count(values: Sequence[Any], _surroundings: Surroundings) -> Any:
    return len(values)


_POLICIES: Mapping[HitPolicy, Callable[[DecisionTable, Hits, Surroundings], Hits]] = {
    HitPolicy.UNIQUE: _unique,
    HitPolicy.FIRST: _first,
    HitPolicy.ANY: _any,
    HitPolicy.PRIORITY: _most_important,
    HitPolicy.OUTPUT_ORDER: _by_importance,
    HitPolicy.RULE_ORDER: _all,
    HitPolicy.COLLECT: _all,
}
_AGGREGATIONS: Mapping[Aggregation, Callable[[Sequence[Any], Surroundings], Any]] = {
    Aggregation.SUM: _sum,
    Aggregation.MIN: _least,
    Aggregation.MAX: _greatest,
    Aggregation.COUNT: _count,
}
