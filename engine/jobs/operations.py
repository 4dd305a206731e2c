"""Putting jobs into the outbox, taking them out again, and bringing dead ones back."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from engine.base.errors import Conflict, NotFound
from engine.base.i18n import _
from engine.base.rows import Those, insert_and_read, insert_rows, update_where
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
    ids = _write(work, jobs, _MOVED + _READ)
    finished = [job.key for job in jobs if job.key not in ids]
    return ids | _ids_by_key(work, finished)


def schedule_ahead(work: UnitOfWork, jobs: Sequence[NewJob]) -> None:
    """The same for jobs of whose ids nobody has need: while none of them is due yet, nothing is read."""
    if any(job.due_at <= work.now for job in jobs):
        schedule_all(work, jobs)
    else:
        leave_to_tick(work, jobs)


def leave_to_tick(work: UnitOfWork, jobs: Sequence[NewJob]) -> None:
    """The same where nobody waits for them: nothing is read and no worker woken, the next tick finds what is due."""
    if jobs:
        insert_rows(work.session, Job, _rows(work, jobs), _MOVED)


def schedule_all_again(work: UnitOfWork, jobs: Sequence[NewJob]) -> dict[str, int]:
    """Ids by key, in one statement; also a job that runs out in the world just now will run once more."""
    return _write(work, jobs, _RENEWED + _READ) if jobs else {}


def cancel(work: UnitOfWork, job_ids: Collection[int]) -> None:
    """Living jobs will not run; those that are finished stay as they are."""
    if job_ids:
        _cancel(work, {"id": list(job_ids)})


def cancel_those(work: UnitOfWork, named: Those) -> None:
    """The same for jobs whose ids stand in another table."""
    _cancel(work, {"id": named})


def cancel_by_key(work: UnitOfWork, *keys: str) -> None:
    if keys:
        _cancel(work, {"key": list(keys)})


def cancel_of_instance(work: UnitOfWork, instance_id: int) -> None:
    """The instance has ended: nothing is left to do for it."""
    _cancel(work, {"instance_id": instance_id})


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


_MOVED = """
    ON CONFLICT (key) DO UPDATE SET due_at = excluded.due_at, payload = excluded.payload
    WHERE job.state IN ('waiting', 'leased')
"""
_RENEWED = """
    ON CONFLICT (key) DO UPDATE SET due_at = excluded.due_at, payload = excluded.payload,
    state = 'waiting', attempts = 0, leased_until = NULL, finished_at = NULL
"""
_READ = "RETURNING key, id"


def _write(work: UnitOfWork, jobs: Sequence[NewJob], otherwise: str) -> dict[str, int]:
    """Ids by key of what was written; tells of those that may run at once."""
    ids: dict[str, int] = dict(insert_and_read(work.session, Job, _rows(work, jobs), otherwise))
    due = tuple(ids[job.key] for job in jobs if job.due_at <= work.now and job.key in ids)
    if due:
        work.tell(JobsBecameDue(job_ids=due))
    return ids


def _rows(work: UnitOfWork, jobs: Sequence[NewJob]) -> list[dict[str, Any]]:
    return [
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


def _ids_by_key(work: UnitOfWork, keys: Collection[str]) -> dict[str, int]:
    if not keys:
        return {}
    return {row.key: row.id for row in work.session.execute(select(Job.id, Job.key).where(Job.key.in_(keys)))}


def _cancel(work: UnitOfWork, where: Mapping[str, Any]) -> None:
    values = {"state": JobState.CANCELLED, "finished_at": work.now, "leased_until": None}
    update_where(work.session, Job, {**where, "state": list(LIVING)}, values)
