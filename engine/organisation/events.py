"""What happened to the organisation."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationImported:
    created: int
    changed: int
    gone: int
