"""Serials without gaps or doubles: of case numbers by prefix and year, of letters by register and year."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from engine.base.unit_of_work import UnitOfWork
from engine.execution.model import CaseSerial, LetterRegister


def next_number(work: UnitOfWork, prefix: str) -> str:
    """SM-2026-00042. The serial's row stays locked until the commit, so a number is never given twice."""
    year = work.now.astimezone(work.settings.zone).year
    return f"{prefix}-{year}-{_next_serial(work, CaseSerial, {'prefix': prefix, 'year': year}):05d}"


def next_in_register(work: UnitOfWork, register: str, year: int) -> int:
    """Registers count by themselves: one that is named like a procedure's prefix shares nothing with it."""
    return _next_serial(work, LetterRegister, {"register": register, "year": year})


def _next_serial(work: UnitOfWork, table: type[CaseSerial | LetterRegister], key: Mapping[str, Any]) -> int:
    values, counted = {**key, "last": 1}, {"last": table.last + 1}
    if work.session.get_bind().dialect.name == "postgresql":
        upsert = postgresql.insert(table).values(values).on_conflict_do_update(index_elements=[*key], set_=counted)
        return work.session.scalars(upsert.returning(table.last)).one()
    upsert_sqlite = sqlite.insert(table).values(values).on_conflict_do_update(index_elements=[*key], set_=counted)
    return work.session.scalars(upsert_sqlite.returning(table.last)).one()
