"""Jobs that change nothing, to see that jobs are run."""

from engine.core.core import Core
from engine.execution.outgoing import SIGNAL_JOB
from engine.jobs.model import Job, JobState
from engine.jobs.operations import schedule


def send_errand(core: Core, key: str) -> int:
    """A signal that nobody waits for, due at once."""
    payload = {"name": "nobody-waits-for-this", "variables": {}, "except_instance_id": 0}
    with core.work() as work:
        return schedule(work, SIGNAL_JOB, key, work.now, payload)


def is_done(core: Core, job_id: int) -> bool:
    with core.read() as reading:
        return reading.session.get_one(Job, job_id).state == JobState.DONE
