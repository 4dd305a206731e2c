"""The rows of a person's step, written by the bare driver: what no engine over this database can do without.

It locks and reads what a step must (the case and its item), and writes row for row what a step writes, in one
transaction on one connection: no engine, no ORM, statements prepared, equal rows sent together.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import psycopg

from tests.bench.ground import Ground
from tests.bench.timing import milliseconds

_serial = count(1)
DAY = timedelta(days=1)

READ = """
    SELECT i.*, w.*, (SELECT mark FROM edition) FROM instance i JOIN work_item w ON w.instance_id = i.id
    WHERE w.id = %s FOR UPDATE OF i, w
"""
CLOSE_ITEM = """
    UPDATE work_item SET state = 'completed', closed_at = %s, closed_by_id = assignee_id, closed_by_name = %s,
    answers = %s, draft = NULL WHERE id = %s
"""
CANCEL_JOBS = (
    "UPDATE job SET state = 'cancelled', finished_at = %s WHERE key IN (%s, %s) AND state IN ('waiting', 'leased')"
)
MOVE = "UPDATE instance SET state_text = %s, variables = %s, revision = revision + 1 WHERE id = %s"
RECORDS = """
    INSERT INTO activity_record (instance_id, activity_id, element, node, kind, opened_at, closed_at, was_cancelled)
    VALUES (%s, %s, %s, %s, 'exclusiveGateway', %s, %s, false), (%s, %s, %s, %s, 'userTask', %s, NULL, false)
"""
CLOSE_RECORD = (
    "UPDATE activity_record SET closed_at = %s, was_cancelled = false WHERE instance_id = %s AND activity_id = %s"
)
OPEN_ITEM = """
    INSERT INTO work_item (instance_id, activity_id, element, node, title, unit_id, state, assignee_id,
    assignment_reason, came_from, opened_at, claimed_at, risk_at, due_at)
    VALUES (%s, %s, %s, %s, %s, %s, 'open', %s, %s, %s, %s, %s, %s, %s) RETURNING id
"""
CANDIDATE = "INSERT INTO candidate (work_item_id, position_id) VALUES (%s, %s)"
JOBS = """
    INSERT INTO job (kind, key, instance_id, payload, state, due_at, attempts, created_at)
    VALUES ('sla.remind', %s, %s, %s, 'waiting', %s, 0, %s), ('sla.overdue', %s, %s, %s, 'waiting', %s, 0, %s)
"""
NOTICE = """
    INSERT INTO notice (key, employee_id, kind, facts, instance_id, work_item_id, created_at)
    VALUES (%s, %s, 'work.arrived', %s, %s, %s, %s) ON CONFLICT (key) DO NOTHING RETURNING id
"""
ENTRIES = """
    INSERT INTO audit_entry (at, account_id, employee_id, actor_name, act, subject, subject_id, instance_id, facts)
    VALUES (%s, %s, %s, %s, 'work_item.completed', 'work_item', %s, %s, %s),
    (%s, %s, %s, %s, 'work_item.opened', 'work_item', %s, %s, %s)
"""


def floor_of(ground: Ground, times: int) -> list[float]:
    """On a case in the middle of its way, over and over: each time its open item gives way to a new one."""
    instance_id = ground.start("proses")
    with ground.connect() as connection:
        rows = _Rows(connection, instance_id)
        taken = milliseconds(rows.step for _time in range(times))
        connection.execute("DELETE FROM instance WHERE id = %s", (instance_id,))
    return taken


class _Rows:
    def __init__(self, connection: psycopg.Connection[Any], instance_id: int) -> None:
        self._connection = connection
        self._instance_id = instance_id
        query = "SELECT id, activity_id, assignee_id, unit_id FROM work_item WHERE instance_id = %s"
        self._item_id, self._activity_id, self._employee_id, self._unit_id = self._one(query, (instance_id,))
        query = "SELECT position_id FROM candidate WHERE work_item_id = %s"
        (self._position_id,) = self._one(query, (self._item_id,))
        query = "SELECT state_text, variables FROM instance WHERE id = %s"
        self._state, self._variables = self._one(query, (instance_id,))
        query = "SELECT assignment_reason FROM work_item WHERE id = %s"
        (self._reason,) = self._one(query, (self._item_id,))
        connection.commit()

    def step(self) -> None:
        run, now, item_id, instance_id = self._connection.execute, datetime.now(UTC), self._item_id, self._instance_id
        run(READ, (item_id,)).fetchone()
        run(CLOSE_ITEM, (now, "Citra Dewanti", '{"keputusan":"setuju","catatan":"Berkas lengkap."}', item_id))
        run(CANCEL_JOBS, (now, f"sla.remind:{item_id}", f"sla.overdue:{item_id}"))
        run(MOVE, (self._state, self._variables, instance_id))
        gateway, task = self._activity_id + 1, self._activity_id + 2
        places = ("boleh_setujui_2", "boleh_setujui_2"), ("setujui_3", "setujui_3")
        run(RECORDS, (instance_id, gateway, *places[0], now, now, instance_id, task, *places[1], now))
        run(CLOSE_RECORD, (now, instance_id, self._activity_id))
        new_id = self._open(task, now)
        run(CANDIDATE, (new_id, self._position_id))
        run(JOBS, (*self._job("sla.remind", new_id, now), *self._job("sla.overdue", new_id, now)))
        facts = json.dumps({"number": "PR-2026-00001", "case": "Undangan rapat koordinasi", "title": "Setujui"})
        run(NOTICE, (f"work.arrived:{new_id}:{next(_serial)}", self._employee_id, facts, instance_id, new_id, now))
        run(ENTRIES, tuple(self._entries(now, item_id, new_id)))
        self._connection.commit()
        self._item_id, self._activity_id = new_id, task

    def _open(self, activity_id: int, now: datetime) -> int:
        place = (self._instance_id, activity_id, "setujui_3", "setujui_3", "Setujui_3", self._unit_id)
        work = (self._employee_id, self._reason, "Citra Dewanti", now, now, now + DAY, now + DAY)
        (identity,) = self._one(OPEN_ITEM, (*place, *work))
        return int(identity)

    def _job(self, kind: str, item_id: int, now: datetime) -> tuple[Any, ...]:
        return (f"{kind}:{item_id}", self._instance_id, json.dumps({"work_item_id": item_id}), now + DAY, now)

    def _entries(self, now: datetime, *item_ids: int) -> Iterator[Any]:
        for item_id in item_ids:
            yield from (now, self._employee_id, self._employee_id, "Citra Dewanti", item_id, self._instance_id)
            yield self._reason

    def _one(self, query: str, values: tuple[Any, ...]) -> tuple[Any, ...]:
        row = self._connection.execute(query.encode(), values).fetchone()
        return tuple(row or ())
