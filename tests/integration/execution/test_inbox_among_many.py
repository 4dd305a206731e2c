"""What the database does when thousands of items of others lie around hers: PostgreSQL tells its plan."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event, text
from sqlalchemy.orm import Session

from engine.base.clock import FrozenClock
from engine.execution.inbox import inbox
from engine.worklist.terms import Sort, Terms
from engine.worklist.views import Reader, View
from tests.support.offices import SmallOffice, a_small_office, a_work_item, an_instance

MANY = """
    INSERT INTO work_item (instance_id, activity_id, element, node, title, unit_id, state, priority, assignee_id,
        assignment_reason, opened_at, due_at, closed_at, closed_by_id)
    SELECT :instance + n % 10000, 1000 + n, 'a', 'a', 'Periksa', :unit,
        CASE WHEN n % 4 = 0 THEN 'completed' ELSE 'open' END,
        CASE WHEN n % 500 = 1 THEN 1 ELSE 0 END, :rina, '{}', now(), now() + n * interval '1 minute',
        CASE WHEN n % 4 = 0 THEN now() END, CASE WHEN n % 4 = 0 THEN CAST(:rina AS integer) END
    FROM generate_series(1, 20000) n
"""
MANY_CASES = """
    INSERT INTO instance (number, title, definition_id, version_id, process_id, state, state_text, variables, words,
        revision, started_at)
    SELECT 'XX-' || n, 'Rapat', definition_id, version_id, '', 'active', '', '{}',
        'rapat' || lpad(CAST(n AS text), 5, '0'), 1, now()
    FROM generate_series(1, 10000) n, (SELECT definition_id, version_id FROM instance LIMIT 1) one
"""


@pytest.fixture
def database_url(postgresql_url: str) -> str:
    return postgresql_url


@pytest.fixture
def reader(session: Session, clock: FrozenClock) -> Reader:
    """Siti, who has twenty items and leads the unit where tens of thousands wait."""
    office: SmallOffice = a_small_office(session)
    first = an_instance(session, clock.now())
    for number in range(20):
        due_at = clock.now() + timedelta(hours=number)
        a_work_item(
            session,
            first,
            clock.now(),
            activity_id=number,
            due_at=due_at,
            assignee_id=office.siti,
            unit_id=office.unit_id,
        )
    session.execute(text(MANY_CASES))
    session.execute(text(MANY), {"rina": office.rina, "unit": office.unit_id, "instance": first})
    session.commit()
    session.execute(text("ANALYZE"))
    return Reader(employee_id=office.siti, position_ids=frozenset(), unit_ids=frozenset({office.unit_id}))


@pytest.mark.parametrize("sort", Sort)
def test_a_page_is_read_by_indexes_wherever_it_begins(session, database, reader, clock, sort):
    plans = {}
    for view in (View.MINE, View.UNIT, View.DONE):
        cursor = inbox(session, reader, view, clock.now(), None, 3, Terms(sort=sort)).next_cursor
        for place in (None, cursor):
            plans[view, place] = plan_of_inbox(session, database, reader, view, clock, Terms(sort=sort), place)
    assert not [place for place, plan in plans.items() if "Seq Scan on work_item" in plan]


def test_words_are_found_by_their_index(session, database, reader, clock):
    plan = plan_of_inbox(session, database, reader, View.UNIT, clock, Terms(text="rapat00077"), None)
    assert "ix_instance_words" in plan


def plan_of_inbox(
    session: Session, engine: Engine, reader: Reader, view: View, clock: FrozenClock, terms: Terms, cursor: str | None
) -> str:
    noted: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
        noted.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", note)
    try:
        inbox(session, reader, view, clock.now(), cursor, terms=terms)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    statement, parameters = noted[-1]
    rows = session.connection().exec_driver_sql(f"EXPLAIN {statement}", parameters)
    return "\n".join(row[0] for row in rows)
