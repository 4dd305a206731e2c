"""Putting jobs into the outbox, taking them out again, and bringing dead ones back."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.dialects import postgresql, sqlite

from engine.base.errors import Conflict, NotFound
from engine.base.i18n import _
from engine.base.unit_of_work import UnitOfWork
from engine.jobs.events import JobsBecameDue
from engine.jobs.model import Job, JobState

LIVING = (JobState.WAITING, JobState.LEASED)


class JobNotFound(NotFound):
    code = "job.not_found"
    message = _("There is no background job with this number.")


class JobNotDead(Conflict):
    code = "job.not_dead"
    message = _("This background job was not given up, so there is nothing to try again.")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewJob:
    kind: str
    key: str
    due_at: datetime
    payload: Mapping[str, Any]
    instance_id: int | None = None


def schedule(
    work: UnitOfWork,
    kind: str,
    key: str,
    due_at: datetime,
    payload: Mapping[str, Any],
    instance_id: int | None = None,
) -> int:
    """The id of the job with this key; a living one gets the new date and payload, a finished one stays finished."""
    job = NewJob(kind=kind, key=key, due_at=due_at, payload=payload, instance_id=instance_id)
    return schedule_all(work, [job])[key]


def schedule_again(
    work: UnitOfWork,
    kind: str,
    key: str,
    due_at: datetime,
    payload: Mapping[str, Any],
    instance_id: int | None = None,
) -> int:
    """Like `schedule`, but a job that was done, cancelled or given up waits anew, with all its attempts."""
    job = NewJob(kind=kind, key=key, due_at=due_at, payload=payload, instance_id=instance_id)
    return schedule_all_again(work, [job])[key]


def schedule_all(work: UnitOfWork, jobs: Sequence[NewJob]) -> dict[str, int]:
    """Ids by key; the keys must differ. One statement, unless some of the jobs are finished already."""
    if not jobs:
        return {}
    statement = _insert(work, jobs)
    ids = _write(
        work,
        statement.on_conflict_do_update(
            index_elements=[Job.key],
            set_={"due_at": statement.excluded.due_at, "payload": statement.excluded.payload},
            where=Job.state.in_(LIVING),
        ),
    )
    finished = [job.key for job in jobs if job.key not in ids]
    return ids | _ids_by_key(work, finished)


def schedule_all_again(work: UnitOfWork, jobs: Sequence[NewJob]) -> dict[str, int]:
    """Ids by key, in one statement; also a job that runs out in the world just now will run once more."""
    if not jobs:
        return {}
    statement = _insert(work, jobs)
    return _write(
        work,
        statement.on_conflict_do_update(
            index_elements=[Job.key],
            set_={"due_at": statement.excluded.due_at, "payload": statement.excluded.payload, **_AFRESH},
        ),
    )


def cancel(work: UnitOfWork, job_ids: Collection[int]) -> None:
    """Living jobs will not run; those that are finished stay as they are."""
    if job_ids:
        _cancel_where(work, Job.id.in_(job_ids))


def cancel_by_key(work: UnitOfWork, *keys: str) -> None:
    if keys:
        _cancel_where(work, Job.key.in_(keys))


def cancel_of_instance(work: UnitOfWork, instance_id: int) -> None:
    """The instance has ended: nothing is left to do for it."""
    _cancel_where(work, Job.instance_id == instance_id)


def retry_dead(work: UnitOfWork, job_id: int) -> None:
    """A job that was given up runs again at once, with all its attempts; raises JobNotFound or JobNotDead."""
    revived = work.session.execute(
        update(Job)
        .where(Job.id == job_id, Job.state == JobState.DEAD)
        .values(due_at=work.now, **_AFRESH)
        .returning(Job.id)
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()
    if revived is not None:
        work.tell(JobsBecameDue(job_ids=(revived,)))
        return
    if work.session.scalar(select(Job.id).where(Job.id == job_id)) is None:
        raise JobNotFound(job_id=job_id)
    raise JobNotDead(job_id=job_id)


_AFRESH = {"state": JobState.WAITING, "attempts": 0, "leased_until": None, "finished_at": None}


def _insert(work: UnitOfWork, jobs: Sequence[NewJob]) -> postgresql.Insert | sqlite.Insert:
    values = [
        {
            "kind": job.kind,
            "key": job.key,
            "instance_id": job.instance_id,
            "payload": dict(job.payload),
            "state": JobState.WAITING,
            "due_at": job.due_at,
            "attempts": 0,
            "created_at": work.now,
        }
        for job in jobs
    ]
    if work.session.get_bind().dialect.name == "postgresql":
        return postgresql.insert(Job).values(values)
    return sqlite.insert(Job).values(values)


def _write(work: UnitOfWork, statement: postgresql.Insert | sqlite.Insert) -> dict[str, int]:
    """Ids by key of what was written; tells of those that may run at once."""
    rows = work.session.execute(statement.returning(Job.id, Job.key, Job.due_at)).all()
    due = tuple(row.id for row in rows if row.due_at <= work.now)
    if due:
        work.tell(JobsBecameDue(job_ids=due))
    return {row.key: row.id for row in rows}


def _ids_by_key(work: UnitOfWork, keys: Collection[str]) -> dict[str, int]:
    if not keys:
        return {}
    return {row.key: row.id for row in work.session.execute(select(Job.id, Job.key).where(Job.key.in_(keys)))}


def _cancel_where(work: UnitOfWork, condition: ColumnElement[bool]) -> None:
    work.session.execute(
        update(Job)
        .where(condition, Job.state.in_(LIVING))
        .values(state=JobState.CANCELLED, finished_at=work.now, leased_until=None)
        .execution_options(synchronize_session=False)
    )
