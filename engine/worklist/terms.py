"""What narrows an inbox, and in which order it stands."""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum


class Due(StrEnum):
    LATE = "late"
    TODAY = "today"
    WEEK = "week"  # today and the six days after it
    NONE = "none"


class FollowUp(StrEnum):
    NOW = "now"
    ANY = "any"


class Priority(IntEnum):
    LOW = -1
    NORMAL = 0
    URGENT = 1


class Sort(StrEnum):
    DUE = "due"
    ARRIVED = "arrived"
    PRIORITY = "priority"
    NUMBER = "number"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """`unit_id` is a unit with all below it; `holder` a part of a name; both days are included."""

    text: str = ""
    definition_key: str = ""
    unit_id: int | None = None
    holder: str = ""
    due: Due | None = None
    due_from: date | None = None
    due_to: date | None = None
    priority: Priority | None = None
    follow_up: FollowUp | None = None
    sort: Sort = Sort.DUE
