"""On whose behalf a person may act at an instant: pure, over the delegations that run then.

A delegation passes on once: of A → B → C, C acts for B and for A; of A → B → C → D, D acts for C and B, not for A.
What is passed on is what both delegations are for.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

ALL: None = None
Procedures = frozenset[int] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One delegation; `definition_ids` is ALL when it is for every procedure."""

    from_id: int
    to_id: int
    definition_ids: Procedures = ALL


def principals_of(employee_id: int, delegations: Iterable[Given]) -> Mapping[int, Procedures]:
    """Those on whose behalf she may act, each with the procedures; who asked her herself comes first."""
    received: dict[int, list[Given]] = defaultdict(list)
    for given in delegations:
        received[given.to_id].append(given)
    direct = [(given.from_id, given.definition_ids) for given in received[employee_id]]
    passed_on = [
        (before.from_id, both(before.definition_ids, definition_ids))
        for middle, definition_ids in direct
        for before in received[middle]
    ]
    found: dict[int, Procedures] = {}
    for principal, definition_ids in (*direct, *passed_on):
        if principal != employee_id and definition_ids != frozenset():
            found[principal] = either(found.get(principal, frozenset()), definition_ids)
    return found


def both(one: Procedures, other: Procedures) -> Procedures:
    if one is ALL:
        return other
    return one if other is ALL else one & other


def either(one: Procedures, other: Procedures) -> Procedures:
    return ALL if one is ALL or other is ALL else one | other
