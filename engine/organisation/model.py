"""Units, positions, employees, and who holds what since when."""

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engine.base.database import Row


class PositionKind(StrEnum):
    STRUCTURAL = "structural"
    FUNCTIONAL = "functional"
    EXECUTIVE = "executive"  # pelaksana


class HoldingKind(StrEnum):
    DEFINITIVE = "definitive"
    PLT = "plt"  # the holder is gone for good
    PLH = "plh"  # the holder is away for a while


class Unit(Row):
    __tablename__ = "unit"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    parent: Mapped["Unit | None"] = relationship(remote_side=[id])


class Position(Row):
    """A seat or several of the same kind; `title` is the name that positions of many units may share."""

    __tablename__ = "position"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(60), unique=True)
    title: Mapped[str] = mapped_column(String(200), index=True)
    kind: Mapped[PositionKind] = mapped_column(String(20))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    superior_id: Mapped[int | None] = mapped_column(ForeignKey("position.id"))
    is_head_of_unit: Mapped[bool] = mapped_column(default=False)
    seats: Mapped[int] = mapped_column(default=1)
    unit: Mapped[Unit] = relationship()

    __table_args__ = (CheckConstraint("seats > 0", name="seats_positive"),)


class Employee(Row):
    __tablename__ = "employee"

    id: Mapped[int] = mapped_column(primary_key=True)
    nip: Mapped[str | None] = mapped_column(String(18), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str | None] = mapped_column(String(200))
    rank: Mapped[str | None] = mapped_column(String(10))
    left_on: Mapped[date | None]


class Holding(Row):
    """An employee holds a position from the first day to the last one, both included."""

    __tablename__ = "holding"

    id: Mapped[int] = mapped_column(primary_key=True)
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    position_id: Mapped[int] = mapped_column(ForeignKey("position.id"))
    kind: Mapped[HoldingKind] = mapped_column(String(12))
    decree: Mapped[str | None] = mapped_column(String(120))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    employee: Mapped[Employee] = relationship()
    position: Mapped[Position] = relationship()

    __table_args__ = (
        Index(None, "employee_id", "starts_on"),
        Index(None, "position_id", "starts_on"),
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="in_order"),
    )
