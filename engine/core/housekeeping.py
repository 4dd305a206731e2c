"""What is done again and again: each a job that schedules its next turn in the transaction of this one."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import exists

from engine.access.sessions import delete_expired_sessions
from engine.base.unit_of_work import UnitOfWork
from engine.core.days import DAY_JOB
from engine.core.kept_tables import forget_expired
from engine.core.telling import forget_old_deliveries
from engine.core.unseen import UNSEEN_JOB
from engine.definitions.model import StartTrigger
from engine.execution.holding import EXPIRE_JOB
from engine.execution.model import Timer
from engine.execution.plan_model import StartPlan
from engine.execution.repeats import forget_old_answers
from engine.insight.nightly import MAKE_JOB
from engine.jobs.model import Job
from engine.jobs.operations import schedule_again
from engine.jobs.pruning import delete_finished
from engine.worklist.queues import clear_queues

SWEEP_JOB = "sessions.sweep"
SWEEP_EVERY = timedelta(hours=1)
JOBS_AT_ONCE = 500
CANDIDATES_AT_ONCE = 5_000


def begin_housekeeping(work: UnitOfWork) -> None:
    """Let the first turn be due; beginning again, after whatever happened, is the same as once."""
    for kind in (SWEEP_JOB, EXPIRE_JOB, DAY_JOB, MAKE_JOB, UNSEEN_JOB):
        schedule_again(work, kind, kind, work.now, {})


def sweep(work: UnitOfWork, _payload: Mapping[str, Any]) -> None:
    """What ran out, answers that no program will ask for again, queues of closed work, jobs finished long ago."""
    delete_expired_sessions(work)
    forget_old_answers(work)
    forget_expired(work)
    forget_old_deliveries(work)
    is_more = clear_queues(work, CANDIDATES_AT_ONCE) == CANDIDATES_AT_ONCE
    is_more |= _prune_jobs(work) == JOBS_AT_ONCE
    schedule_again(work, SWEEP_JOB, SWEEP_JOB, work.now + (timedelta(0) if is_more else SWEEP_EVERY), {})


def _prune_jobs(work: UnitOfWork) -> int:
    named_by = [exists().where(column == Job.id) for column in (Timer.job_id, StartTrigger.job_id, StartPlan.job_id)]
    return delete_finished(work, work.now - timedelta(days=work.settings.job_days), JOBS_AT_ONCE, named_by)
