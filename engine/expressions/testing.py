"""What a unary test asks of a value: to equal something, to lie below, above or between, or to make something true."""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from engine.expressions.functions import REGISTERED
from engine.expressions.operators import cannot
from engine.expressions.syntax import Calculation, Surroundings

ORDERS: Mapping[str, Callable[[Any, Any], Any]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_FAMILIES = {int: "number", float: "number", str: "text", datetime: "date", timedelta: "duration"}
_READ_AS = {datetime: "date", timedelta: "duration"}


class Test(Protocol):
    """`bounds` are what a value is held against."""

    @property
    def bounds(self) -> tuple[Calculation, ...]: ...

    def holds(self, value: Any, surroundings: Surroundings) -> bool: ...


@dataclass(frozen=True, slots=True)
class Equals:
    """`"a"`, `5`, or one of a list."""

    bound: Calculation

    @property
    def bounds(self) -> tuple[Calculation, ...]:
        return (self.bound,)

    def holds(self, value: Any, surroundings: Surroundings) -> bool:
        return is_equal(value, self.bound(surroundings), surroundings)


@dataclass(frozen=True, slots=True)
class Differs(Equals):
    def holds(self, value: Any, surroundings: Surroundings) -> bool:
        return not is_equal(value, self.bound(surroundings), surroundings)


@dataclass(frozen=True, slots=True)
class Agrees(Equals):
    """A calculation on the case's data: a yes or no decides by itself, unless it is a yes or no that is tested."""

    def holds(self, value: Any, surroundings: Surroundings) -> bool:
        bound = self.bound(surroundings)
        if isinstance(bound, bool) and not isinstance(value, bool):
            return bound
        return is_equal(value, bound, surroundings)


@dataclass(frozen=True, slots=True)
class IsTrue(Equals):
    """A calculation that looks at the tested value itself."""

    def holds(self, value: Any, surroundings: Surroundings) -> bool:
        return bool(self.bound(surroundings))


@dataclass(frozen=True, slots=True)
class Compares(Equals):
    """`< 5`"""

    sign: str

    def holds(self, value: Any, surroundings: Surroundings) -> bool:
        return is_ordered(value, self.sign, self.bound(surroundings), surroundings)


@dataclass(frozen=True, slots=True)
class Between:
    """`[1..10]`, with or without its ends."""

    low: Calculation
    high: Calculation
    above: str
    below: str

    @property
    def bounds(self) -> tuple[Calculation, ...]:
        return self.low, self.high

    def holds(self, value: Any, surroundings: Surroundings) -> bool:
        low, high = self.low(surroundings), self.high(surroundings)
        return is_ordered(value, self.above, low, surroundings) and is_ordered(value, self.below, high, surroundings)


def is_equal(value: Any, bound: Any, surroundings: Surroundings) -> bool:
    if isinstance(bound, list) and not isinstance(value, list):
        return any(is_equal(value, each, surroundings) for each in bound)
    value, bound = _alike(value, bound, surroundings)
    # Python takes yes for one, and people do not.
    return isinstance(value, bool) is isinstance(bound, bool) and bool(value == bound)


def is_ordered(value: Any, sign: str, bound: Any, surroundings: Surroundings) -> bool:
    """Nothing is neither smaller nor greater than anything; values of two kinds are a fault."""
    if value is None or bound is None:
        return False
    value, bound = _alike(value, bound, surroundings)
    family = _FAMILIES.get(type(value))
    if family is None or family != _FAMILIES.get(type(bound)):
        raise cannot(value, sign, bound)
    return bool(ORDERS[sign](value, bound))


def _alike(value: Any, bound: Any, surroundings: Surroundings) -> tuple[Any, Any]:
    """Dates and durations are texts in a case's data: beside a real one such a text is read as one."""
    if isinstance(value, str) and type(bound) in _READ_AS:
        return _read(value, type(bound), surroundings), bound
    if isinstance(bound, str) and type(value) in _READ_AS:
        return value, _read(bound, type(value), surroundings)
    return value, bound


def _read(text: str, kind: type, surroundings: Surroundings) -> Any:
    name = _READ_AS[kind]
    return surroundings.functions.get(name, REGISTERED[name])(text)
