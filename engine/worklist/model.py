"""Inbox rows, who may take them, and what was attached to them."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from engine.base.database import Instant, Json, Row

IS_OPEN = text("state = 'open'")
IS_DONE = text("state = 'completed'")
OPENS_INBOX = text("opens_inbox")
IS_PREFERRED = text("state = 'open' AND priority <> 0")


class WorkItemState(StrEnum):
    OPEN = "open"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class WorkItem(Row):
    """One row in someone's inbox. `assignee_id` is empty while it waits in the pool of its candidates.

    `risk_at` is the moment at 75 % of the standard time, `due_at` at 100 %; both empty without a standard time.
    `draft` is what the holder has filled in so far. `closed_for` is the person on whose behalf it was done.
    `done_at` is the moment at which it was done on paper, where it was entered afterwards.
    `routed_to` is the person to whom the rule of the step gave it; while she is the assignee, nobody has taken it.
    `differs_from` are elements that another person must do; `four_eyes_waiver` says who allowed one person to do
    both, when and why.
    All minutes are of working time. `standard_minutes` is what the step allows, `norm_minutes` the effort that it
    takes by the norm. In `waited_minutes` nobody had it and in `worked_minutes` somebody did, as last measured: when
    it changed hands or, finally, when it was closed. The clock stood still for `stopped_minutes`, which are in
    neither, and stands still since `clock_stopped_at`.
    """

    __tablename__ = "work_item"

    id: Mapped[int] = mapped_column(primary_key=True)
    instance_id: Mapped[int] = mapped_column(ForeignKey("instance.id", ondelete="CASCADE"))
    definition_id: Mapped[int | None] = mapped_column(ForeignKey("process_definition.id"))
    activity_id: Mapped[int]
    element: Mapped[str] = mapped_column(String(200))
    node: Mapped[str] = mapped_column(String(400), server_default="")
    title: Mapped[str] = mapped_column(String(300))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    state: Mapped[WorkItemState] = mapped_column(String(12), default=WorkItemState.OPEN)
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"))
    routed_to_id: Mapped[int | None]
    assignment_reason: Mapped[Any] = mapped_column(Json)
    came_from: Mapped[str | None] = mapped_column(String(200))
    is_returned: Mapped[bool] = mapped_column(default=False, server_default="0")
    priority: Mapped[int] = mapped_column(default=0, server_default="0")
    follow_up_on: Mapped[date | None]
    opened_at: Mapped[datetime] = mapped_column(Instant)
    claimed_at: Mapped[datetime | None] = mapped_column(Instant)
    risk_at: Mapped[datetime | None] = mapped_column(Instant)
    due_at: Mapped[datetime | None] = mapped_column(Instant)
    overdue_at: Mapped[datetime | None] = mapped_column(Instant)
    standard_minutes: Mapped[int | None]
    norm_minutes: Mapped[int | None]
    clock_stopped_at: Mapped[datetime | None] = mapped_column(Instant)
    stopped_minutes: Mapped[int] = mapped_column(default=0, server_default="0")
    waited_minutes: Mapped[int | None]
    worked_minutes: Mapped[int | None]
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"))
    closed_by_name: Mapped[str | None] = mapped_column(String(200))
    closed_for_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"))
    closed_for_name: Mapped[str | None] = mapped_column(String(200))
    done_at: Mapped[datetime | None] = mapped_column(Instant)
    differs_from: Mapped[Any] = mapped_column(Json, nullable=True)
    four_eyes_waiver: Mapped[Any] = mapped_column(Json, nullable=True)
    is_strategic: Mapped[bool] = mapped_column(default=False, server_default="0")
    draft: Mapped[Any] = mapped_column(Json, nullable=True)
    answers: Mapped[Any] = mapped_column(Json, nullable=True)

    __table_args__ = (
        UniqueConstraint("instance_id", "activity_id"),
        Index(None, "assignee_id", "state", "due_at", "id"),
        Index(None, "unit_id", "state", "due_at", "id"),
        Index(None, "closed_by_id", "closed_at", "id"),
        Index("ix_work_item_done", "closed_at", postgresql_where=IS_DONE, sqlite_where=IS_DONE),
        Index(
            "ix_work_item_done_by_procedure",
            *("definition_id", "closed_at"),
            # So that figures of a procedure are read from the index alone.
            postgresql_include=["element", "unit_id", "waited_minutes", "worked_minutes"],
            postgresql_where=IS_DONE,
            sqlite_where=IS_DONE,
        ),
        # For those who look at the open work of many units: it stands in the order of the page already.
        Index("ix_work_item_open_by_due", "due_at", "id", postgresql_where=IS_OPEN, sqlite_where=IS_OPEN),
        # So that how a case stands is read without its past, and all that is open in the order in which it is stored.
        Index("ix_work_item_open_of_case", "instance_id", postgresql_where=IS_OPEN, sqlite_where=IS_OPEN),
        Index(
            "ix_work_item_open_by_priority",
            *("priority", "due_at", "id"),
            postgresql_where=IS_PREFERRED,
            sqlite_where=IS_PREFERRED,
        ),
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


class Turn(Row):
    """Whose turn was last at the steps of a procedure: employees by step."""

    __tablename__ = "turn"

    definition_id: Mapped[int] = mapped_column(
        ForeignKey("process_definition.id", ondelete="CASCADE"), primary_key=True
    )
    last: Mapped[Any] = mapped_column(Json)


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
    scanned_at: Mapped[datetime | None] = mapped_column(Instant)
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
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"))


class Mention(Row):
    """A colleague who was named in a comment, so that she hears of it and may read the case."""

    __tablename__ = "mention"

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id", ondelete="CASCADE"), index=True)
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"), index=True)


class Return(Row):
    """A case went back to an earlier step for revision: from which item, to which element, and why."""

    __tablename__ = "work_return"

    id: Mapped[int] = mapped_column(primary_key=True)
    instance_id: Mapped[int] = mapped_column(ForeignKey("instance.id", ondelete="CASCADE"), index=True)
    work_item_id: Mapped[int] = mapped_column(ForeignKey("work_item.id", ondelete="CASCADE"), index=True)
    from_node: Mapped[str] = mapped_column(String(400))
    to_node: Mapped[str] = mapped_column(String(400))
    reason: Mapped[str] = mapped_column(Text)
    checklist_item: Mapped[str | None] = mapped_column(String(300))
    is_recall: Mapped[bool] = mapped_column(default=False)
    returned_at: Mapped[datetime] = mapped_column(Instant)
    returned_by_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"))
    returned_by: Mapped[str] = mapped_column(String(200))

    __table_args__ = (Index(None, "returned_at"),)


class SideQuestion(Row):
    """A colleague is asked about an item; the case does not move."""

    __tablename__ = "side_question"

    id: Mapped[int] = mapped_column(primary_key=True)
    instance_id: Mapped[int] = mapped_column(ForeignKey("instance.id", ondelete="CASCADE"), index=True)
    work_item_id: Mapped[int] = mapped_column(ForeignKey("work_item.id", ondelete="CASCADE"), index=True)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    asked_of_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    question: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime] = mapped_column(Instant)
    answer: Mapped[str | None] = mapped_column(Text)
    answered_at: Mapped[datetime | None] = mapped_column(Instant)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)

    __table_args__ = (Index(None, "asked_of_id", "answered_at", "id"),)


class SavedFilter(Row):
    """A filter of the inbox kept under a name, for its owner or, when `unit_id` is set, for all of a unit.

    One of hers may be that with which her inbox opens.
    """

    __tablename__ = "saved_filter"

    id: Mapped[int] = mapped_column(primary_key=True)
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    name: Mapped[str] = mapped_column(String(80))
    terms: Mapped[Any] = mapped_column(Json)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    opens_inbox: Mapped[bool] = mapped_column(default=False, server_default="0")

    __table_args__ = (
        UniqueConstraint("employee_id", "name"),
        Index(
            "ix_saved_filter_opening",
            "employee_id",
            unique=True,
            postgresql_where=OPENS_INBOX,
            sqlite_where=OPENS_INBOX,
        ),
    )
