"""What was done, by whom and when: rows are added, never changed."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.base.database import Instant, Json, Row


class AuditEntry(Row):
    """`subject` names a kind of thing, `subject_id` which; `instance_id` the case when there is one.

    Ids are not foreign keys: an entry outlives what it speaks of.
    """

    __tablename__ = "audit_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)
    account_id: Mapped[int | None]
    employee_id: Mapped[int | None]
    actor_name: Mapped[str] = mapped_column(String(200))
    act: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int | None]
    instance_id: Mapped[int | None]
    facts: Mapped[Any] = mapped_column(Json)

    __table_args__ = (Index(None, "instance_id", "id"), Index(None, "at", "id"))
