"""The embedded product with a clock that the test moves: `python -m tests.e2e.product PORT MOMENT FILE`.

All of it is what `tatakerja serve` runs; only the clock comes from outside. It begins at MOMENT and runs on by itself;
FILE holds how many seconds the test has moved it forward.
"""

import os
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

from engine.base.logs import log_plainly
from engine.base.settings import settings_from
from tatakerja_servers import run_embedded


class MovedClock:
    def __init__(self, beginning: datetime, moved: Path) -> None:
        self._beginning = beginning
        self._moved = moved
        self._started = time.monotonic()

    def now(self) -> datetime:
        seconds = time.monotonic() - self._started + int(self._moved.read_text())
        return self._beginning + timedelta(seconds=seconds)


if __name__ == "__main__":
    port, moment, file = sys.argv[1:]
    log_plainly()
    clock = MovedClock(datetime.fromisoformat(moment), Path(file))
    run_embedded(settings_from({**os.environ, "PORT": port}), clock, "127.0.0.1", int(port))
