"""What the standard time of an item brought about."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkAtRisk:
    """Three quarters of the time have passed; `holder_ids` are the assignee, or all who may take the item."""

    work_item_id: int
    instance_id: int
    title: str
    due_at: datetime
    holder_ids: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkBecameLate:
    """The time is up. Superiors who hold the item themselves are among the holders only."""

    work_item_id: int
    instance_id: int
    title: str
    due_at: datetime
    holder_ids: frozenset[int]
    holder_names: tuple[str, ...]
    superior_ids: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineMoved:
    """The calendar was changed, and with it the moment at which an open item is due."""

    work_item_id: int
    instance_id: int
    title: str
    was_at: datetime
    due_at: datetime
    holder_ids: frozenset[int]
