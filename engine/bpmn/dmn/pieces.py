"""The values of an input column cut into pieces: within one, every cell says the same of all values.

What a cell says of a piece is found by asking it about one value in the piece, so the matcher alone decides.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from functools import cached_property
from itertools import pairwise
from typing import Any

from engine.bpmn.decision import DecisionTable
from engine.expressions.bounds import Effort
from engine.expressions.errors import EvaluationFault
from engine.expressions.expression import NO_FUNCTIONS
from engine.expressions.syntax import Surroundings
from engine.expressions.unary_tests import UnaryTests

INTEGERS = frozenset({"integer", "long"})
_STEPS: Mapping[type, Any] = {int: 1, float: 1, datetime: timedelta(days=1), timedelta: timedelta(days=1)}
_FAMILIES = {bool: "yes or no", str: "text", int: "number", float: "number", datetime: "date", timedelta: "duration"}
_ANY_OTHER = "\u0000"  # no cell can name it


@dataclass(frozen=True, slots=True)
class Piece:
    """`value` stands for all in it; `{}` in `told` is the column. Only what surely `can_occur` can be forgotten."""

    value: Any
    told: str
    can_occur: bool = True


@dataclass(frozen=True)
class Column:
    """One input column; a cell of which nothing can be known before a case is not among `covered`."""

    name: str
    pieces: tuple[Piece, ...]
    cells: tuple[UnaryTests, ...]

    def told(self, place: int) -> str:
        """What is special about a piece; nothing about one that is all there is."""
        told = self.pieces[place].told
        return "" if told == "{}" else told.replace("{}", self.name, 1)

    @cached_property
    def everything(self) -> int:
        return (1 << len(self.pieces)) - 1

    @cached_property
    def covered(self) -> Mapping[UnaryTests, int]:
        """Each cell's pieces, as the bits of a number."""
        found = {}
        for cell in dict.fromkeys(self.cells):
            if cell.constants is not None:
                try:
                    found[cell] = self._covered_by(cell)
                except EvaluationFault:
                    continue
        return found

    def _covered_by(self, cell: UnaryTests) -> int:
        if cell.accepts_all:
            return self.everything
        if cell.only_lists:
            return sum(1 << self._places[value] for value in set(cell.constants or ()))
        nowhere = Surroundings({}, NO_FUNCTIONS, Effort())
        return sum(1 << place for place, piece in enumerate(self.pieces) if cell.accept(piece.value, nowhere))

    @cached_property
    def _places(self) -> Mapping[Any, int]:
        return {piece.value: place for place, piece in enumerate(self.pieces)}

    @property
    def effort(self) -> int:
        """How often a cell must be asked."""
        asked = sum(1 for cell in dict.fromkeys(self.cells) if not (cell.accepts_all or cell.only_lists))
        return asked * len(self.pieces)


def columns_of(table: DecisionTable) -> tuple[Column, ...] | None:
    """None where the pieces of a column cannot be told."""
    found = []
    for number, column in enumerate(table.inputs):
        cells = tuple(rule.inputs[number] for rule in table.rules)
        pieces = _pieces(cells, column.values, column.type)
        if pieces is None:
            return None
        found.append(Column(column.expression.text.strip()[:60], pieces, cells))
    return tuple(found)


def _pieces(cells: Sequence[UnaryTests], domain: UnaryTests | None, kind: str) -> tuple[Piece, ...] | None:
    told = (*cells, domain) if domain else cells
    constants = [value for cell in dict.fromkeys(told) for value in cell.constants or ()]
    families = {_FAMILIES.get(type(value), "other") for value in constants if value is not None}
    if len(families) > 1 or not families <= PIECES.keys():
        return None
    if "text" in families and any(cell.has_order for cell in told):
        return None
    make = PIECES[next(iter(families), "none")]
    pieces = make(list(dict.fromkeys(value for value in constants if value is not None)), kind)
    if None in constants:
        pieces.append(Piece(None, "{} = null", can_occur=False))
    return tuple(_occurring(pieces, domain))


def _occurring(pieces: Iterable[Piece], domain: UnaryTests | None) -> Iterator[Piece]:
    """Where the designer said what can occur, nothing else is missed."""
    if domain is None or domain.constants is None:
        yield from pieces
        return
    for piece in pieces:
        is_listed = domain.accept(piece.value, Surroundings({}, NO_FUNCTIONS, Effort()))
        yield replace(piece, can_occur=piece.can_occur and is_listed)


def _anything(_values: list[Any], _kind: str) -> list[Piece]:
    return [Piece(_ANY_OTHER, "{}")]


def _yes_and_no(_values: list[Any], _kind: str) -> list[Piece]:
    return [Piece(value, "{} = " + written(value)) for value in (True, False)]


def _texts(values: list[Any], _kind: str) -> list[Piece]:
    """Of texts that nobody named it is not known whether they occur."""
    others = "{} ≠ " + ", ".join(written(value) for value in values[:3]) + (", …" if len(values) > 3 else "")
    return [*(Piece(value, "{} = " + written(value)) for value in values), Piece(_ANY_OTHER, others, can_occur=False)]


def _ordered(values: list[Any], kind: str) -> list[Piece]:
    points = sorted(values)
    low, high, step = points[0], points[-1], _STEPS[type(points[0])]
    pieces = [Piece(low - step, "{} < " + written(low)), Piece(low, "{} = " + written(low))]
    for left, right in pairwise(points):
        between = math.floor(left) + 1 if kind in INTEGERS else left + (right - left) / 2
        if left < between < right:
            pieces.append(Piece(between, f"{written(left)} < {{}} < {written(right)}"))
        pieces.append(Piece(right, "{} = " + written(right)))
    return [*pieces, Piece(high + step, "{} > " + written(high))]


PIECES: Mapping[str, Callable[[list[Any], str], list[Piece]]] = {
    "none": _anything,
    "yes or no": _yes_and_no,
    "text": _texts,
    "number": _ordered,
    "date": _ordered,
    "duration": _ordered,
}


def written(value: Any) -> str:
    """As it would stand in a cell."""
    if isinstance(value, str):
        return f'"{value[:40]}"'
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return (value.date() if value.time() == time() else value).isoformat()
    return str(value)
