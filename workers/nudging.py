"""Waking the workers after a commit."""

import logging
from collections.abc import Sequence

from celery import Celery
from kombu.exceptions import OperationalError

from engine.core.core import Nudge

AT_MOST = 50
EXPIRES_SECONDS = 30
log = logging.getLogger(__name__)


def nudge_through(app: Celery) -> Nudge:
    """Sends `run_job` for each id. A nudge may be lost: the next tick finds what it would have woken."""

    def nudge(job_ids: Sequence[int]) -> None:
        try:
            for job_id in job_ids[:AT_MOST]:
                app.send_task("run_job", (job_id,), expires=EXPIRES_SECONDS, retry=False)
        except OperationalError as error:
            log.warning("the workers cannot be woken, the next tick will do it: %s", error)

    return nudge
