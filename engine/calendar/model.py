"""Days on which the office does not work, or works other hours."""

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.base.database import Row


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
