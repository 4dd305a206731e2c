"""Whether a step costs more the longer its case has lived."""

import json
from functools import partial
from typing import Any

from tests.bench.diagrams import around_and_around
from tests.bench.ground import Ground
from tests.bench.timing import milliseconds, percentile
from tests.support.publishing import publish_diagram

EARLY, LATE = 10, 1_000
CASES = 3
TURNS = 40


def measure(ground: Ground) -> dict[str, Any]:
    """Turns of old cases and of young ones are measured in turns, so that both have the same weather."""
    publish_diagram(ground.core, around_and_around())
    old = [ground.start("proses") for _case in range(CASES)]
    for case in old:
        _turn(ground, case, LATE - TURNS // 2)
    early: list[float] = []
    late: list[float] = []
    sizes: dict[int, int] = {}
    for _time in range(TURNS // EARLY):
        young = [ground.start("proses") for _case in range(CASES)]
        for case in young:
            _turn(ground, case, EARLY // 2)
        for _one in range(EARLY):
            for young_case, old_case in zip(young, old, strict=True):
                early += _turn(ground, young_case, 1)
                late += _turn(ground, old_case, 1)
        sizes = {EARLY: _state_bytes(ground, young[0]), LATE: _state_bytes(ground, old[0])}
    return {
        "growth": round(percentile(late, 50) / percentile(early, 50), 3),
        "state_bytes": {str(turn): size for turn, size in sizes.items()},
    }


def _turn(ground: Ground, instance_id: int, times: int) -> list[float]:
    taken = []
    with ground.connect() as connection:
        for _time in range(times):
            query = "SELECT id FROM work_item WHERE instance_id = %s AND state = 'open'"
            row = connection.execute(query, (instance_id,)).fetchone()
            connection.rollback()
            item_id = row[0] if row else 0
            taken += milliseconds([partial(ground.complete, item_id, "eko", {})])
    return taken


def _state_bytes(ground: Ground, instance_id: int) -> int:
    with ground.connect() as connection:
        row = connection.execute("SELECT state_text FROM instance WHERE id = %s", (instance_id,)).fetchone()
    text: str = row[0] if row else json.dumps(None)
    return len(text.encode())
