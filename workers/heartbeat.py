"""Signs of life of the beat, for health checks."""

import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from celery.beat import Scheduler

SIGN = Path(tempfile.gettempdir()) / "tatakerja-beat"
SILENCE = timedelta(seconds=30)


class BeatingScheduler(Scheduler):  # type: ignore[misc]  # Celery has no types
    """Keeps its plan in memory, since the plan is in the program, and leaves a sign at every tick."""

    def tick(self, *args: object, **kwargs: object) -> float:
        interval: float = super().tick(*args, **kwargs)
        SIGN.touch()
        return interval


def beat_was_heard(now: datetime) -> bool:
    return SIGN.exists() and now.timestamp() - SIGN.stat().st_mtime < SILENCE.total_seconds()
