"""One person's inbox, as its page reads it, in a small office and in one with thousands of people at work.

Each person has about as much to do in both; what grows is what lies around her.
"""

from functools import partial
from typing import Any

from engine.base.actor import Actor
from engine.execution.inbox import inbox
from engine.worklist.counts import counts
from engine.worklist.views import View, reader_of
from tests.bench.diagrams import around_and_around
from tests.bench.ground import Ground
from tests.bench.timing import milliseconds, percentile
from tests.support.publishing import publish_diagram

ITEMS_EACH = 200
ITEMS_OF_A_CASE = 5
SMALL = 1_000
READS = 300
VIEWS = (View.MINE, View.POOL, View.LATE)


def measure(ground: Ground, items: int, history: int) -> dict[str, Any]:
    publish_diagram(ground.core, around_and_around())
    ground.start("proses")
    found = {}
    last = 0
    for number, records in ((SMALL, SMALL * 10), (items, history)):
        _fill(ground, last, number, records)
        last = number
        found[str(number)] = percentile(_reads(ground, number), 95)
    return {"inbox_ms_p95": found}


def _reads(ground: Ground, items: int) -> list[float]:
    """By many people in turn, each looking at one of her views."""
    people = items // ITEMS_EACH
    readers = [
        (Actor(account_id=1, employee_id=FIRST + n % people, name="Pegawai"), VIEWS[n % len(VIEWS)])
        for n in range(READS)
    ]
    milliseconds(partial(_read, ground, *reader) for reader in readers[:50])
    return milliseconds(partial(_read, ground, *reader) for reader in readers)


def _read(ground: Ground, actor: Actor, view: View) -> None:
    with ground.core.read(actor) as reading:
        reader = reader_of(reading)
        if reader is None:
            raise LookupError("this employee does not exist")
        inbox(reading.session, reader, view, reading.now)
        counts(reading.session, reader, reading.now)


def _fill(ground: Ground, last: int, items: int, records: int) -> None:
    """Items from `last` on: four in five in somebody's hands, the fifth in the pool of a position; and records."""
    given = {"first": FIRST, "last": last, "items": items, "records": records}
    given |= {"each": ITEMS_EACH, "of_case": ITEMS_OF_A_CASE}
    with ground.connect() as connection:
        for statement in FILL:
            connection.execute(statement.encode(), given)
    with ground.connect() as connection:
        connection.autocommit = True
        connection.execute("VACUUM ANALYZE")


FIRST = 1_000_000
FILL = (
    """
    INSERT INTO position (id, code, title, kind, unit_id, is_head_of_unit, seats)
    SELECT n, 'bench-' || n, 'Jabatan ' || n, 'executive', (SELECT min(id) FROM unit), false, 1
    FROM generate_series(%(first)s + %(last)s / %(each)s, %(first)s + %(items)s / %(each)s - 1) n
    """,
    """
    INSERT INTO employee (id, name)
    SELECT n, 'Pegawai ' || n
    FROM generate_series(%(first)s + %(last)s / %(each)s, %(first)s + %(items)s / %(each)s - 1) n
    """,
    """
    INSERT INTO holding (employee_id, position_id, kind, starts_on)
    SELECT n, n, 'definitive', '2020-01-01'
    FROM generate_series(%(first)s + %(last)s / %(each)s, %(first)s + %(items)s / %(each)s - 1) n
    """,
    """
    INSERT INTO instance (id, number, title, definition_id, version_id, process_id, unit_id, starter_id, state,
        state_text, variables, words, revision, started_at)
    SELECT %(first)s + n, 'B-' || n, 'Berkas ' || n, definition_id, version_id, process_id, unit_id, starter_id, state,
        state_text, variables, words, revision, now()
    FROM generate_series(%(last)s / %(of_case)s, (%(items)s - 1) / %(of_case)s) n,
        (SELECT * FROM instance ORDER BY id LIMIT 1) pattern
    """,
    """
    INSERT INTO work_item (id, instance_id, activity_id, element, node, title, unit_id, state, assignee_id,
        assignment_reason, came_from, opened_at, claimed_at, risk_at, due_at)
    SELECT %(first)s + n, %(first)s + n / %(of_case)s, %(first)s + n, 'ulang', 'ulang', 'Periksa berkas ' || n,
        (SELECT min(id) FROM unit), 'open',
        CASE WHEN n %% 5 > 0 THEN %(first)s + n %% (%(items)s / %(each)s) END,
        '{"message": "", "params": {}}', 'Eko Prasetyo', now(), now(),
        now() + (n %% 7919 - 1000) * interval '1 minute', now() + (n %% 7919 - 900) * interval '1 minute'
    FROM generate_series(%(last)s, %(items)s - 1) n
    """,
    """
    INSERT INTO candidate (work_item_id, position_id)
    SELECT %(first)s + n, %(first)s + n / 5 %% (%(items)s / %(each)s) FROM generate_series(%(last)s, %(items)s - 1) n
    """,
    """
    INSERT INTO activity_record (instance_id, activity_id, element, node, kind, opened_at, closed_at, was_cancelled)
    SELECT (SELECT min(id) FROM instance), %(first)s + %(last)s * 10 + n, 'ulang', 'ulang', 'userTask', now(), now(),
        false
    FROM generate_series(1, %(records)s) n
    """,
)
