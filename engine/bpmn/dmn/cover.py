"""Which rules of a table match where: those that meet, and where there is none.

Sets of rules and of pieces are the bits of a number, for a table may have thousands.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from engine.bpmn.decision import DecisionTable
from engine.bpmn.dmn.pieces import Column
from engine.expressions.unary_tests import UnaryTests

MOST_TRIED = 20_000


@dataclass(frozen=True)
class Cover:
    table: DecisionTable
    columns: tuple[Column, ...]

    def overlaps(self) -> Iterator[tuple[int, int]]:
        """Pairs of places of rules that match at once for some values."""
        for place, rule in enumerate(self.table.rules):
            if not self._known >> place & 1:
                continue
            meeting = self._known >> (place + 1) << (place + 1)
            for number, cell in enumerate(rule.inputs):
                meeting &= self._meeting[number][cell]
            yield from ((place, other) for other in _bits(meeting))

    def shared(self, first: int, second: int) -> list[str]:
        """Values at which two rules meet, column by column; nothing of columns in which they meet everywhere."""
        told = []
        for number, column in enumerate(self.columns):
            both = [column.covered[self.table.rules[place].inputs[number]] for place in (first, second)]
            common = both[0] & both[1]
            if common != column.everything:
                told.append(column.told(next(_bits(common))))
        return told

    def gap(self) -> list[str] | None:
        """Values that can occur and that no rule matches; None when there are none, or it cannot be known."""
        if self._known != (1 << len(self.table.rules)) - 1:
            return None
        return _GapSearch(self.columns, self._by_piece).beyond(0, self._known)

    @cached_property
    def _known(self) -> int:
        """The rules of which everything can be known before a case."""
        return sum(
            1 << place
            for place, rule in enumerate(self.table.rules)
            if all(cell in column.covered for cell, column in zip(rule.inputs, self.columns, strict=True))
        )

    @cached_property
    def _by_cell(self) -> tuple[Mapping[UnaryTests, int], ...]:
        """For each column and cell, the rules that have it."""
        found: tuple[dict[UnaryTests, int], ...] = tuple({} for _column in self.columns)
        for place in _bits(self._known):
            for number, cell in enumerate(self.table.rules[place].inputs):
                found[number][cell] = found[number].get(cell, 0) | 1 << place
        return found

    @cached_property
    def _by_piece(self) -> tuple[list[int], ...]:
        """For each column and piece, the rules that match there."""
        found = tuple([0] * len(column.pieces) for column in self.columns)
        for number, column in enumerate(self.columns):
            for cell, rules in self._by_cell[number].items():
                for piece in _bits(column.covered[cell]):
                    found[number][piece] |= rules
        return found

    @cached_property
    def _meeting(self) -> tuple[Mapping[UnaryTests, int], ...]:
        """For each column and cell, the rules that share a piece with it."""
        return tuple(
            {cell: self._rules_at(number, column.covered[cell]) for cell in self._by_cell[number]}
            for number, column in enumerate(self.columns)
        )

    def _rules_at(self, number: int, pieces: int) -> int:
        rules = 0
        for piece in _bits(pieces):
            rules |= self._by_piece[number][piece]
        return rules


class _GapSearch:
    """Column by column; what was found whole once is not searched again."""

    def __init__(self, columns: tuple[Column, ...], by_piece: tuple[list[int], ...]) -> None:
        self.columns = columns
        self.by_piece = by_piece
        self.whole: set[tuple[int, int]] = set()
        self.tried = 0

    def beyond(self, number: int, rules: int) -> list[str] | None:
        """A gap in this column and those after it, where only these rules still match."""
        if not rules:
            return []
        if number == len(self.columns) or (number, rules) in self.whole or self.tried > MOST_TRIED:
            return None
        for place, piece in enumerate(self.columns[number].pieces):
            self.tried += 1
            gap = self.beyond(number + 1, rules & self.by_piece[number][place]) if piece.can_occur else None
            if gap is not None:
                return [self.columns[number].told(place), *gap]
        self.whole.add((number, rules))
        return None


def _bits(number: int) -> Iterator[int]:
    """The places of the ones, lowest first."""
    while number:
        lowest = number & -number
        yield lowest.bit_length() - 1
        number ^= lowest
