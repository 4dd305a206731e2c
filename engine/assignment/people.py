"""Who could do a step, as far as assignment must know them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Protocol

from engine.organisation.model import HoldingKind
from engine.organisation.queries import Holder


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who may do the work today; `position_id` is empty for one named for herself, and `why` says by what.

    `until` is how long the one is away for whom a Plh acts, where that is known.
    """

    employee_id: int
    name: str
    position_id: int | None
    position_title: str
    unit_id: int | None
    kind: HoldingKind = HoldingKind.DEFINITIVE
    decree: str | None = None
    until: date | None = None
    why: str = ""


class History(Protocol):
    """What only the work of the case tells; asked when a step needs it, and of no other."""

    def done_otherwise(self) -> Mapping[int, str]:
        """Who must not do this step, each with the step of the pair that she did."""
        ...

    def holds_otherwise(self) -> Mapping[int, str]:
        """Who has the other step of the pair to do now, each with that step."""
        ...

    def doers_of(self, elements: Collection[str]) -> tuple[int, ...]:
        """Whose work these steps were in this case, the last one first."""
        ...

    def loads(self, employee_ids: Collection[int]) -> Mapping[int, int]:
        """How many open tasks each has."""
        ...

    def take_turn(self, employee_ids: Collection[int]) -> int:
        """Whose turn it is among them; the next case has the next one."""
        ...

    def did_it_before(self) -> int | None:
        """Who did this step in this case, if it comes again."""
        ...

    def has_it_now(self) -> int | None:
        """Who has the work already, when it is asked anew to whom it belongs."""
        ...


class NoHistory:
    """Of a case that is not there yet."""

    def done_otherwise(self) -> Mapping[int, str]:
        return MappingProxyType({})

    def holds_otherwise(self) -> Mapping[int, str]:
        return MappingProxyType({})

    def doers_of(self, elements: Collection[str]) -> tuple[int, ...]:
        return ()

    def loads(self, employee_ids: Collection[int]) -> Mapping[int, int]:
        return MappingProxyType({})

    def take_turn(self, employee_ids: Collection[int]) -> int:
        return min(employee_ids)

    def did_it_before(self) -> int | None:
        return None

    def has_it_now(self) -> int | None:
        return None


def person_of(holder: Holder) -> Person:
    return Person(
        employee_id=holder.employee_id,
        name=holder.name,
        position_id=holder.position_id,
        position_title=holder.position_title,
        unit_id=holder.unit_id,
        kind=holder.kind,
        decree=holder.decree,
    )
