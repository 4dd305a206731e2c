"""Entries are written with the change they speak of, in the same transaction."""

from typing import Any

from engine.audit.model import AuditEntry
from engine.base.rows import insert_rows
from engine.base.unit_of_work import UnitOfWork


def record(
    work: UnitOfWork, act: str, subject: str, subject_id: int | None, instance_id: int | None = None, **facts: Any
) -> None:
    """Say that the actor of this work did `act` (such as "work_item.completed") to a subject."""
    work.entries.append(
        {
            "at": work.now,
            "account_id": work.actor.account_id,
            "employee_id": work.actor.employee_id,
            "actor_name": work.actor.name,
            "act": act,
            "subject": subject,
            "subject_id": subject_id,
            "instance_id": instance_id,
            "facts": facts,
        }
    )


def write_entries(work: UnitOfWork) -> None:
    """All that was recorded in this work, in its order: the last thing before the commit."""
    insert_rows(work.session, AuditEntry, work.entries)
