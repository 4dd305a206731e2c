"""Case numbers: prefix of the procedure, year of the office, serial without gaps or doubles."""

from sqlalchemy.dialects import postgresql, sqlite

from engine.base.unit_of_work import UnitOfWork
from engine.execution.model import CaseSerial


def next_number(work: UnitOfWork, prefix: str) -> str:
    """SM-2026-00042. The serial's row stays locked until the commit, so a number is never given twice."""
    year = work.now.astimezone(work.settings.zone).year
    return f"{prefix}-{year}-{_next_serial(work, prefix, year):05d}"


def _next_serial(work: UnitOfWork, prefix: str, year: int) -> int:
    values = {"prefix": prefix, "year": year, "last": 1}
    counted = {"last": CaseSerial.last + 1}
    keys = [CaseSerial.prefix, CaseSerial.year]
    if work.session.get_bind().dialect.name == "postgresql":
        upsert = postgresql.insert(CaseSerial).values(values).on_conflict_do_update(index_elements=keys, set_=counted)
        return work.session.scalars(upsert.returning(CaseSerial.last)).one()
    upsert_sqlite = sqlite.insert(CaseSerial).values(values).on_conflict_do_update(index_elements=keys, set_=counted)
    return work.session.scalars(upsert_sqlite.returning(CaseSerial.last)).one()
