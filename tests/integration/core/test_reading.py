from sqlalchemy import func, select

from engine.audit.model import AuditEntry
from engine.audit.operations import record
from engine.core.core import Core

ENTRIES = select(func.count()).select_from(AuditEntry)


def test_a_reading_sees_one_instant(core: Core):
    with core.read() as reading:
        before = reading.session.scalar(ENTRIES)
        with core.work() as work:
            record(work, "something.happened", "nothing", None)
        assert reading.session.scalar(ENTRIES) == before
    with core.read() as reading:
        assert reading.session.scalar(ENTRIES) == 1
