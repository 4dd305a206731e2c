"""Columns and rows for a layout: everything stands right of what leads to it, in its own lane."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

Arc = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Cell:
    column: int
    row: int


def cells(
    nodes: Sequence[str],
    arcs: Sequence[Arc],
    lanes: Mapping[str, int],
    lane_count: int,
    lower: frozenset[str] = frozenset(),
) -> Mapping[str, Cell]:
    """A cell for each node; rows of one lane are neighbours, and each lane has at least one.

    Nodes in `lower` stand a row below what leads to them.
    """
    column_of = columns(nodes, arcs)
    inner = _rows_in_lanes(nodes, arcs, lanes, column_of, lower)
    first = first_rows(nodes, lanes, inner, lane_count)
    return {node: Cell(column_of[node], first[lanes[node]] + inner[node]) for node in nodes}


def columns(nodes: Sequence[str], arcs: Sequence[Arc]) -> dict[str, int]:
    """The longest way to each node, not counting arcs that lead back."""
    forward = _without_ways_back(nodes, arcs)
    waiting = dict.fromkeys(nodes, 0)
    for _source, target in forward:
        waiting[target] += 1
    following = _grouped(nodes, forward)
    found = dict.fromkeys(nodes, 0)
    ready = [node for node in nodes if waiting[node] == 0]
    for node in ready:
        for target in following[node]:
            found[target] = max(found[target], found[node] + 1)
            waiting[target] -= 1
            if waiting[target] == 0:
                ready.append(target)
    return found


def first_rows(nodes: Sequence[str], lanes: Mapping[str, int], inner: Mapping[str, int], lane_count: int) -> list[int]:
    """The first row of each lane, and after them the number of all rows."""
    heights = [1] * lane_count
    for node in nodes:
        heights[lanes[node]] = max(heights[lanes[node]], inner[node] + 1)
    first = [0]
    for height in heights:
        first.append(first[-1] + height)
    return first


def _without_ways_back(nodes: Sequence[str], arcs: Sequence[Arc]) -> list[Arc]:
    """The arcs without those that close a circle, seen from the nodes nothing leads to."""
    following = _grouped(nodes, arcs)
    reached = {target for _source, target in arcs}
    done: set[str] = set()
    open_nodes: set[str] = set()
    back: set[Arc] = set()
    for start in sorted(nodes, key=lambda node: node in reached):
        trail: list[tuple[str, Iterator[str]]] = [] if start in done else [(start, iter(following[start]))]
        open_nodes.update(node for node, _rest in trail)
        while trail:
            node, rest = trail[-1]
            target = next(rest, None)
            if target is None:
                trail.pop()
                open_nodes.discard(node)
                done.add(node)
            elif target in open_nodes:
                back.add((node, target))
            elif target not in done:
                open_nodes.add(target)
                trail.append((target, iter(following[target])))
    return [arc for arc in arcs if arc not in back]


def _rows_in_lanes(
    nodes: Sequence[str],
    arcs: Sequence[Arc],
    lanes: Mapping[str, int],
    column_of: Mapping[str, int],
    lower: frozenset[str],
) -> dict[str, int]:
    """Beside what leads to it when that stands in the same lane, else in the nearest free row."""
    before: dict[str, str] = {}
    for source, target in arcs:
        if column_of[source] < column_of[target] and lanes[source] == lanes[target]:
            before.setdefault(target, source)
    taken: set[tuple[int, int, int]] = set()
    rows: dict[str, int] = {}
    for node in sorted(nodes, key=lambda node: column_of[node]):
        wished = rows[before[node]] + (node in lower) if node in before else 0
        place = (lanes[node], column_of[node])
        rows[node] = next(row for row in _nearest_first(wished) if (*place, row) not in taken)
        taken.add((*place, rows[node]))
    return rows


def _nearest_first(wished: int) -> Iterator[int]:
    yield wished
    for distance in count(1):
        yield wished + distance
        if wished >= distance:
            yield wished - distance


def _grouped(nodes: Sequence[str], arcs: Sequence[Arc]) -> dict[str, list[str]]:
    following: dict[str, list[str]] = {node: [] for node in nodes}
    for source, target in arcs:
        following[source].append(target)
    return following
