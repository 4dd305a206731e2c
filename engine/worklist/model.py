"""Inbox rows, who may take them, and what was attached to them."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engine.base.database import Instant, Json, Row


class WorkItemState(StrEnum):
    OPEN = "open"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class WorkItem(Row):
    """One row in someone's inbox. `assignee_id` is empty while it waits in the pool of its candidates.

    `risk_at` is the moment at 75 % of the standard time, `due_at` at 100 %; both empty without a standard time.
    `draft` is what the holder has filled in so far.
    """

    __tablename__ = "work_item"

    id: Mapped[int] = mapped_column(primary_key=True)
    instance_id: Mapped[int] = mapped_column(ForeignKey("instance.id", ondelete="CASCADE"))
    activity_id: Mapped[int]
    element: Mapped[str] = mapped_column(String(200))
    node: Mapped[str] = mapped_column(String(400), server_default="")
    title: Mapped[str] = mapped_column(String(300))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    state: Mapped[WorkItemState] = mapped_column(String(12), default=WorkItemState.OPEN)
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"))
    assignment_reason: Mapped[Any] = mapped_column(Json)
    came_from: Mapped[str | None] = mapped_column(String(200))
    opened_at: Mapped[datetime] = mapped_column(Instant)
    claimed_at: Mapped[datetime | None] = mapped_column(Instant)
    risk_at: Mapped[datetime | None] = mapped_column(Instant)
    due_at: Mapped[datetime | None] = mapped_column(Instant)
    overdue_at: Mapped[datetime | None] = mapped_column(Instant)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"))
    closed_by_name: Mapped[str | None] = mapped_column(String(200))
    draft: Mapped[Any] = mapped_column(Json, nullable=True)
    answers: Mapped[Any] = mapped_column(Json, nullable=True)

    __table_args__ = (
        UniqueConstraint("instance_id", "activity_id"),
        Index(None, "assignee_id", "state", "due_at", "id"),
        Index(None, "unit_id", "state", "due_at", "id"),
        Index(None, "closed_by_id", "closed_at", "id"),
        CheckConstraint("(state = 'open') = (closed_at IS NULL)", name="closed_has_moment"),
    )


class Candidate(Row):
    """A position whose holders of today may claim the item, or one employee who may."""

    __tablename__ = "candidate"

    id: Mapped[int] = mapped_column(primary_key=True)
    work_item_id: Mapped[int] = mapped_column(ForeignKey("work_item.id", ondelete="CASCADE"), index=True)
    position_id: Mapped[int | None] = mapped_column(ForeignKey("position.id"), index=True)
    employee_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"), index=True)

    __table_args__ = (CheckConstraint("(position_id IS NULL) <> (employee_id IS NULL)", name="one_of_two"),)


class Attachment(Row):
    """A file of a case; its bytes lie outside the database under their digest."""

    __tablename__ = "attachment"

    id: Mapped[int] = mapped_column(primary_key=True)
    instance_id: Mapped[int] = mapped_column(ForeignKey("instance.id", ondelete="CASCADE"), index=True)
    work_item_id: Mapped[int | None] = mapped_column(ForeignKey("work_item.id", ondelete="CASCADE"))
    filename: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    added_at: Mapped[datetime] = mapped_column(Instant)
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"))
    added_by_name: Mapped[str] = mapped_column(String(200))


class Comment(Row):
    __tablename__ = "comment"

    id: Mapped[int] = mapped_column(primary_key=True)
    instance_id: Mapped[int] = mapped_column(ForeignKey("instance.id", ondelete="CASCADE"), index=True)
    work_item_id: Mapped[int | None] = mapped_column(ForeignKey("work_item.id", ondelete="CASCADE"))
    text: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime] = mapped_column(Instant)
    written_by: Mapped[str] = mapped_column(String(200))
