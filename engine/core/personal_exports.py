"""Whoever takes personal data out of the house leaves a line in the trail."""

from engine.access.permissions import Permission, require
from engine.audit.operations import record
from engine.base.unit_of_work import UnitOfWork


def note_export(work: UnitOfWork, table: str, rows: int) -> None:
    """A table with NIPs, addresses or telephones."""
    require(work.actor, Permission.MANAGE_ORGANISATION)
    record(work, "organisation.exported", "organisation", None, name=table, items=rows)
