"""The manager's board over years of an office's work, each view as its page reads it."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from engine.base.actor import Actor
from engine.base.unit_of_work import Reading
from engine.insight.bottlenecks import done_again, medians, reasons, returned
from engine.insight.cases_by import case_counts, cases_by_procedure, cases_by_unit
from engine.insight.days import Days, weeks_before
from engine.insight.figures import make_missing
from engine.insight.figures_by import By, case_totals, figures_by, totals, weeks
from engine.insight.load import ahead, load
from engine.insight.pressing import pressing, stopped
from engine.insight.steps import Outcome, StepsWanted, steps
from engine.insight.within import Within
from tests.bench.diagrams import around_and_around
from tests.bench.ground import Ground
from tests.bench.timing import milliseconds, percentile
from tests.support.publishing import publish_diagram

READS = 15
WARM_UP = 3
DAYS = 3 * 365
UNITS, PEOPLE, PROCEDURES, STEPS = 40, 300, 40, 6
FIRST = 1_000_000
OFFICE = Within(units=None)
View = Callable[[Reading, Days, Within], object]


def measure(ground: Ground, items: int) -> dict[str, Any]:
    publish_diagram(ground.core, around_and_around())
    ground.start("proses")
    _fill(ground, items)
    made_s = _make(ground)
    found = {name: percentile(_reads(ground, view), 95) for name, view in VIEWS.items()}
    return {"board_ms_p95": found, "board_worst_ms": max(found.values()), "figures_made_s": made_s}


def _reads(ground: Ground, view: View) -> list[float]:
    """Of a quarter of the whole office that ends with the day that still runs: it is counted from its rows."""
    return milliseconds(partial(_read, ground, view) for _turn in range(WARM_UP + READS))[WARM_UP:]


def _read(ground: Ground, view: View) -> None:
    with ground.core.read(Actor(account_id=1, employee_id=FIRST, name="Kepala", roles=AUDITOR)) as reading:
        today = reading.now.astimezone(reading.settings.zone).date()
        view(reading, Days(first=today - timedelta(days=90), last=today), OFFICE)


AUDITOR = frozenset({"auditor"})


def _now(reading: Reading, days: Days, within: Within) -> None:
    counted = case_counts(reading, days, within)
    cases_by_unit(reading, counted)
    cases_by_procedure(reading, counted)
    pressing(reading, within)
    stopped(reading, within)
    ahead(reading, within)
    weeks(reading, weeks_before(days, 13), within)


def _by(by: By, reading: Reading, days: Days, within: Within) -> None:
    if by is By.PERSON:
        totals(reading, days, within)
    case_totals(reading, days, within)
    figures_by(reading, days, within, by)
    weeks(reading, weeks_before(days, 13), within)


def _procedure(reading: Reading, days: Days, _within: Within) -> None:
    within = Within(units=None, definition_id=FIRST)
    figures_by(reading, days, within, By.STEP)
    medians(reading, days, within)
    done_again(reading, days, within)
    case_totals(reading, days, within)


def _load(reading: Reading, _days: Days, within: Within) -> None:
    load(reading, within, ahead(reading, within).due_until)


def _bottlenecks(reading: Reading, days: Days, within: Within) -> None:
    figures_by(reading, days, within, By.STEP)
    reasons(reading, days, within)


def _own(reading: Reading, days: Days, _within: Within) -> None:
    within = Within(units=None, employee_id=FIRST + 7)
    figures_by(reading, days, within, By.STEP)
    weeks(reading, weeks_before(days, 13), within)


def _steps(within: Within, reading: Reading, days: Days, _within: Within) -> None:
    steps(reading, StepsWanted(within=within, days=days, outcome=Outcome.MISSED))


def _returned(reading: Reading, days: Days, within: Within) -> None:
    returned(reading, days, within, "Lampiran kurang")


VIEWS: Mapping[str, View] = {
    "now": _now,
    **{f"by {by}": partial(_by, by) for by in By},
    "one procedure": _procedure,
    "load": _load,
    "bottlenecks": _bottlenecks,
    "own figures": _own,
    "list of all": partial(_steps, OFFICE),
    "list of a unit": partial(_steps, Within(units=None, unit_id=FIRST + 3)),
    "list of a step": partial(_steps, Within(units=None, definition_id=FIRST + 3, element="langkah-2")),
    "list of a person": partial(_steps, Within(units=None, employee_id=FIRST + 3)),
    "list of returns": _returned,
}


def _make(ground: Ground) -> float:
    """All figures of all days, in portions as at night."""

    def make() -> None:
        while True:
            with ground.core.work() as work:
                if make_missing(work, 10) < 10:
                    return

    seconds = milliseconds([make])[0] / 1000
    _tidy(ground)
    return round(seconds, 1)


def _fill(ground: Ground, items: int) -> None:
    given = {
        "first": FIRST,
        "units": UNITS,
        "people": PEOPLE,
        "procedures": PROCEDURES,
        "steps": STEPS,
        "items": items,
        "cases": items // STEPS + 1,
        "since": ground.core.clock.now().date() - timedelta(days=DAYS),
        "seconds": DAYS * 86_400 / items,
    }
    with ground.connect() as connection:
        for statement in FILL:
            connection.execute(statement.encode(), given)
    _tidy(ground)


def _tidy(ground: Ground) -> None:
    with ground.connect() as connection:
        connection.autocommit = True
        connection.execute("VACUUM ANALYZE")


FILL = (
    """
    INSERT INTO unit (id, code, name)
    SELECT %(first)s + n, 'b-' || n, 'Seksi ' || n FROM generate_series(0, %(units)s - 1) n
    """,
    "INSERT INTO employee (id, name) SELECT %(first)s + n, 'Pegawai ' || n FROM generate_series(0, %(people)s - 1) n",
    """
    INSERT INTO account (id, username, password_hash, employee_id, language, is_active, created_at)
    SELECT %(first)s + n, 'b-' || n, '', %(first)s + n, 'id', true, now() FROM generate_series(0, %(people)s - 1) n
    """,
    "INSERT INTO account_role (account_id, role) SELECT id, 'staff' FROM account WHERE id >= %(first)s",
    """
    INSERT INTO position (id, code, title, kind, unit_id, is_head_of_unit, seats)
    SELECT %(first)s + n, 'b-' || n, 'Jabatan ' || n, 'executive', %(first)s + n, false, 1
    FROM generate_series(0, %(units)s - 1) n
    """,
    """
    INSERT INTO process_definition (id, key, name, prefix, created_at)
    SELECT %(first)s + n, 'bench-' || n, 'Prosedur ' || n, 'B' || n, now() FROM generate_series(0, %(procedures)s - 1) n
    """,
    """
    INSERT INTO definition_version (id, definition_id, number, state, digest, filename, source, identity, problems,
        deployed_at, deployed_by)
    SELECT %(first)s + n, %(first)s + n, 1, 'published', n, 'p.bpmn', '', '{}', '[]', now(), 'x'
    FROM generate_series(0, %(procedures)s - 1) n
    """,
    """
    INSERT INTO instance (id, number, title, definition_id, version_id, unit_id, state, state_text, variables,
        revision, started_at, due_at, elapsed_minutes, ended_at)
    SELECT %(first)s + n, 'B-' || n, 'Berkas ' || n, %(first)s + n %% %(procedures)s, %(first)s + n %% %(procedures)s,
        %(first)s + n %% %(units)s, CASE WHEN n > %(cases)s * 0.99 THEN 'active' ELSE 'completed' END,
        repeat('x', 400), '{}', 1, at, at + interval '3 days', n %% 3000,
        CASE WHEN n <= %(cases)s * 0.99 THEN at + n %% 5 * interval '1 day' END
    FROM generate_series(0, %(cases)s - 1) n,
        LATERAL (SELECT %(since)s::timestamptz + n * %(seconds)s * %(steps)s * interval '1 second' AS at) t
    """,
    """
    INSERT INTO work_item (id, instance_id, definition_id, activity_id, element, node, title, unit_id, state,
        assignee_id, assignment_reason, opened_at, claimed_at, risk_at, due_at, closed_at, closed_by_id,
        waited_minutes, worked_minutes, norm_minutes)
    SELECT %(first)s + n, %(first)s + n / %(steps)s, %(first)s + n / %(steps)s %% %(procedures)s, n,
        'langkah-' || n %% %(steps)s, 'langkah-' || n %% %(steps)s, 'Langkah ' || n %% %(steps)s,
        %(first)s + person * %(units)s / %(people)s, CASE WHEN n > %(items)s * 0.99 THEN 'open' ELSE 'completed' END,
        %(first)s + person, '{"message": "", "params": {}}',
        at, at, at + interval '5 hours', at + interval '6 hours',
        CASE WHEN n <= %(items)s * 0.99 THEN at + n %% 480 * interval '1 minute' END,
        CASE WHEN n <= %(items)s * 0.99 THEN %(first)s + person END,
        abs(hashint4(n) %% 300), n %% 480, 15
    FROM generate_series(0, %(items)s - 1) n,
        LATERAL (SELECT %(since)s::timestamptz + n * %(seconds)s * interval '1 second' AS at,
            (n / %(steps)s %% %(procedures)s * 7 + n %% %(steps)s * 11 + abs(hashint4(n) %% 3)) %% %(people)s AS person
        ) t
    """,
    # Each step of each procedure is the work of three people; some lie in the queue of a unit, a few are nobody's.
    "UPDATE work_item SET assignee_id = NULL WHERE state = 'open' AND id %% 5 = 0",
    """
    INSERT INTO candidate (work_item_id, position_id)
    SELECT id, unit_id FROM work_item WHERE id >= %(first)s AND (state <> 'open' OR id %% 1000 > 0)
    """,
    """
    INSERT INTO work_return (instance_id, work_item_id, from_node, to_node, reason, is_recall, returned_at,
        returned_by_id, returned_by)
    SELECT instance_id, id, element, 'langkah-0',
        (ARRAY['Lampiran kurang', 'Tanda tangan belum ada', 'Nomor salah'])[1 + id %% 3], false, closed_at,
        closed_by_id, 'x'
    FROM work_item WHERE id %% 50 = 7 AND state = 'completed' AND id >= %(first)s
    """,
)
