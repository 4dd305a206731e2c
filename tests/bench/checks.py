"""How long an ordinary file of thirty elements is examined: read, linted, tried, in the kept child process."""

from functools import partial
from typing import Any

from engine.definitions.examination import Upload, examine
from tests.bench.diagrams import ordinary
from tests.bench.ground import Ground
from tests.bench.timing import milliseconds, percentile

FILES = 200
WARM_UP = 5


def measure(_ground: Ground) -> dict[str, Any]:
    uploads = [Upload(filename="process.bpmn", source=ordinary(number)) for number in range(FILES + WARM_UP)]
    taken = milliseconds(partial(examine, upload) for upload in uploads)[WARM_UP:]
    return {"check_ms_p50": percentile(taken, 50), "check_ms_p99": percentile(taken, 99)}
