"""Ten thousand reminders due when the office opens: how late the last of them comes, on two workers of their own."""

from datetime import UTC, datetime, timedelta
from typing import Any

from engine.calendar.hours import add_working_time
from engine.calendar.queries import working_hours
from tests.bench.diagrams import FORM, three_approvals
from tests.bench.ground import Ground
from tests.bench.timers import LEAD, wait_until, workers
from tests.support.publishing import publish_diagram

AT_ONCE = 10_000
PEOPLE = 6
A_WEEK = timedelta(days=7)


class NotAllTold(AssertionError):
    """A reminder that tells nobody is none."""


def measure(ground: Ground) -> dict[str, Any]:
    publish_diagram(ground.core, three_approvals(), putusan=FORM)
    ground.start("proses")
    with workers(ground):
        _remind(ground, 500)  # everything is compiled and connected after that
        return {"escalation_peak_s": round(_remind(ground, AT_ONCE), 1)}


def _remind(ground: Ground, number: int) -> float:
    """Copy a case with its task so many times, their reminders due at once; seconds from then until the last is told.

    By their calendar the moment was a week ago, so that the figure does not depend on the hour at which it is taken.
    """
    due_at = datetime.now(UTC) + LEAD
    with ground.core.read() as reading:
        hours = working_hours(reading.session, reading.settings.zone)
    with ground.connect() as connection:
        (before,) = connection.execute(TOLD).fetchone() or (0,)
        (template,) = connection.execute("SELECT min(id) FROM instance").fetchone() or (0,)
        (last,) = connection.execute("SELECT max(id) FROM instance").fetchone() or (0,)
        risk_at = add_working_time(datetime.now(UTC) - A_WEEK, timedelta(minutes=1), hours)
        given = {"of": template, "from": last, "n": number, "people": PEOPLE, "at": due_at, "risk": risk_at}
        for statement in COPY:
            connection.execute(statement.encode(), given)
        connection.execute("ANALYZE instance, job, work_item")
    wait_until(lambda: not _count(ground, LEFT))
    took = (datetime.now(UTC) - due_at).total_seconds()
    if _count(ground, TOLD) - before != number:
        raise NotAllTold(f"{_count(ground, TOLD) - before} of {number}")
    return took


def _count(ground: Ground, query: str) -> int:
    with ground.connect() as connection:
        (count,) = connection.execute(query.encode()).fetchone() or (0,)
    return int(count)


TOLD = "SELECT count(*) FROM notice WHERE kind = 'sla.at_risk'"
LEFT = "SELECT count(*) FROM job WHERE kind = 'sla.remind' AND state = 'waiting' AND due_at < now() + interval '1 hour'"
COPY = (
    """
    INSERT INTO instance (id, number, title, definition_id, version_id, process_id, unit_id, starter_id, state,
        state_text, variables, revision, started_at)
    SELECT %(from)s + n, 'COPY-' || %(from)s + n, title, definition_id, version_id, process_id, unit_id, starter_id,
        state, state_text, variables, revision, started_at
    FROM instance, generate_series(1, %(n)s) n WHERE id = %(of)s
    """,
    "SELECT setval('instance_id_seq', %(from)s + %(n)s + 0)",
    """
    WITH copied AS (
        INSERT INTO work_item (instance_id, definition_id, activity_id, element, node, title, unit_id, state,
            assignee_id, routed_to_id, assignment_reason, opened_at, claimed_at, risk_at, due_at)
        SELECT %(from)s + n, definition_id, activity_id, element, node, title, unit_id, state,
            1 + n %% %(people)s, 1 + n %% %(people)s, assignment_reason, opened_at, claimed_at,
            %(risk)s, %(at)s + interval '1 day'
        FROM work_item, generate_series(1, %(n)s) n WHERE instance_id = %(of)s
        RETURNING id, instance_id
    )
    INSERT INTO job (kind, key, instance_id, payload, state, due_at, attempts, created_at)
    SELECT 'sla.remind', 'sla.remind:' || id, instance_id, '{"work_item_id":' || id || '}', 'waiting', %(at)s, 0, %(at)s
    FROM copied
    """,
)
