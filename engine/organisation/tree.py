"""Walking the unit tree, given each unit's parent; a circle ends the walk."""

from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

Parents = Mapping[int, int | None]
Node = TypeVar("Node", bound=Hashable)


def leads_back(start: Node, above: Mapping[Node, Node | None]) -> bool:
    """Whether whoever goes up from `start` comes to it again."""
    met: set[Node] = set()
    here = above.get(start)
    while here is not None and here not in met:
        if here == start:
            return True
        met.add(here)
        here = above.get(here)
    return False


def with_ancestors(unit_id: int, parents: Parents) -> tuple[int, ...]:
    """The unit, its parent, and so on to the top."""
    way: list[int] = []
    here: int | None = unit_id
    while here is not None and here in parents and here not in way:
        way.append(here)
        here = parents[here]
    return tuple(way)


def nearest_units(unit_id: int, wanted: Iterable[int], parents: Parents) -> frozenset[int]:
    """Those of the wanted units that are nearest to `unit_id`.

    The unit itself, else the nearest of those above it; else what lies below it, else below its parent, and so on:
    first those in charge, then those next door. All of them when nothing connects.
    """
    units = frozenset(wanted)
    way = with_ancestors(unit_id, parents)
    for unit in way:
        if unit in units:
            return frozenset({unit})
    above = {unit: with_ancestors(unit, parents) for unit in units}
    for unit in way:
        below = frozenset(each for each, ancestors in above.items() if unit in ancestors)
        if below:
            return below
    return units
