"""What happened to cases."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseEnded:
    instance_id: int
    was_cancelled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentOpened:
    instance_id: int
    element: str
    message: str
