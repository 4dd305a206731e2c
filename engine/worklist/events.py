"""What happened to inbox rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseName:
    """Which case, and how people call it."""

    instance_id: int
    number: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkArrived:
    """A new item lies in an inbox, or in a pool when `assignee_id` is None."""

    work_item_id: int
    case: CaseName
    title: str
    assignee_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkHandedOver:
    """An open item went from one inbox, or from a pool, into another person's inbox."""

    work_item_id: int
    instance_id: int
    title: str
    from_id: int | None
    to_id: int
    to_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkUnassigned:
    """Nobody can be found for a new item."""

    work_item_id: int
    case: CaseName
    title: str
    unit_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkReturned:
    """A case came back to an earlier step for revision; `to_id` is empty while it lies in a pool."""

    work_item_id: int
    instance_id: int
    title: str
    to_id: int | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkRecalled:
    """Whoever sent a case on took it back before `from_id` had begun."""

    instance_id: int
    title: str
    from_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionAsked:
    question_id: int
    instance_id: int
    title: str
    to_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionAnswered:
    question_id: int
    instance_id: int
    work_item_id: int
    title: str
    to_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ColleaguesMentioned:
    comment_id: int
    instance_id: int
    employee_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpCame:
    """The day has come on which the holder of an item wanted to be reminded of it."""

    work_item_id: int
    instance_id: int
    title: str
    on: date
    holder_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkRerouted:
    """Open work belongs to somebody else than before, for the organisation is not as it was; None is a pool."""

    work_item_id: int
    case: CaseName
    title: str
    from_id: int | None
    to_id: int | None
    reason: Mapping[str, Any]
