"""Process definitions and their immutable versions."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engine.base.database import Instant, Json, Row


class VersionState(StrEnum):
    DRAFT = "draft"  # something is missing; cannot run
    READY = "ready"  # can run, not yet in force
    PUBLISHED = "published"  # in force: new cases start on it
    RETIRED = "retired"  # a later version is in force; running cases stay on this one


class ProcessDefinition(Row):
    """`key` is the BPMN process id, `prefix` begins the case numbers (SM-2026-00042)."""

    __tablename__ = "process_definition"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(120), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    prefix: Mapped[str] = mapped_column(String(10), unique=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(Instant)


class DefinitionVersion(Row):
    """One text of a process. `identity` is the SOP's identity block, `problems` what the check found."""

    __tablename__ = "definition_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    definition_id: Mapped[int] = mapped_column(ForeignKey("process_definition.id"))
    number: Mapped[int]
    state: Mapped[VersionState] = mapped_column(String(12))
    digest: Mapped[str] = mapped_column(String(64))
    filename: Mapped[str] = mapped_column(String(200))
    source: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    identity: Mapped[Any] = mapped_column(Json)
    problems: Mapped[Any] = mapped_column(Json)
    deployed_at: Mapped[datetime] = mapped_column(Instant)
    deployed_by: Mapped[str] = mapped_column(String(200))
    published_at: Mapped[datetime | None] = mapped_column(Instant)
    definition: Mapped[ProcessDefinition] = relationship()
    forms: Mapped[list["FormText"]] = relationship(cascade="all, delete-orphan")
    decisions: Mapped[list["DecisionText"]] = relationship(cascade="all, delete-orphan")
    processes: Mapped[list["VersionProcess"]] = relationship(cascade="all, delete-orphan")

    __table_args__ = (UniqueConstraint("definition_id", "number"), Index(None, "definition_id", "state"))


class FormText(Row):
    """A form of a version, as form-js JSON."""

    __tablename__ = "form_text"

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("definition_version.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(120))
    schema: Mapped[Any] = mapped_column(Json)

    __table_args__ = (UniqueConstraint("version_id", "key"),)


class DecisionText(Row):
    """The decision tables of a version: one DMN file as it was uploaded."""

    __tablename__ = "decision_text"

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("definition_version.id", ondelete="CASCADE"))
    filename: Mapped[str] = mapped_column(String(200))
    source: Mapped[bytes] = mapped_column(LargeBinary)

    __table_args__ = (UniqueConstraint("version_id", "filename"),)


class VersionProcess(Row):
    """A process that a version holds: one for each pool or process of its file."""

    __tablename__ = "version_process"

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("definition_version.id", ondelete="CASCADE"))
    process_id: Mapped[str] = mapped_column(String(120), index=True)
    name: Mapped[str] = mapped_column(String(200))

    __table_args__ = (UniqueConstraint("version_id", "process_id"),)


class VersionCall(Row):
    """A process in another file that a version calls, bound once and for all to one version of that file."""

    __tablename__ = "version_call"

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("definition_version.id", ondelete="CASCADE"))
    process_id: Mapped[str] = mapped_column(String(120))
    called_version_id: Mapped[int] = mapped_column(ForeignKey("definition_version.id"), index=True)

    __table_args__ = (UniqueConstraint("version_id", "process_id"),)


class StartTrigger(Row):
    """What starts cases of a version in force by itself: a message, a signal, or a timer with its next job.

    `kind` is an EventKind; `name` that of the message or signal, empty for a timer.
    """

    __tablename__ = "start_trigger"

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("definition_version.id", ondelete="CASCADE"))
    process_id: Mapped[str] = mapped_column(String(120))
    element: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(12))
    name: Mapped[str] = mapped_column(String(200))
    job_id: Mapped[int | None] = mapped_column(ForeignKey("job.id"))

    __table_args__ = (Index(None, "kind", "name"), Index(None, "version_id"))
