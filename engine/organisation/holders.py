"""Which of the holdings of a day count: a person acting for an absent one takes her place."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from engine.organisation.model import HoldingKind

ORDER = {HoldingKind.PLH: 0, HoldingKind.PLT: 1, HoldingKind.DEFINITIVE: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A holding that covers the day in question."""

    employee_id: int
    name: str
    position_id: int
    code: str
    position_title: str
    seats: int
    is_head_of_unit: bool
    unit_id: int
    unit_name: str
    kind: HoldingKind
    decree: str | None
    starts_on: date
    ends_on: date | None


def effective(holdings: Iterable[Held]) -> tuple[Held, ...]:
    """Those who hold their position in fact, acting ones first.

    A Plh takes the place of the definitive holder of a single seat: she is away. Where a position has several
    seats nobody knows whose place it is, so all stay. A Plt fills an empty seat and puts nobody aside.
    """
    of_position: dict[int, list[Held]] = defaultdict(list)
    for held in holdings:
        of_position[held.position_id].append(held)
    return tuple(held for group in of_position.values() for held in in_order(group) if not is_away(held, group))


def is_away(held: Held, same_position: Iterable[Held]) -> bool:
    """Another acts as Plh on this seat meanwhile."""
    return (
        held.kind is HoldingKind.DEFINITIVE
        and held.seats == 1
        and any(other.kind is HoldingKind.PLH and other.employee_id != held.employee_id for other in same_position)
    )


def main_holding(holdings: Iterable[Held]) -> Held | None:
    """The position that says where a person belongs: definitive before acting, the oldest first."""
    return min(
        holdings,
        key=lambda held: (held.kind is not HoldingKind.DEFINITIVE, held.starts_on, held.position_id),
        default=None,
    )


def in_order(holdings: Iterable[Held]) -> tuple[Held, ...]:
    """Plh, then Plt, then definitive; within each the earliest first."""
    return tuple(sorted(holdings, key=lambda held: (ORDER[held.kind], held.starts_on, held.employee_id)))
