"""Waking the workers after a commit."""

import logging
from collections.abc import Sequence
from time import monotonic

from celery import Celery
from kombu.exceptions import OperationalError

A_FEW = 5
EXPIRES_SECONDS = 30
REST_SECONDS = 10
log = logging.getLogger(__name__)


class Nudger:
    """Sends `run_job` for each id. A nudge may be lost: the next tick finds what it would have woken.

    More than a few are left to the tick, which hands them out in portions: each by itself costs far more.
    While the broker does not answer, nobody waits for it more than once in ten seconds.
    """

    def __init__(self, app: Celery) -> None:
        self._app = app
        self._rests_until = 0.0

    def __call__(self, job_ids: Sequence[int]) -> None:
        if len(job_ids) > A_FEW or monotonic() < self._rests_until:
            return
        try:
            for job_id in job_ids:
                self._app.send_task("run_job", (job_id,), expires=EXPIRES_SECONDS, retry=False)
        except OperationalError as error:
            self._rests_until = monotonic() + REST_SECONDS
            log.warning("the workers cannot be woken, the next tick will do it: %s", error)
