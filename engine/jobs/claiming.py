"""Taking jobs without fighting over them.

A LOCAL job changes our own rows only. It runs in the transaction that claims it, hence exactly once:

    job, = find_jobs(session, [job_id])     its kind, and which instance to lock; none: nothing to do
    … lock the row of job.instance_id …     always before the job row; busy: leave it for the next tick
    call = claim(session, job_id, now)      None: busy, not due any more, or done by another
    … the handler, with call.payload …      COMMIT; the job is done with everything it did
    failed(work, call, error)               in a NEW transaction, when the first was rolled back

An OUTSIDE job calls the world. It has two transactions and none open in between, hence at least once:

    call = lease(work, job_id, seconds)     COMMIT; None as above
    … mail, HTTP, with call.job_id as the idempotency key, in less than `seconds` …
    done(work, call)                        or failed(work, call, error), or bury(…) when no retry can mend it

A worker that dies leaves its lease to run out; then the job is due again and another worker takes it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Integer, Select, and_, bindparam, or_, select, update
from sqlalchemy.orm import Session

from engine.base.database import Instant
from engine.base.rows import table_of
from engine.base.unit_of_work import UnitOfWork
from engine.jobs.backoff import MAX_ATTEMPTS, is_last, pause_after
from engine.jobs.events import JobGivenUp
from engine.jobs.model import Job, JobState

ERROR_LENGTH = 4000
LOST_WORKER = "The worker was lost during this attempt."


@dataclass(frozen=True, slots=True, kw_only=True)
class JobCall:
    """One attempt at a job; attempts count from one."""

    job_id: int
    kind: str
    key: str
    instance_id: int | None
    payload: Mapping[str, Any]
    attempt: int


_TABLE = table_of(Job)
_NOW = bindparam("now", type_=Instant)
_CALL = tuple(_TABLE.c[name] for name in ("id", "kind", "key", "instance_id", "payload", "attempts"))


def _is_due(now: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    waiting = and_(_TABLE.c.state == JobState.WAITING, _TABLE.c.due_at <= now)
    abandoned = and_(_TABLE.c.state == JobState.LEASED, _TABLE.c.leased_until <= now)
    return or_(waiting, abandoned)


# Asked at every tick and for every job: made once.
_DUE = (
    select(_TABLE.c.id, _TABLE.c.kind)
    .where(_is_due(_NOW))
    .order_by(_TABLE.c.due_at, _TABLE.c.id)
    .limit(bindparam("most", type_=Integer))
)
_THESE = select(*_CALL).where(_TABLE.c.id.in_(bindparam("ids", expanding=True))).order_by(_TABLE.c.due_at, _TABLE.c.id)


def due_job_ids(session: Session, now: datetime, limit: int) -> list[int]:
    """Those waiting longest first; with them the jobs whose worker let the lease run out."""
    return [row.id for row in session.execute(_DUE, {"now": now, "most": limit})]


def due_kinds(session: Session, now: datetime, limit: int, among: ColumnElement[bool]) -> list[tuple[int, str]]:
    """The same of some kinds of jobs, each with its kind."""
    return [(row.id, row.kind) for row in session.execute(_DUE.where(among), {"now": now, "most": limit})]


def find_jobs(session: Session, job_ids: Collection[int]) -> list[JobCall]:
    """A look without a lock, to learn kinds and instances; only `claim` or `lease` gives a job."""
    return [_call(row, attempt=row.attempts + 1) for row in session.execute(_THESE, {"ids": list(job_ids)})]


def claim(session: Session, job_id: int, now: datetime) -> JobCall | None:
    """Take a local job for this transaction: done if it commits, untouched if it rolls back.

    It counts as done at once, so its handler may schedule the same key again.
    """
    return claim_all(session, (job_id,), now).get(job_id)


def claim_all(session: Session, job_ids: Collection[int], now: datetime) -> Mapping[int, JobCall]:
    """The same for several; by id those that were free."""
    rows = session.connection().execute(_CLAIM, {"job_ids": list(job_ids), "now": now})
    return {row.id: _call(row, attempt=row.attempts) for row in rows}


def lease(work: UnitOfWork, job_id: int, seconds: float) -> JobCall | None:
    """Take an outside job until the lease runs out; one that lost its worker at every attempt is given up."""
    return next(iter(lease_all(work, (job_id,), seconds)), None)


def lease_all(work: UnitOfWork, job_ids: Collection[int], seconds: float) -> list[JobCall]:
    """The same for several; those that were free, longest waiting first."""
    rows = work.session.execute(
        update(Job)
        .where(Job.id.in_(_free(job_ids, work.now)))
        .values(state=JobState.LEASED, attempts=Job.attempts + 1, leased_until=_lease_end(work, seconds))
        .returning(*_CALL, Job.due_at)
        .execution_options(synchronize_session=False)
    )
    calls = [_call(row, attempt=row.attempts) for row in sorted(rows, key=lambda row: (row.due_at, row.id))]
    for call in calls:
        if call.attempt > MAX_ATTEMPTS:
            bury(work, call, LOST_WORKER)
    return [call for call in calls if call.attempt <= MAX_ATTEMPTS]


def hold_on(work: UnitOfWork, call: JobCall, seconds: float) -> bool:
    """The lease runs anew from now on; False if the job was taken or cancelled since."""
    held = update(Job).where(*_is_held(call)).values(leased_until=_lease_end(work, seconds)).returning(Job.id)
    return work.session.execute(held.execution_options(synchronize_session=False)).one_or_none() is not None


def give_back(work: UnitOfWork, call: JobCall) -> None:
    """It was leased and not begun: it is due as before."""
    values = {"state": JobState.WAITING, "attempts": call.attempt - 1, "leased_until": None}
    given_back = update(Job).where(*_is_held(call)).values(**values)
    work.session.execute(given_back.execution_options(synchronize_session=False))


def _lease_end(work: UnitOfWork, seconds: float) -> datetime:
    return work.now + timedelta(seconds=seconds)


def _is_held(call: JobCall) -> tuple[ColumnElement[bool], ...]:
    return Job.id == call.job_id, Job.state == JobState.LEASED, Job.attempts == call.attempt


def done(work: UnitOfWork, call: JobCall) -> bool:
    """An outside job reached the world, even if its lease ran out meanwhile; False if it was taken or cancelled."""
    ended = work.session.execute(
        update(Job)
        .where(*_is_held(call))
        .values(state=JobState.DONE, finished_at=work.now, leased_until=None, last_error=None)
        .returning(Job.id)
        .execution_options(synchronize_session=False)
    )
    return ended.one_or_none() is not None


def failed(work: UnitOfWork, call: JobCall, error: str) -> None:
    """Try again after a pause, or give the job up after its last attempt."""
    if is_last(call.attempt):
        bury(work, call, error)
        return
    _record_failure(work, call, error, state=JobState.WAITING, due_at=work.now + pause_after(call.attempt))


def bury(work: UnitOfWork, call: JobCall, error: str) -> None:
    """Give the job up now: no further attempt can mend it, a person must look at it."""
    if _record_failure(work, call, error, state=JobState.DEAD, finished_at=work.now):
        given_up = JobGivenUp(
            job_id=call.job_id, kind=call.kind, payload=call.payload, attempts=call.attempt, error=error
        )
        work.tell(given_up)


def _record_failure(work: UnitOfWork, call: JobCall, error: str, **values: Any) -> bool:
    """False when somebody else has the job by now."""
    recorded = work.session.execute(
        update(Job)
        .where(Job.id == call.job_id, _is_still_at(call))
        .values(attempts=call.attempt, leased_until=None, last_error=error[:ERROR_LENGTH], **values)
        .returning(Job.id)
        .execution_options(synchronize_session=False)
    )
    return recorded.one_or_none() is not None


def _is_still_at(call: JobCall) -> ColumnElement[bool]:
    """Nobody took or changed the job since: a worker that comes too late has no say any more."""
    rolled_back = and_(Job.state == JobState.WAITING, Job.attempts == call.attempt - 1)
    leased = and_(Job.state == JobState.LEASED, Job.attempts == call.attempt)
    return or_(rolled_back, leased)


def _free(job_ids: Collection[int] | BindParameter[Any], now: datetime | BindParameter[datetime]) -> Select[int]:
    """The ids of those that are due and that nobody holds. On SQLite the writer is alone anyway."""
    return select(_TABLE.c.id).where(_TABLE.c.id.in_(job_ids), _is_due(now)).with_for_update(skip_locked=True)


_CLAIM = (
    update(_TABLE)
    .where(_TABLE.c.id.in_(_free(bindparam("job_ids", expanding=True), _NOW)))
    .values(
        state=JobState.DONE,
        attempts=_TABLE.c.attempts + 1,
        finished_at=_NOW,
        leased_until=None,
        last_error=None,
    )
    .returning(*_CALL)
)


def _call(row: Any, attempt: int) -> JobCall:
    return JobCall(
        job_id=row.id,
        kind=row.kind,
        key=row.key,
        instance_id=row.instance_id,
        payload=row.payload,
        attempt=attempt,
    )
