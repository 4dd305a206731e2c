"""What happened to the organisation."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationImported:
    created: int
    changed: int
    gone: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldersChanged:
    """Who holds these positions, or whether their holders are there, is not as it was: work may lie with others now."""

    position_ids: frozenset[int]
    employee_ids: frozenset[int]
