"""Waking the workers after a commit."""

import logging
from collections.abc import Sequence
from time import monotonic

from celery import Celery
from kombu.exceptions import OperationalError

AT_MOST = 50
EXPIRES_SECONDS = 30
REST_SECONDS = 10
log = logging.getLogger(__name__)


class Nudger:
    """Sends `run_job` for each id. A nudge may be lost: the next tick finds what it would have woken.

    While the broker does not answer, nobody waits for it more than once in ten seconds.
    """

    def __init__(self, app: Celery) -> None:
        self._app = app
        self._rests_until = 0.0

    def __call__(self, job_ids: Sequence[int]) -> None:
        if monotonic() < self._rests_until:
            return
        try:
            for job_id in job_ids[:AT_MOST]:
                self._app.send_task("run_job", (job_id,), expires=EXPIRES_SECONDS, retry=False)
        except OperationalError as error:
            self._rests_until = monotonic() + REST_SECONDS
            log.warning("the workers cannot be woken, the next tick will do it: %s", error)
