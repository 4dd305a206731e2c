"""Waiting for what happens in other threads and processes."""

import time
from collections.abc import Callable

STEP_SECONDS = 0.05


def eventually(holds: Callable[[], object], seconds: float = 60) -> bool:
    """Whether `holds` becomes true in time; asks again and again."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(STEP_SECONDS)
    return True


def seconds_of(act: Callable[[], object]) -> float:
    started = time.monotonic()
    act()
    return time.monotonic() - started
