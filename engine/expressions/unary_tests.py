"""Unary tests: what stands in an input cell of a decision table, as FEEL writes it.

`-` and nothing accept all; `"a", "b"` one of these; `< 5`, `[1..10]`, `not("a")`, and whatever the one language
can calculate, where `?` (or `cellInput`) is the value that is tested.
"""

from collections import ChainMap
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from engine.base.i18n import _
from engine.expressions.bounds import MAX_EXPRESSION, Effort
from engine.expressions.errors import EvaluationFault, ExpressionFault
from engine.expressions.expression import NO_FUNCTIONS, Text, calculated, compiled_as_feel, read_only, refuse_length
from engine.expressions.source import CLOSING, OPENING, Token, tokens
from engine.expressions.syntax import Calculation, Surroundings
from engine.expressions.testing import ORDERS, Agrees, Between, Compares, Differs, Equals, IsTrue, Test
from engine.expressions.times import DATE_TEXT

INPUT = "cellInput"
ALIKE, UNLIKE = frozenset({"=", "=="}), frozenset({"!=", "<>"})
FROM = {"[": ">=", "(": ">", "]": ">"}
TO = {"]": "<=", ")": "<", "[": "<"}
_DEPTH: Mapping[str, int] = {**dict.fromkeys(OPENING, 1), **dict.fromkeys(CLOSING, -1)}


class UnaryTests(Text):
    """One cell: it accepts a value when one of its tests does, or none of those that stand in `not(…)`."""

    __slots__ = ("_is_negated", "_sees_input", "_tests", "names")

    def __init__(self, text: str) -> None:
        super().__init__(text)
        refuse_length(text, MAX_EXPRESSION)
        found = [_named(token) for token in tokens(text) if token.kind != "newline"]
        self._is_negated = _is_negation(found)
        reader = _Reader(text)
        parts = _parts(found[2:-1] if self._is_negated else found)
        self._tests: tuple[Test, ...] = () if _accepts_all(found) else tuple(map(reader.read, parts))
        self._sees_input = INPUT in reader.names
        self.names: frozenset[str] = frozenset(reader.names - {INPUT})

    def accept(self, value: Any, surroundings: Surroundings) -> bool:
        if not self._tests:
            return True
        if self._sees_input:
            surroundings = surroundings._replace(names=ChainMap({INPUT: value}, read_only(surroundings.names)))
        is_met = calculated(lambda around: any(test.holds(value, around) for test in self._tests), surroundings)
        return bool(is_met) is not self._is_negated

    @property
    def accepts_all(self) -> bool:
        return not self._tests

    @property
    def constants(self) -> tuple[Any, ...] | None:
        """All that a value is held against; None when that is known in a case only."""
        if self._sees_input or self.names:
            return None
        nowhere = Surroundings({}, NO_FUNCTIONS, Effort())
        try:
            bounds = [calculated(bound, nowhere) for test in self._tests for bound in test.bounds]
        except EvaluationFault:
            return None
        return tuple(each for bound in bounds for each in (bound if isinstance(bound, list) else [bound]))

    @property
    def has_order(self) -> bool:
        """Whether a value is compared by size."""
        return any(isinstance(test, Compares | Between) for test in self._tests)

    @property
    def only_lists(self) -> bool:
        """Whether it accepts the values that it names and no others."""
        return bool(self._tests) and not self._is_negated and all(type(test) is Equals for test in self._tests)


class _Reader:
    """Makes tests of the parts of one cell; `names` are the variables that it met."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.names: set[str] = set()

    def read(self, part: list[Token]) -> Test:
        if not part:
            raise self._fault(0, _("There is nothing between two commas."))
        first = part[0].text
        if first in ORDERS:
            return Compares(self._bound(part[1:], part[0]), first)
        if first in ALIKE or first in UNLIKE:
            bound = self._bound(part[1:], part[0])
            return Equals(bound) if first in ALIKE else Differs(bound)
        middle = _middle_of_range(part)
        if middle is not None:
            low, high = self._bound(part[1:middle], part[0]), self._bound(part[middle + 1 : -1], part[middle])
            return Between(low, high, FROM[first], TO[part[-1].text])
        return self._value(part)

    def _value(self, part: list[Token]) -> Test:
        if part[0].text == "not" and len(part) > 1 and part[1].text == "(":
            raise self._fault(part[0].offset, _("Write not( … ) around the whole cell, not around a part of it."))
        before = set(self.names)
        self.names.clear()
        bound = self._bound(part, part[0])
        used, self.names = self.names, self.names | before
        if INPUT in used:
            return IsTrue(bound)
        return Agrees(bound) if used else Equals(bound)

    def _bound(self, found: list[Token], beside: Token) -> Calculation:
        if not found:
            raise self._fault(beside.offset, _("Something is missing after “%(sign)s”."), sign=beside.text)
        written = self.text[found[0].offset : found[-1].offset + len(found[-1].text)]
        if DATE_TEXT.fullmatch(written):
            found = _as_date(found[0], written)
        calculation, names = compiled_as_feel(self.text, found)
        self.names |= names
        return calculation

    def _fault(self, place: int, message: str, **params: str) -> ExpressionFault:
        return ExpressionFault(self.text, place, "expression.syntax", message, params)


def _named(token: Token) -> Token:
    return replace(token, kind="name", text=INPUT) if token.kind == "tested" else token


def _accepts_all(found: list[Token]) -> bool:
    return not found or [token.text for token in found] == ["-"]


def _is_negation(found: list[Token]) -> bool:
    if [token.text for token in found[:2]] != ["not", "("]:
        return False
    return next((place for place, depth in _depths(found[1:]) if depth == 0), None) == len(found) - 2


def _depths(found: list[Token]) -> Iterator[tuple[int, int]]:
    """How deep in brackets one is after each token."""
    depth = 0
    for place, token in enumerate(found):
        depth += _DEPTH.get(token.text, 0) if token.kind == "operator" else 0
        yield place, depth


def _parts(found: list[Token]) -> list[list[Token]]:
    """What stands between the commas."""
    commas = [place for place, depth in _depths(found) if depth == 0 and found[place].text == ","]
    starts, ends = [0, *(place + 1 for place in commas)], [*commas, len(found)]
    return [found[start:end] for start, end in zip(starts, ends, strict=True)]


def _middle_of_range(part: list[Token]) -> int | None:
    """Where the two dots stand in a part that is a range as a whole."""
    if len(part) < 3 or part[0].text not in FROM or part[-1].text not in TO:
        return None
    inside = part[1:-1]
    return next((place + 1 for place, depth in _depths(inside) if depth == 0 and inside[place].text == ".."), None)


def _as_date(place: Token, written: str) -> list[Token]:
    return [replace(place, kind=kind, text=text) for kind, text in _spelled(written)]


def _spelled(written: str) -> Iterator[tuple[str, str]]:
    yield "name", "date"
    yield "operator", "("
    yield "text", f"'{written}'"
    yield "operator", ")"
