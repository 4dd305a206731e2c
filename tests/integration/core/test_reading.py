from datetime import date

from sqlalchemy import func, select

from engine.audit.model import AuditEntry
from engine.audit.operations import record
from engine.core.core import Core
from engine.organisation.queries import position_ids_held
from tests.support.statements import asked

ENTRIES = select(func.count()).select_from(AuditEntry)
TODAY = date(2026, 11, 23)


def test_a_reading_sees_one_instant(core: Core):
    with core.read() as reading:
        before = reading.session.scalar(ENTRIES)
        with core.work() as work:
            record(work, "something.happened", "nothing", None)
        assert reading.session.scalar(ENTRIES) == before
    with core.read() as reading:
        assert reading.session.scalar(ENTRIES) == 1


def test_a_look_asks_once(core: Core):
    with core.read() as reading, asked(core.engine) as statements:
        assert [position_ids_held(reading.session, 1, TODAY) for _time in range(2)] == [frozenset(), frozenset()]
    assert len(statements) == 1


def test_an_act_asks_again_what_it_may_have_changed(core: Core):
    with core.work() as work, asked(core.engine) as statements:
        assert [position_ids_held(work.session, 1, TODAY) for _time in range(2)] == [frozenset(), frozenset()]
    assert len(statements) == 2
