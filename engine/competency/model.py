"""What a position requires and what its people have shown."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engine.base.database import Row


class Competency(Row):
    __tablename__ = "competency"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(200))


class PositionCompetency(Row):
    """A position requires it of its holders."""

    __tablename__ = "position_competency"

    id: Mapped[int] = mapped_column(primary_key=True)
    position_id: Mapped[int] = mapped_column(ForeignKey("position.id", ondelete="CASCADE"))
    competency_id: Mapped[int] = mapped_column(ForeignKey("competency.id", ondelete="CASCADE"), index=True)

    __table_args__ = (UniqueConstraint("position_id", "competency_id"),)


class EmployeeCompetency(Row):
    """An employee has it, from the day of the certificate until its last day, both included."""

    __tablename__ = "employee_competency"

    id: Mapped[int] = mapped_column(primary_key=True)
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id", ondelete="CASCADE"))
    competency_id: Mapped[int] = mapped_column(ForeignKey("competency.id", ondelete="CASCADE"), index=True)
    certificate: Mapped[str | None] = mapped_column(String(200))
    obtained_on: Mapped[date]
    valid_until: Mapped[date | None]

    __table_args__ = (
        UniqueConstraint("employee_id", "competency_id", "obtained_on"),
        CheckConstraint("valid_until IS NULL OR valid_until >= obtained_on", name="in_order"),
    )
