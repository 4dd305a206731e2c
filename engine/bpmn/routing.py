"""Ways for flows on a laid out diagram: level and upright lines that keep to the gaps between the nodes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from engine.bpmn.geometry import Box, Point
from engine.bpmn.layering import Cell

SPREAD = 7.0


@dataclass(slots=True, kw_only=True)
class Streets:
    """The grid seen as a town: nodes are the houses, flows take the streets between them."""

    boxes: Mapping[str, Box]
    cells: Mapping[str, Cell]
    column_lefts: Sequence[float]
    column_rights: Sequence[float]
    row_tops: Sequence[float]
    row_bottoms: Sequence[float]
    street: float
    _lanes: dict[tuple[str, int], dict[str, int]] = field(default_factory=dict)
    _corners: set[tuple[str, bool]] = field(default_factory=set)
    _taken: frozenset[Cell] = frozenset()

    def __post_init__(self) -> None:
        self._taken = frozenset(self.cells.values())

    def way(self, source: str, target: str, *, leaves_from: Box | None, turns_at_once: bool) -> tuple[Point, ...]:
        """From a node, or from the boundary event at `leaves_from` on it, to another node."""
        here, there = self.cells[source], self.cells[target]
        goal = self.boxes[target]
        end = (goal.x, goal.middle[1])
        if leaves_from is not None:
            return self._downwards(leaves_from, here, there, target, end)
        box = self.boxes[source]
        start = (box.right, box.middle[1])
        if there.column <= here.column:
            return self._backwards(source, here, there, target, end)
        if here.row == there.row and self._is_free(here.row, here.column + 1, there.column):
            return start, end
        if turns_at_once and self._corner_is_free(source, here, there) and self._may_turn(here, there):
            self._corners.add((source, there.row > here.row))
            edge = box.bottom if there.row > here.row else box.y
            return (box.middle[0], edge), (box.middle[0], end[1]), end
        return self._forwards(start, here, there, target, end)

    def _forwards(self, start: Point, here: Cell, there: Cell, target: str, end: Point) -> tuple[Point, ...]:
        before_target = self._upright(there.column, target)
        if here.row != there.row and self._is_free(here.row, here.column + 1, there.column):
            return start, (before_target, start[1]), (before_target, end[1]), end
        after_source = self._upright(here.column + 1, target)
        if here.row != there.row and self._is_free(there.row, here.column + 1, there.column):
            return start, (after_source, start[1]), (after_source, end[1]), end
        level = self._level(here.row if there.row >= here.row else here.row - 1, target)
        return (
            start,
            (after_source, start[1]),
            (after_source, level),
            (before_target, level),
            (before_target, end[1]),
            end,
        )

    def _backwards(self, source: str, here: Cell, there: Cell, target: str, end: Point) -> tuple[Point, ...]:
        is_down = there.row >= here.row
        self._corners.add((source, is_down))
        level = self._level(here.row if is_down else here.row - 1, target)
        upright = self._upright(there.column, target)
        box = self.boxes[source]
        start = (box.middle[0], box.bottom if is_down else box.y)
        return start, (start[0], level), (upright, level), (upright, end[1]), end

    def _downwards(self, event: Box, here: Cell, there: Cell, target: str, end: Point) -> tuple[Point, ...]:
        start = (event.middle[0], event.bottom)
        if there.row > here.row and there.column > here.column and self._may_turn(here, there):
            return start, (start[0], end[1]), end
        level, upright = self._level(here.row, target), self._upright(there.column, target)
        return start, (start[0], level), (upright, level), (upright, end[1]), end

    def _corner_is_free(self, source: str, here: Cell, there: Cell) -> bool:
        """Whether the target lies higher or lower and no other flow leaves the source on that side yet."""
        return here.row != there.row and (source, there.row > here.row) not in self._corners

    def _may_turn(self, here: Cell, there: Cell) -> bool:
        step = 1 if there.row > here.row else -1
        upright = all(
            Cell(here.column, row) not in self._taken for row in range(here.row + step, there.row + step, step)
        )
        return upright and self._is_free(there.row, here.column, there.column)

    def _is_free(self, row: int, first: int, after: int) -> bool:
        return all(Cell(column, row) not in self._taken for column in range(first, after))

    def _upright(self, column: int, target: str) -> float:
        """The street left of a column; flows to one target share a lane of it, others keep beside."""
        left = self.column_lefts[min(column, len(self.column_lefts) - 1)]
        return left - self.street / 2 + self._aside(("column", column), target)

    def _level(self, row: int, target: str) -> float:
        """The street under a row."""
        edge = self.row_bottoms[row] - 9 if row >= 0 else self.row_tops[0] + 16
        return edge + self._aside(("row", row), target)

    def _aside(self, street: tuple[str, int], target: str) -> float:
        lanes = self._lanes.setdefault(street, {})
        lane = lanes.setdefault(target, len(lanes)) % 5
        return SPREAD * (lane + 1 >> 1) * (1 if lane % 2 else -1)
