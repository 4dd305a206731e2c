"""What is done again and again: each a job that schedules its next turn in the transaction of this one."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from engine.access.sessions import delete_expired_sessions
from engine.base.unit_of_work import UnitOfWork
from engine.execution.holding import EXPIRE_JOB
from engine.execution.repeats import forget_old_answers
from engine.jobs.operations import schedule_again

SWEEP_JOB = "sessions.sweep"
SWEEP_EVERY = timedelta(hours=1)


def begin_housekeeping(work: UnitOfWork) -> None:
    """Let the first turn be due; beginning again, after whatever happened, is the same as once."""
    for kind in (SWEEP_JOB, EXPIRE_JOB):
        schedule_again(work, kind, kind, work.now, {})


def sweep(work: UnitOfWork, _payload: Mapping[str, Any]) -> None:
    """Sessions that ran out, and answers that no program will ask for again."""
    delete_expired_sessions(work)
    forget_old_answers(work)
    schedule_again(work, SWEEP_JOB, SWEEP_JOB, work.now + SWEEP_EVERY, {})
