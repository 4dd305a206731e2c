"""Rows of cases that begin by plan."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.base.database import Instant, Json, Row


class OnHoliday(StrEnum):
    """What becomes of a planned start on a day on which the office does not work."""

    KEEP = "keep"
    SKIP = "skip"
    BEFORE = "before"
    AFTER = "after"


class StartPlan(Row):
    """Cases of a procedure that begin by plan: by `crontab`, or for each of its people every so many months.

    A case for a person begins `lead_days` before her day. `job_id` is the job of the next moment.
    """

    __tablename__ = "start_plan"

    id: Mapped[int] = mapped_column(primary_key=True)
    definition_id: Mapped[int] = mapped_column(ForeignKey("process_definition.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    crontab: Mapped[str | None] = mapped_column(String(120))
    every_months: Mapped[int | None]
    lead_days: Mapped[int] = mapped_column(default=0)
    on_holiday: Mapped[OnHoliday] = mapped_column(String(10))
    title: Mapped[str] = mapped_column(String(200))
    variables: Mapped[Any] = mapped_column(Json)
    is_on: Mapped[bool] = mapped_column(default=True)
    job_id: Mapped[int | None] = mapped_column(ForeignKey("job.id"))
    made_at: Mapped[datetime] = mapped_column(Instant)
    made_by: Mapped[str] = mapped_column(String(200))

    __table_args__ = (CheckConstraint("(crontab IS NULL) <> (every_months IS NULL)", name="one_of_two"),)


class PlannedPerson(Row):
    """An employee for whom a plan starts cases; `next_on` is her next day, such as that of her next salary increase.

    After a February, what falls on `day_of_month` 31 falls on the 31st again.
    """

    __tablename__ = "planned_person"

    plan_id: Mapped[int] = mapped_column(ForeignKey("start_plan.id", ondelete="CASCADE"), primary_key=True)
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id", ondelete="CASCADE"), primary_key=True)
    next_on: Mapped[date]
    day_of_month: Mapped[int]


class PlannedStart(Row):
    """What became of a planned moment: the case that began, or why none did."""

    __tablename__ = "planned_start"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("start_plan.id", ondelete="CASCADE"))
    employee_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"))
    planned_on: Mapped[date]
    came_at: Mapped[datetime] = mapped_column(Instant)
    instance_id: Mapped[int | None] = mapped_column(ForeignKey("instance.id", ondelete="SET NULL"))
    reason: Mapped[str | None] = mapped_column(String(300))

    __table_args__ = (Index(None, "plan_id", "id"),)
