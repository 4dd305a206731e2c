"""A person's step, a start, and whole cases: engine and commit, no HTTP, one process."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
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
CALLERS = 4  # at once, in threads of the one process: two for each core of the machine of the targets
THREADS = 8  # as many as one process of the web server has


def measure(ground: Ground) -> dict[str, Any]:
    publish_diagram(ground.core, three_approvals(), putusan=FORM)
    _whole_cases(ground, WARM_UP, callers=THREADS)
    steps, floors, starts = [], [], []
    rates: dict[int, list[float]] = {1: [], CALLERS: [], THREADS: []}
    for _round in range(ROUNDS):  # in turns, so that what disturbs the one disturbs the other
        starts += milliseconds(partial(ground.start, "proses") for _case in range(CASES // ROUNDS))
        for _approval in APPROVERS:
            steps += milliseconds(_completions(ground))
        floors += floor_of(ground, CASES // ROUNDS * len(APPROVERS))
        for callers, found in rates.items():
            found.append(_whole_cases(ground, CASES // ROUNDS * callers, callers=callers))
    step, floor = percentile(steps, 50), percentile(floors, 50)
    return {
        "floor_ms": floor,
        "step_ms_p50": step,
        "step_ms_p95": percentile(steps, 95),
        "step_over_floor": round(step / floor, 2),
        "start_ms_p50": percentile(starts, 50),
        "instances_per_s": round(percentile(rates[CALLERS], 50), 1),
        "instances_per_s_one_caller": round(percentile(rates[1], 50), 1),
        "instances_per_s_eight_callers": round(percentile(rates[THREADS], 50), 1),
    }


def _whole_cases(ground: Ground, number: int, *, callers: int) -> float:
    """Start and three completions each, by so many callers at once; how many a second."""
    with ThreadPoolExecutor(callers) as threads:
        began = perf_counter()
        _do_all(threads, (partial(ground.start, "proses") for _case in range(number)))
        for _approval in APPROVERS:
            _do_all(threads, _completions(ground))
        return number / (perf_counter() - began)


def _do_all(threads: ThreadPoolExecutor, acts: Iterable[Callable[[], object]]) -> None:
    for done in [threads.submit(act) for act in acts]:
        done.result()


def _completions(ground: Ground) -> Iterator[partial[None]]:
    with ground.connect() as connection:
        rows = connection.execute("SELECT id, element FROM work_item WHERE state = 'open' ORDER BY id").fetchall()
    return (partial(ground.complete, item_id, APPROVERS[element], ANSWERS) for item_id, element in rows)
