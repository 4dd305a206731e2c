"""Ten thousand reminders due when the office opens, each with its mail: how late the last of them comes, on two
workers of their own and a mail server that takes whatever it is given.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from engine.calendar.hours import add_working_time
from engine.calendar.queries import working_hours
from tests.bench.diagrams import FORM, three_approvals
from tests.bench.ground import Ground
from tests.bench.timers import LEAD, wait_until, workers
from tests.support.publishing import publish_diagram
from tests.support.services import free_port

AT_ONCE = 10_000
PEOPLE = 6
A_WEEK = timedelta(days=7)


class NotAllTold(AssertionError):
    """A reminder that tells nobody is none."""


@dataclass
class Counter:
    """A mail server that counts."""

    port: int
    taken: int = 0

    async def handle_DATA(self, _server: SMTP, _session: Session, _envelope: Envelope) -> str:  # noqa: N802  # its name
        self.taken += 1
        return "250 OK"


def measure(ground: Ground) -> dict[str, Any]:
    publish_diagram(ground.core, three_approvals(), putusan=FORM)
    ground.start("proses")
    with ground.connect() as connection:
        connection.execute("UPDATE employee SET email = 'p' || id || '@kantor.example'")
    with _mail_server() as mails, workers(replace(ground, env=ground.env | _mail_settings(mails))):
        _remind(ground, mails, 500)  # everything is compiled and connected after that
        due_at = _remind(ground, mails, AT_ONCE)
    return {
        "escalation_peak_s": _seconds(ground, LAST_TOLD, due_at),
        "escalation_mails_s": _seconds(ground, LAST_MAILED, due_at),
        "escalation_own_lag_s": _seconds(ground, LONGEST_LAG, due_at),
    }


def _seconds(ground: Ground, query: str, due_at: datetime) -> float:
    with ground.connect() as connection:
        (seconds,) = connection.execute(query.encode(), {"at": due_at}).fetchone() or (0,)
    return round(float(seconds or 0), 1)


@contextmanager
def _mail_server() -> Iterator[Counter]:
    counter = Counter(port=free_port())
    controller = Controller(counter, hostname="127.0.0.1", port=counter.port)
    controller.start()
    try:
        yield counter
    finally:
        controller.stop()


def _mail_settings(mails: Counter) -> dict[str, str]:
    return {
        "TATAKERJA_SMTP_HOST": "127.0.0.1",
        "TATAKERJA_SMTP_PORT": str(mails.port),
        "TATAKERJA_SMTP_STARTTLS": "0",
        "TATAKERJA_MAIL_FROM": "tatakerja@kantor.example",
    }


def _remind(ground: Ground, mails: Counter, number: int) -> datetime:
    """Copy a case with its task so many times, their reminders due at once: when that was, once all have their mail.

    A machine that is too busy is not waited for: what was mailed by then counts.

    By their calendar the moment was a week ago, so that the figure does not depend on the hour at which it is taken.
    """
    due_at, taken = datetime.now(UTC) + LEAD, mails.taken
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
    wait_until(lambda: mails.taken - taken >= number and not _count(ground, LEFT))
    if _count(ground, TOLD) - before != number:
        raise NotAllTold(f"{_count(ground, TOLD) - before} of {number}")
    return due_at


def _count(ground: Ground, query: str) -> int:
    with ground.connect() as connection:
        (count,) = connection.execute(query.encode()).fetchone() or (0,)
    return int(count)


TOLD = "SELECT count(*) FROM notice WHERE kind = 'sla.at_risk'"
LEFT = """
    SELECT count(*) FROM job WHERE kind IN ('sla.remind', 'notices.dispatch', 'delivery.send')
        AND state IN ('waiting', 'leased') AND due_at < now() + interval '1 hour'
"""
LAST_TOLD = (
    "SELECT extract(epoch FROM max(finished_at) - %(at)s) FROM job WHERE kind = 'sla.remind' AND due_at = %(at)s"
)
LAST_MAILED = "SELECT extract(epoch FROM max(ended_at) - %(at)s) FROM delivery WHERE created_at >= %(at)s"
LONGEST_LAG = """
    SELECT extract(epoch FROM max(finished_at - due_at)) FROM job WHERE kind <> 'delivery.send' AND due_at >= %(at)s
"""
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
