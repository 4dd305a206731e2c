"""Ten thousand timers due at once, then a hundred a second; two workers and the beat as processes of their own."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from time import monotonic, sleep
from typing import Any

from tests.bench.diagrams import waiting
from tests.bench.ground import Ground
from tests.bench.timing import percentile
from tests.support.programs import program
from tests.support.publishing import publish_diagram
from workers.application import application
from workers.processes import workers_answer

AT_ONCE = 10_000
A_SECOND = 100
SECONDS = 20
WORKERS = 2
LEAD = timedelta(seconds=4)
PATIENCE_SECONDS = 240
ISO = 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"'


def measure(ground: Ground) -> dict[str, Any]:
    publish_diagram(ground.core, waiting())
    ground.start("proses")
    with workers(ground):
        _fire(ground, 500, timedelta(0))  # everything is compiled and connected after that
        began = _fire(ground, AT_ONCE, timedelta(0))
        fired = [moment for _due, moment in _fired_since(ground, began)]
        per_second = len(fired) / (max(fired) - began).total_seconds()
        began = _fire(ground, A_SECOND * SECONDS, timedelta(seconds=1) / A_SECOND)
        lags = [(fired - due).total_seconds() for due, fired in _fired_since(ground, began)]
    return {"timers_per_s": round(per_second), "timer_lag_p99_s": percentile(lags, 99)}


@contextmanager
def workers(ground: Ground) -> Iterator[None]:
    """As processes of their own, with the beat, while the block lasts."""
    app = application(ground.core.settings)
    with ExitStack() as programs:
        for number in range(WORKERS):
            folder = ground.folder / f"worker_{number}"
            programs.enter_context(program("worker", "--threads", "2", folder=folder, env=ground.env))
        programs.enter_context(program("beat", folder=ground.folder / "beat", env=ground.env))
        wait_until(lambda: workers_answer(app))
        yield


def _fire(ground: Ground, number: int, apart: timedelta) -> datetime:
    """Copy the case that waits so many times, its timers due from the returned moment on; wait until all have fired.

    A machine that is too busy is not waited for longer than the bench has time: what has fired by then counts.
    """
    began = datetime.now(UTC) + LEAD
    with ground.connect() as connection:
        (template,) = connection.execute("SELECT min(id) FROM instance").fetchone() or (0,)
        (last,) = connection.execute("SELECT max(id) FROM instance").fetchone() or (0,)
        (due,) = connection.execute("SELECT due_at FROM timer ORDER BY id LIMIT 1").fetchone() or (began,)
        given = {"of": template, "from": last, "n": number, "at": began, "apart": apart, "iso": ISO}
        given["due"] = due.astimezone(UTC).isoformat()
        for statement in COPY:
            connection.execute(statement.encode(), given)
        connection.execute("ANALYZE instance, job, timer, activity_record")
    wait_until(lambda: not _open(ground))
    return began


def _open(ground: Ground) -> int:
    query = (
        "SELECT count(*) FROM job WHERE kind = 'timer.fire' AND state = 'waiting' AND due_at < now() + interval '1 day'"
    )
    with ground.connect() as connection:
        (left,) = connection.execute(query).fetchone() or (0,)
    return int(left)


def _fired_since(ground: Ground, began: datetime) -> list[tuple[datetime, datetime]]:
    query = "SELECT due_at, finished_at FROM job WHERE kind = 'timer.fire' AND state = 'done' AND due_at >= %s"
    with ground.connect() as connection:
        return connection.execute(query, (began,)).fetchall()


def wait_until(is_so: Any) -> None:
    end = monotonic() + PATIENCE_SECONDS
    while not is_so() and monotonic() < end:
        sleep(0.5)


COPY = (
    """
    INSERT INTO instance (id, number, title, definition_id, version_id, process_id, unit_id, starter_id, state,
        state_text, variables, revision, started_at)
    SELECT %(from)s + n, 'COPY-' || %(from)s + n, title, definition_id, version_id, process_id, unit_id, starter_id,
        state, replace(state_text, %(due)s, to_char((%(at)s + n * %(apart)s) AT TIME ZONE 'UTC', %(iso)s)),
        variables, revision, started_at
    FROM instance, generate_series(1, %(n)s) n WHERE id = %(of)s
    """,
    "SELECT setval('instance_id_seq', %(from)s + %(n)s + 0)",
    """
    INSERT INTO activity_record (instance_id, activity_id, element, node, kind, opened_at, closed_at, was_cancelled)
    SELECT %(from)s + n, activity_id, element, node, kind, opened_at, closed_at, was_cancelled
    FROM activity_record, generate_series(1, %(n)s) n WHERE instance_id = %(of)s
    """,
    """
    WITH copied AS (
        INSERT INTO job (kind, key, instance_id, payload, state, due_at, attempts, created_at)
        SELECT kind, 'timer.fire:' || %(from)s + n || ':1:0', %(from)s + n,
            replace(payload, '"instance_id":' || %(of)s || ',', '"instance_id":' || %(from)s + n || ','),
            state, %(at)s + n * %(apart)s, 0, created_at
        FROM job, generate_series(1, %(n)s) n WHERE instance_id = %(of)s AND kind = 'timer.fire'
        RETURNING id, instance_id, due_at
    )
    INSERT INTO timer (instance_id, activity_id, timer_id, element, due_at, job_id)
    SELECT copied.instance_id, activity_id, timer_id, element, copied.due_at, copied.id
    FROM copied, timer WHERE timer.instance_id = %(of)s
    """,
)
