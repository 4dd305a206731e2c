"""Process instances and all that a step writes besides inbox rows and jobs."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from engine.base.database import Instant, Json, Row

IS_RUNNING = text("state IN ('active', 'incident')")


class InstanceState(StrEnum):
    ACTIVE = "active"
    INCIDENT = "incident"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class Instance(Row):
    """One case. `state_text` is the runtime's whole memory of it; `variables` the process scope, to be shown.

    `correlation` is the key of the message that started it: what it says in turn is said in that conversation.
    `words` are those by which it is found (see the module `words`).
    `risk_at`, `due_at` and the rest are the clock of the whole case, as those of a work item are that of a step.
    """

    __tablename__ = "instance"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    title: Mapped[str] = mapped_column(String(300))
    definition_id: Mapped[int] = mapped_column(ForeignKey("process_definition.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("definition_version.id"), index=True)
    process_id: Mapped[str] = mapped_column(String(120), server_default="")
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    starter_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"), index=True)
    correlation: Mapped[str | None] = mapped_column(String(200), index=True)
    state: Mapped[InstanceState] = mapped_column(String(12))
    state_text: Mapped[str] = mapped_column(Text)
    variables: Mapped[Any] = mapped_column(Json)
    words: Mapped[str] = mapped_column(Text, default="", server_default="")
    revision: Mapped[int] = mapped_column(default=1)
    started_at: Mapped[datetime] = mapped_column(Instant)
    risk_at: Mapped[datetime | None] = mapped_column(Instant)
    due_at: Mapped[datetime | None] = mapped_column(Instant)
    overdue_at: Mapped[datetime | None] = mapped_column(Instant)
    clock_stopped_at: Mapped[datetime | None] = mapped_column(Instant)
    stopped_minutes: Mapped[int] = mapped_column(default=0, server_default="0")
    elapsed_minutes: Mapped[int | None]
    ended_at: Mapped[datetime | None] = mapped_column(Instant)

    __table_args__ = (
        Index(None, "unit_id", "state", "id"),
        Index(None, "definition_id", "state", "id"),
        Index("ix_instance_running", "unit_id", "definition_id", postgresql_where=IS_RUNNING, sqlite_where=IS_RUNNING),
        Index(None, "started_at"),
        Index(None, "ended_at"),
        Index(
            "ix_instance_words",
            text("array_to_tsvector(string_to_array(words, ' '))"),
            postgresql_using="gin",
        ).ddl_if(dialect="postgresql"),
    )


class Applicant(Row):
    """Whoever asked for a case: she follows it by its number and a PIN, of which only the digest is kept."""

    __tablename__ = "applicant"

    id: Mapped[int] = mapped_column(primary_key=True)
    instance_id: Mapped[int] = mapped_column(ForeignKey("instance.id", ondelete="CASCADE"), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    contact: Mapped[str | None] = mapped_column(String(200))
    identity_number: Mapped[str | None] = mapped_column(String(40))
    pin_digest: Mapped[str] = mapped_column(String(200))
    promised_at: Mapped[datetime | None] = mapped_column(Instant)
    recorded_at: Mapped[datetime] = mapped_column(Instant)


class CaseGrant(Row):
    """An employee may read a case in which she takes no part, until `ends_at`, because somebody said so."""

    __tablename__ = "case_grant"

    id: Mapped[int] = mapped_column(primary_key=True)
    instance_id: Mapped[int] = mapped_column(ForeignKey("instance.id", ondelete="CASCADE"))
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"), index=True)
    reason: Mapped[str] = mapped_column(String(300))
    granted_by: Mapped[str] = mapped_column(String(200))
    granted_at: Mapped[datetime] = mapped_column(Instant)
    ends_at: Mapped[datetime | None] = mapped_column(Instant)

    __table_args__ = (UniqueConstraint("instance_id", "employee_id"),)


class CaseSerial(Row):
    """The last serial given out for a prefix in a year."""

    __tablename__ = "case_serial"

    prefix: Mapped[str] = mapped_column(String(10), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]


class LetterRegister(Row):
    """The last number that a register of letters gave out in a year; its names are not those of case numbers."""

    __tablename__ = "letter_register"

    register: Mapped[str] = mapped_column(String(40), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]


class ActivityRecord(Row):
    """History: one pass through an element, from when to when, and how it ended. Never read by the runtime."""

    __tablename__ = "activity_record"

    id: Mapped[int] = mapped_column(primary_key=True)
    instance_id: Mapped[int] = mapped_column(ForeignKey("instance.id", ondelete="CASCADE"))
    activity_id: Mapped[int]
    element: Mapped[str] = mapped_column(String(200))
    node: Mapped[str] = mapped_column(String(400), server_default="")
    kind: Mapped[str] = mapped_column(String(40))
    opened_at: Mapped[datetime] = mapped_column(Instant)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    was_cancelled: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (UniqueConstraint("instance_id", "activity_id"),)


class Timer(Row):
    __tablename__ = "timer"

    id: Mapped[int] = mapped_column(primary_key=True)
    instance_id: Mapped[int] = mapped_column(ForeignKey("instance.id", ondelete="CASCADE"))
    activity_id: Mapped[int]
    timer_id: Mapped[str] = mapped_column(String(200))
    element: Mapped[str] = mapped_column(String(200))
    due_at: Mapped[datetime] = mapped_column(Instant)
    job_id: Mapped[int] = mapped_column(ForeignKey("job.id"), index=True)

    __table_args__ = (UniqueConstraint("instance_id", "activity_id", "timer_id"),)


class Subscription(Row):
    """A message or signal that an instance waits for."""

    __tablename__ = "subscription"

    id: Mapped[int] = mapped_column(primary_key=True)
    instance_id: Mapped[int] = mapped_column(ForeignKey("instance.id", ondelete="CASCADE"))
    activity_id: Mapped[int]
    wait_id: Mapped[str] = mapped_column(String(200))
    element: Mapped[str] = mapped_column(String(200))
    awaited: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(200))
    correlation: Mapped[str | None] = mapped_column(String(200))

    __table_args__ = (
        UniqueConstraint("instance_id", "activity_id", "wait_id"),
        Index(None, "awaited", "name", "correlation"),
    )


class HeldMessage(Row):
    """A message for which nobody waited when it came; whoever waits for it before `expires_at` gets it.

    `key` is the sender's, so that a message sent again is held once. `bound_to` is the conversation of a case
    that spoke without a key, while somebody in it could still listen.
    """

    __tablename__ = "held_message"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(200), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    correlation: Mapped[str | None] = mapped_column(String(200))
    variables: Mapped[Any] = mapped_column(Json)
    sender_id: Mapped[int | None] = mapped_column(ForeignKey("instance.id", ondelete="CASCADE"), index=True)
    bound_to: Mapped[str | None] = mapped_column(String(200))
    sent_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant, index=True)

    __table_args__ = (Index(None, "name", "correlation"),)


class AnsweredRequest(Row):
    """What another program was answered, so that the same request sent again does nothing and hears the same."""

    __tablename__ = "answered_request"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(200))
    digest: Mapped[str] = mapped_column(String(64))
    answer: Mapped[Any] = mapped_column(Json)
    answered_at: Mapped[datetime] = mapped_column(Instant, index=True)

    __table_args__ = (UniqueConstraint("account_id", "key"),)


class Incident(Row):
    """A fault in a running case that a person sees and mends."""

    __tablename__ = "incident"

    id: Mapped[int] = mapped_column(primary_key=True)
    instance_id: Mapped[int] = mapped_column(ForeignKey("instance.id", ondelete="CASCADE"))
    activity_id: Mapped[int]
    element: Mapped[str] = mapped_column(String(200))
    code: Mapped[str] = mapped_column(String(60))
    message: Mapped[str] = mapped_column(Text)
    opened_at: Mapped[datetime] = mapped_column(Instant)
    resolved_at: Mapped[datetime | None] = mapped_column(Instant)

    __table_args__ = (Index(None, "instance_id", "resolved_at"), Index(None, "resolved_at", "id"))
