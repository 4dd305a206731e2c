"""What happened to cases."""

from dataclasses import dataclass
from datetime import date, datetime

from engine.runtime.changes import Change


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseMoved:
    """One step of a case, for those who follow it as it goes; the rows say only where it stands.

    `clock_stands` while its clock is stopped.
    """

    instance_id: int
    changes: tuple[Change, ...]
    clock_stands: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseEnded:
    instance_id: int
    was_cancelled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentOpened:
    instance_id: int
    element: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseOpened:
    """Somebody may read a case in which she takes no part, until a moment."""

    instance_id: int
    employee_id: int
    until: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedStartFailed:
    """A planned case did not begin; `whom` it was for is empty unless the plan is for people."""

    start_id: int
    name: str
    whom: str
    planned_on: date
    reason: str
