"""What an administrator sees of the outbox."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.base.paging import PAGE_SIZE, Page, id_from_cursor, page_of
from engine.jobs.model import Job, JobState


@dataclass(frozen=True, slots=True, kw_only=True)
class JobCounts:
    """How many jobs are in which state; `late` of the waiting ones have been due for longer than they should."""

    by_state: dict[JobState, int]
    late: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadJob:
    job_id: int
    kind: str
    key: str
    instance_id: int | None
    attempts: int
    last_error: str
    created_at: datetime
    given_up_at: datetime | None


def job_counts(session: Session, late_before: datetime) -> JobCounts:
    """`late_before`: a waiting job that was due before this moment counts as late."""
    is_late = (Job.state == JobState.WAITING) & (Job.due_at < late_before)
    rows = session.execute(select(Job.state, func.count(), func.count().filter(is_late)).group_by(Job.state)).all()
    counted = {JobState(state): count for state, count, _ in rows}
    return JobCounts(
        by_state={state: counted.get(state, 0) for state in JobState},
        late=sum(late for _, _, late in rows),
    )


def dead_jobs(session: Session, cursor: str | None = None, size: int = PAGE_SIZE) -> Page[DeadJob]:
    """The latest first."""
    query = select(Job).where(Job.state == JobState.DEAD).order_by(Job.id.desc()).limit(size + 1)
    if cursor:
        query = query.where(Job.id < id_from_cursor(cursor))
    rows = [_dead_job(job) for job in session.scalars(query)]
    return page_of(rows, size, lambda job: (job.job_id,))


def _dead_job(job: Job) -> DeadJob:
    return DeadJob(
        job_id=job.id,
        kind=job.kind,
        key=job.key,
        instance_id=job.instance_id,
        attempts=job.attempts,
        last_error=job.last_error or "",
        created_at=job.created_at,
        given_up_at=job.finished_at,
    )
