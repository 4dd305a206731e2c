"""Completions through gunicorn, with a token and a form that is validated.

First fifty requests a second, sent when their time has come whether or not earlier ones were answered, and measured
from that time on; then as many as eight callers get through.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from http.client import HTTPConnection
from itertools import count
from threading import local
from time import perf_counter, sleep
from typing import Any

from tests.bench.diagrams import ANSWERS, APPROVERS, FORM, three_approvals
from tests.bench.ground import Ground
from tests.bench.timing import percentile
from tests.support.programs import answers, program
from tests.support.publishing import publish_diagram
from tests.support.services import free_port

OFFERED = 50
SECONDS = 10
CALLERS = 8
PROCESSES = 2

Call = Callable[[], None]


def measure(ground: Ground) -> dict[str, Any]:
    publish_diagram(ground.core, three_approvals(), putusan=FORM)
    address, folder = f"127.0.0.1:{free_port()}", ground.folder / "web"
    arguments = ("web", "--bind", address, "--processes", str(PROCESSES))
    is_ready = partial(answers, f"http://{address}/readyz")
    with program(*arguments, folder=folder, env=ground.env, is_ready=is_ready) as web:
        callers = _Callers(ground, address)
        callers.greedily(40)
        late = callers.at_a_rate(OFFERED * SECONDS)
        rate = callers.greedily(OFFERED * SECONDS)
        memory = _largest_of(web.pid)
    return {
        "http_complete_per_s": round(rate, 1),
        "http_complete_ms_p95": percentile(late, 95),
        "memory_mb": memory,
    }


class _Callers:
    """Each thread keeps its connection; items are completed by those whose they are."""

    def __init__(self, ground: Ground, address: str) -> None:
        self._ground = ground
        self._address = address
        self._tokens = {element: ground.token(person) for element, person in APPROVERS.items()}
        self._kept = local()

    def at_a_rate(self, number: int) -> list[float]:
        """Milliseconds from the moment at which each call was due to its answer."""
        sent: list[Future[float]] = []
        calls = self._calls(number)
        began = perf_counter() + 0.1
        with ThreadPoolExecutor(CALLERS * 4) as pool:
            for serial, call in zip(count(), calls):
                due = began + serial / OFFERED
                sleep(max(0.0, due - perf_counter()))
                sent.append(pool.submit(_timed, call, due))
        return [done.result() for done in sent]

    def greedily(self, number: int) -> float:
        """How many a second."""
        calls = self._calls(number)
        began = perf_counter()
        with ThreadPoolExecutor(CALLERS) as pool:
            for done in [pool.submit(call) for call in calls]:
                done.result()
        return number / (perf_counter() - began)

    def _calls(self, number: int) -> Sequence[Call]:
        for _case in range(number - len(self._open_items())):
            self._ground.start("proses")
        return [partial(self._complete, *item) for item in self._open_items()[:number]]

    def _open_items(self) -> list[tuple[int, str]]:
        with self._ground.connect() as connection:
            return connection.execute("SELECT id, element FROM work_item WHERE state = 'open' ORDER BY id").fetchall()

    def _complete(self, work_item_id: int, element: str) -> None:
        headers = {"Authorization": f"Bearer {self._tokens[element]}", "Content-Type": "application/json"}
        connection = self._connection()
        path = f"/api/v1/work-items/{work_item_id}/complete"
        connection.request("POST", path, json.dumps({"answers": ANSWERS}), headers)
        answer = connection.getresponse()
        text = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{answer.status}: {text[:300]!r}")

    def _connection(self) -> HTTPConnection:
        if not hasattr(self._kept, "connection"):
            self._kept.connection = HTTPConnection(self._address, timeout=30)
        connection: HTTPConnection = self._kept.connection
        return connection


def _timed(call: Call, due: float) -> float:
    call()
    return (perf_counter() - due) * 1000


def _largest_of(pid: int) -> float:
    """The most memory that one process of the web server has had, in megabytes."""
    return round(max(_peak(child) for child in _family(pid)) / 1024, 1)


def _family(pid: int) -> Iterator[int]:
    yield pid
    with open(f"/proc/{pid}/task/{pid}/children") as children:
        for child in children.read().split():
            yield from _family(int(child))


def _peak(pid: int) -> int:
    with open(f"/proc/{pid}/status") as status:
        return next((int(line.split()[1]) for line in status if line.startswith("VmHWM:")), 0)
