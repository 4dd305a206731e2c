"""A person's step, a start, and whole cases: engine and commit, no HTTP, one process."""

from collections.abc import Iterator
from functools import partial
from time import perf_counter
from typing import Any

from tests.bench.diagrams import ANSWERS, APPROVERS, FORM, three_approvals
from tests.bench.floor import floor_of
from tests.bench.ground import Ground
from tests.bench.timing import milliseconds, percentile
from tests.support.publishing import publish_diagram

WARM_UP = 20
CASES = 150
ROUNDS = 4


def measure(ground: Ground) -> dict[str, Any]:
    publish_diagram(ground.core, three_approvals(), putusan=FORM)
    _whole_cases(ground, WARM_UP)
    steps, floors, starts, rates = [], [], [], []
    for _round in range(ROUNDS):  # in turns, so that what disturbs the one disturbs the other
        starts += milliseconds(partial(ground.start, "proses") for _case in range(CASES // ROUNDS))
        for _approval in APPROVERS:
            steps += milliseconds(_completions(ground))
        floors += floor_of(ground, CASES // ROUNDS * len(APPROVERS))
        rates.append(_whole_cases(ground, CASES // ROUNDS))
    step, floor = percentile(steps, 50), percentile(floors, 50)
    return {
        "floor_ms": floor,
        "step_ms_p50": step,
        "step_ms_p95": percentile(steps, 95),
        "step_over_floor": round(step / floor, 2),
        "start_ms_p50": percentile(starts, 50),
        "instances_per_s": round(percentile(rates, 50), 1),
    }


def _whole_cases(ground: Ground, number: int) -> float:
    """Start and three completions each; how many a second."""
    began = perf_counter()
    for _case in range(number):
        ground.start("proses")
    for _approval in APPROVERS:
        for complete in _completions(ground):
            complete()
    return number / (perf_counter() - began)


def _completions(ground: Ground) -> Iterator[partial[None]]:
    with ground.connect() as connection:
        rows = connection.execute("SELECT id, element FROM work_item WHERE state = 'open' ORDER BY id").fetchall()
    return (partial(ground.complete, item_id, APPROVERS[element], ANSWERS) for item_id, element in rows)
