"""Figures by day, made from what was done: they can be thrown away and made again."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.base.database import Instant, Row


class StepFigure(Row):
    """What one person did at one step in one unit on one day of the office; minutes are of working time, summed.

    Rows of `length` 7 are the sums of a week that is made whole, and stand under its Monday: a year has 52 of them.
    `title` is what the step was called; `returned` counts the items from which a case went back for revision.
    """

    __tablename__ = "step_figure"

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date]
    length: Mapped[int] = mapped_column(default=1, server_default="1")
    definition_id: Mapped[int] = mapped_column(ForeignKey("process_definition.id", ondelete="CASCADE"))
    element: Mapped[str] = mapped_column(String(200))
    title: Mapped[str] = mapped_column(String(300), server_default="")
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    employee_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"))
    done: Mapped[int]
    met: Mapped[int]
    missed: Mapped[int]
    returned: Mapped[int]
    waited_minutes: Mapped[int]
    worked_minutes: Mapped[int]
    stopped_minutes: Mapped[int]
    norm_minutes: Mapped[int]

    __table_args__ = (
        Index(None, "length", "day"),
        Index(None, "employee_id", "day"),
        Index(None, "unit_id", "day"),
        Index(None, "definition_id", "day"),
    )


class CaseFigure(Row):
    """What became of the cases of one procedure in one unit on one day."""

    __tablename__ = "case_figure"

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date]
    definition_id: Mapped[int] = mapped_column(ForeignKey("process_definition.id", ondelete="CASCADE"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    started: Mapped[int]
    completed: Mapped[int]
    cancelled: Mapped[int]
    met: Mapped[int]
    missed: Mapped[int]
    elapsed_minutes: Mapped[int]

    __table_args__ = (Index(None, "day", "definition_id"),)


class FigureDay(Row):
    """A day whose figures are made; those of later days are counted from the rows themselves."""

    __tablename__ = "figure_day"

    day: Mapped[date] = mapped_column(primary_key=True)
    made_at: Mapped[datetime] = mapped_column(Instant)
