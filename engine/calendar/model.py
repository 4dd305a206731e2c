"""Days on which the office does not work, or works other hours."""

from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from engine.base.database import Json, Row

OF_OFFICE = text("unit_id IS NULL")


class HolidayKind(StrEnum):
    PUBLIC = "public"
    JOINT_LEAVE = "joint_leave"
    CLOSURE = "closure"


class Holiday(Row):
    __tablename__ = "holiday"

    day: Mapped[date] = mapped_column(primary_key=True)
    kind: Mapped[HolidayKind] = mapped_column(String(12))
    name: Mapped[str] = mapped_column(String(200))
    legal_basis: Mapped[str] = mapped_column(String(200), default="")


class RamadanPeriod(Row):
    """Shorter hours, entered once the beginning is announced."""

    __tablename__ = "ramadan_period"

    first_day: Mapped[date] = mapped_column(primary_key=True)
    last_day: Mapped[date]

    __table_args__ = (CheckConstraint("last_day >= first_day", name="in_order"),)


class HoursKind(StrEnum):
    ORDINARY = "ordinary"
    RAMADAN = "ramadan"


class HoursTable(Row):
    """The week that holds from `first_day` on, until a later table of its kind begins.

    Without `unit_id` it is the office's; a unit's holds for those below it too. `week` has a list for each of the
    seven days, Monday first, of shifts such as ["07:30", "12:00"].
    """

    __tablename__ = "hours_table"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id", ondelete="CASCADE"))
    kind: Mapped[HoursKind] = mapped_column(String(10))
    first_day: Mapped[date]
    week: Mapped[Any] = mapped_column(Json)
    legal_basis: Mapped[str] = mapped_column(String(200), default="")

    __table_args__ = (
        UniqueConstraint("unit_id", "kind", "first_day"),
        # The office has no id, and nothing equals nothing.
        Index(
            "uq_hours_table_of_office",
            "kind",
            "first_day",
            unique=True,
            postgresql_where=OF_OFFICE,
            sqlite_where=OF_OFFICE,
        ),
    )


class UnitDay(Row):
    """A day on which a unit, with those below it, is closed while the office works, or the other way round.

    `shifts` are the hours of a day on which only the unit works.
    """

    __tablename__ = "unit_day"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id", ondelete="CASCADE"))
    day: Mapped[date]
    is_working: Mapped[bool]
    shifts: Mapped[Any] = mapped_column(Json, nullable=True)
    name: Mapped[str] = mapped_column(String(200))
    legal_basis: Mapped[str] = mapped_column(String(200), default="")

    __table_args__ = (UniqueConstraint("unit_id", "day"),)
