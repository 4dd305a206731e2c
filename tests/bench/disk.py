"""What the disk takes to promise that eight kilobytes stay: no commit on it is faster."""

import os
import tempfile
from functools import partial
from pathlib import Path

from tests.bench.timing import milliseconds, percentile

PAGE = bytes(8192)
TIMES = 300


def flush_ms(folder: Path) -> float:
    with tempfile.TemporaryFile(dir=folder) as file:
        return percentile(milliseconds([partial(_write, file.fileno())] * TIMES), 50)


def _write(file: int) -> None:
    os.pwrite(file, PAGE, 0)
    os.fdatasync(file)
