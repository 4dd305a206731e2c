"""What happened to the organisation."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.organisation.delegations import DelegationLine


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationImported:
    """`table_id` is the kept table that was brought in, if it was one; `moved_unit_ids` lie below others now."""

    created: int
    changed: int
    gone: int
    table_id: int | None = None
    moved_unit_ids: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldersChanged:
    """Who holds these positions, or whether their holders are there, is not as it was: work may lie with others now."""

    position_ids: frozenset[int]
    employee_ids: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeChanged:
    """Something was done to a unit, position, employee or holding: a line for the trail, with old and new values."""

    act: str
    subject: str
    subject_id: int | None
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegationGiven:
    line: DelegationLine


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegationEnded:
    """Before its instant, by a person."""

    line: DelegationLine
