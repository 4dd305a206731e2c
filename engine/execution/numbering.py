"""Serials without gaps or doubles: of case numbers by prefix and year, of letters by register and year."""

from collections.abc import Mapping
from typing import Any

from engine.base.rows import insert_and_read
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
    name = table.__tablename__
    counted = f"ON CONFLICT ({', '.join(key)}) DO UPDATE SET last = {name}.last + 1 RETURNING last"
    ((last,),) = insert_and_read(work.session, table, [{**key, "last": 1}], counted)
    return int(last)
