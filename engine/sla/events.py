"""What the standard time of an item brought about."""

from dataclasses import dataclass
from datetime import datetime

from engine.sla.model import RungAction
from engine.sla.moved_news import Gathered


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkEscalated:
    """A rung came for an item. `action` is what was done in fact; `told_ids` hear of it.

    `holder_names` have the work now, or may take it. `from_id` had it before it moved.
    """

    work_item_id: int
    instance_id: int
    number: str
    case_title: str
    title: str
    due_at: datetime
    planned_at: datetime
    is_late: bool
    action: RungAction
    told_ids: frozenset[int]
    holder_names: tuple[str, ...]
    from_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlinesMoved:
    """The calendar was changed, and with it the moments at which steps are due: for whom how many, and which."""

    unit_id: int | None
    told: Gathered


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseAtRisk:
    """Three quarters of the time promised for a case have passed; `told_ids` have it now, or may take it."""

    instance_id: int
    due_at: datetime
    told_ids: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseBecameLate:
    """The time promised is over; the head of its unit is among those told."""

    instance_id: int
    due_at: datetime
    told_ids: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDeadlinesMoved:
    """The calendar was changed, and with it the moments at which cases are due: for whom how many, and which."""

    unit_id: int | None
    told: Gathered
