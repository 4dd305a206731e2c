"""Units, positions, employees, who holds what since when, who is away, and who acts on whose behalf."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engine.base.database import Instant, Json, Row


class PositionKind(StrEnum):
    STRUCTURAL = "structural"
    FUNCTIONAL = "functional"
    EXECUTIVE = "executive"  # pelaksana


class HoldingKind(StrEnum):
    DEFINITIVE = "definitive"
    PLT = "plt"  # the holder is gone for good
    PLH = "plh"  # the holder is away for a while


class DutyKind(StrEnum):
    """One-off extra tasks need no SOP; those that come again do."""

    MAIN = "main"
    EXTRA_PERIODIC = "extra_periodic"
    EXTRA_ONE_OFF = "extra_one_off"


class AbsenceKind(StrEnum):
    """PP 11/2017 art. 310, with duty travel and training, which also keep people from their desk."""

    ANNUAL = "annual"
    LONG = "long"
    SICK = "sick"
    MATERNITY = "maternity"
    IMPORTANT_REASON = "important_reason"
    UNPAID = "unpaid"
    DUTY_TRAVEL = "duty_travel"
    TRAINING = "training"


class TableSubject(StrEnum):
    """What the rows of an imported table are about."""

    EMPLOYEES = "employees"
    HOLDINGS = "holdings"
    POSITIONS = "positions"
    UNITS = "units"


class ImportState(StrEnum):
    """A kept table waits for its columns, is compared, waits for a yes, is brought in, and is done; or could not be."""

    CHOSEN = "chosen"
    COMPARING = "comparing"
    COMPARED = "compared"
    IMPORTING = "importing"
    DONE = "done"
    FAILED = "failed"


class Unit(Row):
    """Works until the day before `closed_on`; `transferred_to` names the ministry that took it over."""

    __tablename__ = "unit"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    opened_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    transferred_to: Mapped[str | None] = mapped_column(String(200))
    basis: Mapped[str | None] = mapped_column(String(200))
    parent: Mapped["Unit | None"] = relationship(remote_side=[id])


class Position(Row):
    """A seat or several of the same kind; `title` is the name that positions of many units may share.

    `job_class` is the kelas jabatan. From `closed_on` nobody can be appointed to it.
    """

    __tablename__ = "position"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(60), unique=True)
    title: Mapped[str] = mapped_column(String(200), index=True)
    kind: Mapped[PositionKind] = mapped_column(String(20))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    superior_id: Mapped[int | None] = mapped_column(ForeignKey("position.id"))
    is_head_of_unit: Mapped[bool] = mapped_column(default=False)
    seats: Mapped[int] = mapped_column(default=1)
    job_class: Mapped[int | None]
    closed_on: Mapped[date | None]
    unit: Mapped[Unit] = relationship()

    __table_args__ = (CheckConstraint("seats > 0", name="seats_positive"),)


class Employee(Row):
    __tablename__ = "employee"

    id: Mapped[int] = mapped_column(primary_key=True)
    nip: Mapped[str | None] = mapped_column(String(18), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str | None] = mapped_column(String(200))
    phone: Mapped[str | None] = mapped_column(String(30))
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
    scope: Mapped[str | None] = mapped_column(String(300))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    employee: Mapped[Employee] = relationship()
    position: Mapped[Position] = relationship()

    __table_args__ = (
        Index(None, "employee_id", "starts_on"),
        Index(None, "position_id", "starts_on"),
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="in_order"),
    )


class JobDescription(Row):
    """One uraian tugas of a position: a sentence that yields a countable result, valid from day to day."""

    __tablename__ = "job_description"

    id: Mapped[int] = mapped_column(primary_key=True)
    position_id: Mapped[int] = mapped_column(ForeignKey("position.id"), index=True)
    number: Mapped[int]
    sentence: Mapped[str] = mapped_column(Text)
    result_unit: Mapped[str | None] = mapped_column(String(80))
    norm_minutes: Mapped[int | None]
    yearly_volume: Mapped[int | None]
    kind: Mapped[DutyKind] = mapped_column(String(20), default=DutyKind.MAIN)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]


class DutySheet(Row):
    """A lembar uraian tugas as it was given for a holding: `content` is what it said, never changed afterwards.

    Signed by the superior here or on paper (`signed_copy` is the digest of the uploaded file), then acknowledged.
    """

    __tablename__ = "duty_sheet"

    id: Mapped[int] = mapped_column(primary_key=True)
    holding_id: Mapped[int] = mapped_column(ForeignKey("holding.id", ondelete="CASCADE"), index=True)
    content: Mapped[Any] = mapped_column(Json)
    digest: Mapped[str] = mapped_column(String(64))
    issued_at: Mapped[datetime] = mapped_column(Instant)
    issued_by: Mapped[str] = mapped_column(String(200))
    signed_at: Mapped[datetime | None] = mapped_column(Instant)
    signed_by: Mapped[str | None] = mapped_column(String(200))
    signed_copy: Mapped[str | None] = mapped_column(String(64))
    signed_copy_name: Mapped[str | None] = mapped_column(String(200))
    acknowledged_at: Mapped[datetime | None] = mapped_column(Instant)


class Absence(Row):
    """An employee is away from the first day to the last one, both included."""

    __tablename__ = "absence"

    id: Mapped[int] = mapped_column(primary_key=True)
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    kind: Mapped[AbsenceKind] = mapped_column(String(20))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    note: Mapped[str | None] = mapped_column(String(300))
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    recorded_by: Mapped[str] = mapped_column(String(200))

    __table_args__ = (
        Index(None, "employee_id", "ends_on"),
        CheckConstraint("ends_on >= starts_on", name="in_order"),
    )


class Delegation(Row):
    """One employee sees and does on behalf of another, from instant to instant; the work itself stays hers.

    `is_for_all` when for every procedure, else for those in its rows of DelegatedProcess.
    """

    __tablename__ = "delegation"

    id: Mapped[int] = mapped_column(primary_key=True)
    from_id: Mapped[int] = mapped_column(ForeignKey("employee.id"), index=True)
    to_id: Mapped[int] = mapped_column(ForeignKey("employee.id"), index=True)
    starts_at: Mapped[datetime] = mapped_column(Instant)
    ends_at: Mapped[datetime] = mapped_column(Instant)
    is_for_all: Mapped[bool] = mapped_column(default=True)
    reason: Mapped[str | None] = mapped_column(String(300))
    given_at: Mapped[datetime] = mapped_column(Instant)
    given_by: Mapped[str] = mapped_column(String(200))

    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="in_order"),
        CheckConstraint("from_id <> to_id", name="two_people"),
    )


class DelegatedProcess(Row):
    __tablename__ = "delegated_process"

    id: Mapped[int] = mapped_column(primary_key=True)
    delegation_id: Mapped[int] = mapped_column(ForeignKey("delegation.id", ondelete="CASCADE"))
    definition_id: Mapped[int] = mapped_column(ForeignKey("process_definition.id", ondelete="CASCADE"))

    __table_args__ = (UniqueConstraint("delegation_id", "definition_id"),)


class OfficeImport(Row):
    """A table that somebody sent, between her sending it and her yes; only her account sees it, until it expires.

    `columns` says which column gives which value, `plan` is the difference as it was shown, packed, and `digest` its
    digest: another one means that the office has changed in the meantime.
    """

    __tablename__ = "office_import"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    filename: Mapped[str] = mapped_column(String(200))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    state: Mapped[ImportState] = mapped_column(String(12))
    subject: Mapped[TableSubject] = mapped_column(String(12))
    heading_row: Mapped[int]
    columns: Mapped[Any] = mapped_column(Json)
    choices: Mapped[Any] = mapped_column(Json)
    plan: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    digest: Mapped[str | None] = mapped_column(String(64))
    failure: Mapped[str | None] = mapped_column(Text)
    expires_at: Mapped[datetime] = mapped_column(Instant, index=True)


class ColumnMapping(Row):
    """Which column gave which value when a table with these headings was last imported."""

    __tablename__ = "column_mapping"

    headings: Mapped[str] = mapped_column(String(64), primary_key=True)
    subject: Mapped[TableSubject] = mapped_column(String(12))
    columns: Mapped[Any] = mapped_column(Json)
