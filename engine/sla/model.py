"""Clocks that stand still, and the ladders by which late work climbs."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from engine.base.database import Instant, Json, Row

IS_OF_THE_OFFICE = text("definition_id IS NULL")


class WaitsFor(StrEnum):
    APPLICANT = "applicant"
    OTHER_OFFICE = "other_office"
    MESSAGE = "message"


class ClockStop(Row):
    """The clock of a case, and of the item where it lies, stands still: for whom, why, from when to when.

    `activity_id` is set where a receive step of the diagram stopped it. `minutes` of working time were not counted.
    """

    __tablename__ = "clock_stop"

    id: Mapped[int] = mapped_column(primary_key=True)
    instance_id: Mapped[int] = mapped_column(ForeignKey("instance.id", ondelete="CASCADE"), index=True)
    work_item_id: Mapped[int | None] = mapped_column(ForeignKey("work_item.id", ondelete="CASCADE"), index=True)
    activity_id: Mapped[int | None]
    waits_for: Mapped[WaitsFor] = mapped_column(String(12))
    reason: Mapped[str] = mapped_column(String(300))
    stopped_at: Mapped[datetime] = mapped_column(Instant)
    stopped_by_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"))
    stopped_by: Mapped[str] = mapped_column(String(200))
    resumed_at: Mapped[datetime | None] = mapped_column(Instant)
    resumed_by: Mapped[str | None] = mapped_column(String(200))
    minutes: Mapped[int | None]


class Anchor(StrEnum):
    RISK = "risk"
    DUE = "due"


class RungAction(StrEnum):
    REMIND_HOLDER = "remind_holder"
    TELL_SUPERIOR = "tell_superior"
    OFFER_TO_POOL = "offer_to_pool"
    REASSIGN_TO_SUPERIOR = "reassign_to_superior"
    TELL_HEAD = "tell_head"


class Ladder(Row):
    """What happens, rung by rung, to work that nobody answers.

    Of one step, of a procedure (`element` empty), or the office's own (`definition_id` empty too).
    """

    __tablename__ = "ladder"

    id: Mapped[int] = mapped_column(primary_key=True)
    definition_id: Mapped[int | None] = mapped_column(ForeignKey("process_definition.id", ondelete="CASCADE"))
    element: Mapped[str] = mapped_column(String(200), default="")
    changed_at: Mapped[datetime] = mapped_column(Instant)
    changed_by: Mapped[str] = mapped_column(String(200))

    __table_args__ = (
        UniqueConstraint("definition_id", "element"),
        # NULLs differ from each other, and the office has one ladder.
        Index(
            "ix_ladder_of_the_office",
            "element",
            unique=True,
            postgresql_where=IS_OF_THE_OFFICE,
            sqlite_where=IS_OF_THE_OFFICE,
        ),
    )


class Rung(Row):
    """One rung: `after_minutes` of working time after the item came to be at risk, or was due.

    It comes `repeats` times more, each `every_minutes` of working time later.
    """

    __tablename__ = "rung"

    id: Mapped[int] = mapped_column(primary_key=True)
    ladder_id: Mapped[int] = mapped_column(ForeignKey("ladder.id", ondelete="CASCADE"))
    position: Mapped[int]
    anchor: Mapped[Anchor] = mapped_column(String(6))
    after_minutes: Mapped[int]
    action: Mapped[RungAction] = mapped_column(String(24))
    repeats: Mapped[int] = mapped_column(default=0)
    every_minutes: Mapped[int | None]

    __table_args__ = (
        UniqueConstraint("ladder_id", "position"),
        CheckConstraint("(repeats = 0) = (every_minutes IS NULL)", name="repeats_have_a_pause"),
    )


class Climb(Row):
    """A rung that came for an item, for the due moment that it had then: once each, whoever tries again.

    What was to happen and when tells it from others, for a ladder may be changed while somebody climbs it; `position`
    and `turn` say which rung of the ladder it was then.
    """

    __tablename__ = "climb"

    id: Mapped[int] = mapped_column(primary_key=True)
    work_item_id: Mapped[int] = mapped_column(ForeignKey("work_item.id", ondelete="CASCADE"))
    due_at: Mapped[datetime] = mapped_column(Instant)
    planned_at: Mapped[datetime] = mapped_column(Instant)
    position: Mapped[int]
    turn: Mapped[int]
    action: Mapped[RungAction] = mapped_column(String(24))
    outcome: Mapped[Any] = mapped_column(Json)
    climbed_at: Mapped[datetime] = mapped_column(Instant)

    __table_args__ = (
        UniqueConstraint("work_item_id", "due_at", "planned_at", "action"),
        Index(None, "climbed_at"),
    )
