"""Running one job: who has what locked, what is told when it fails, and which handler does the work."""

import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from engine.base.errors import TataKerjaError
from engine.base.unit_of_work import Reading, UnitOfWork
from engine.core.wiring import LOCAL_JOBS, MANY_JOBS, OF_THE_WORLD, OUTSIDE_JOBS, QUICK_JOBS, ROUNDS
from engine.execution.advance import lock_those_free
from engine.execution.model import Instance
from engine.execution.services import Outcome
from engine.jobs import claiming
from engine.jobs.claiming import JobCall
from engine.jobs.errors import Hopeless
from engine.jobs.model import Job
from engine.notifications.sending import Begin, Going

if TYPE_CHECKING:
    from engine.core.core import Core

LEASE_SECONDS = 60
PORTION = 25
TOGETHER = 10
MANY = 50
ROUND = 25
MOST_OWN, MOST_OF_THE_WORLD = 2_000, 500  # handed out at a tick
Value = TypeVar("Value")
End = Callable[[UnitOfWork], None]
log = logging.getLogger(__name__)


def run(core: "Core", job_ids: Collection[int]) -> int:
    """How many of these jobs were run now; not those that are busy, not due, or done by another."""
    with core.read() as reading:
        jobs = claiming.find_jobs(reading.session, job_ids)
    many = [job for job in jobs if job.kind in MANY_JOBS]
    quick = [job for job in jobs if job.kind in QUICK_JOBS and job.kind not in MANY_JOBS]
    alone = [job for job in jobs if job.kind not in QUICK_JOBS and job.kind not in ROUNDS]
    ran = sum(_run_together(core, some) for some in (*_cut(many, MANY), *_cut(quick, TOGETHER)))
    ran += sum(_run_alone(core, job) for job in alone)
    return ran + sum(_run_round(core, some) for kind in ROUNDS for some in _cut(_of(kind, jobs), ROUND))


def due_portions(reading: Reading) -> Iterator[tuple[int, ...]]:
    """What one worker takes at a time: some of our own jobs, or what may wait for the world.

    However much of the one kind is due, the other is handed out too.
    """
    of_the_world = Job.kind.in_(OF_THE_WORLD)
    own = claiming.due_kinds(reading.session, reading.now, MOST_OWN, ~of_the_world)
    outside = claiming.due_kinds(reading.session, reading.now, MOST_OF_THE_WORLD, of_the_world)
    yield from _cut([job_id for job_id, kind in own if kind not in MANY_JOBS], PORTION)
    yield from _cut([job_id for job_id, kind in own if kind in MANY_JOBS], MANY)
    yield from ((job_id,) for job_id, kind in outside if kind not in ROUNDS)
    for round_kind in ROUNDS:
        yield from _cut([job_id for job_id, kind in outside if kind == round_kind], ROUND)


def _of(kind: str, jobs: Iterable[JobCall]) -> Sequence[JobCall]:
    return [job for job in jobs if job.kind == kind]


def _cut(whole: Sequence[Value], size: int) -> Iterator[tuple[Value, ...]]:
    return (tuple(whole[first : first + size]) for first in range(0, len(whole), size))


def _run_together(core: "Core", jobs: Sequence[JobCall]) -> int:
    """In one transaction, since a commit takes longer than such a job; if one fails, all are undone, and each is alone.

    What is locked stays so until the commit: hence few at a time.
    """
    if len(jobs) == 1:
        return _run_local(core, jobs[0])
    try:
        with core.works() as begin:
            with begin() as work:
                calls = _claimed(work, jobs)
            for handle, given in _handled(calls):
                with begin() as work:
                    handle(work, given)
    except Exception:  # noqa: BLE001  # whichever it was fails again by itself, and is recorded then
        return sum(_run_local(core, job) for job in jobs)
    return len(calls)


def _handled(calls: Sequence[JobCall]) -> Iterator[tuple[Callable[[UnitOfWork, Any], None], Any]]:
    """Each handler with its payload, or with the payloads of many."""
    for kind, of_kind in groupby(calls, key=lambda call: call.kind):
        payloads = [call.payload for call in of_kind]
        if kind in MANY_JOBS:
            yield MANY_JOBS[kind], payloads
        else:
            yield from ((LOCAL_JOBS[kind], payload) for payload in payloads)


def _run_alone(core: "Core", job: JobCall) -> bool:
    return _run_outside(core, job) if job.kind in OUTSIDE_JOBS else _run_local(core, job)


def _run_local(core: "Core", job: JobCall) -> bool:
    """In one transaction with its claim: exactly once. A failure undoes it and is recorded in a second one."""
    try:
        with core.work() as work:
            calls = _claimed(work, (job,))
            for call in calls:
                LOCAL_JOBS[call.kind](work, call.payload)
    except Exception as error:  # noqa: BLE001  # the door of all jobs: whatever went wrong is recorded and tried again
        _record_failure(core, job, error)
        return True
    return bool(calls)


def _claimed(work: UnitOfWork, jobs: Sequence[JobCall]) -> Sequence[JobCall]:
    """Those that nobody else works on, in the same order: first their instances are locked, then they."""
    wanted = {job.instance_id for job in jobs if job.instance_id is not None}
    free = {None, *(lock_those_free(work, *wanted) if wanted else ())}
    ids = [job.job_id for job in jobs if job.instance_id in free]
    calls = claiming.claim_all(work.session, ids, work.now) if ids else {}
    return [calls[job.job_id] for job in jobs if job.job_id in calls]


def _run_outside(core: "Core", job: JobCall) -> bool:
    """Leased, then run with no transaction open, then recorded with all that follows: at least once, by the job id."""
    with core.work() as work:
        if job.instance_id is not None and not lock_those_free(work, job.instance_id):
            return False
        call = claiming.lease(work, job.job_id, LEASE_SECONDS)
    if call is None:
        return False
    try:
        outcome = OUTSIDE_JOBS[call.kind](core, call)
        with core.work() as work:
            _lock_instance(work, call)
            outcome(work, claiming.done(work, call))
    except Exception as error:  # noqa: BLE001  # as above
        _record_failure(core, call, error)
    return True


def _run_round(core: "Core", jobs: Sequence[JobCall]) -> int:
    """Leased together, and run one after the other: the end of each is written with the beginning of the next.

    Where the world does not take one, the others wait for the next tick, behind our own jobs.
    """
    with core.work() as work:
        calls = claiming.lease_all(work, [job.job_id for job in jobs], LEASE_SECONDS)
    if not calls:
        return 0
    end = _nothing
    with ROUNDS[jobs[0].kind](core, calls) as begin:
        for place, call in enumerate(calls):
            going = _begun(core, call, begin, end)
            end = _nothing
            try:
                end = partial(_end, call, going()) if going else _nothing
            except Exception as error:  # noqa: BLE001  # as above
                _record_failure(core, call, error)
                end = partial(_give_back, calls[place + 1 :])
                break
        with core.work() as work:
            end(work)
    return len(calls)


def _begun(core: "Core", call: JobCall, begin: Begin, end: End) -> Going | None:
    """One of a round, once the one before has ended; what has ended stays so if this cannot begin."""
    try:
        with core.work() as work:
            end(work)
            return begin(work, call) if claiming.hold_on(work, call, LEASE_SECONDS) else None
    except Exception as error:  # noqa: BLE001  # as above
        with core.work() as work:
            end(work)
        _record_failure(core, call, error)
        return None


def _give_back(calls: Sequence[JobCall], work: UnitOfWork) -> None:
    for call in calls:
        claiming.give_back(work, call)


def _end(call: JobCall, outcome: Outcome, work: UnitOfWork) -> None:
    outcome(work, claiming.done(work, call))


def _nothing(_work: UnitOfWork) -> None:
    """Before the first of a round nothing has ended."""


def _record_failure(core: "Core", call: JobCall, error: Exception) -> None:
    if not isinstance(error, (TataKerjaError, OperationalError)):
        log.exception("job %s (%s) failed", call.job_id, call.kind, exc_info=error)
    record = claiming.bury if isinstance(error, Hopeless) else claiming.failed
    with core.work() as work:
        _lock_instance(work, call)  # what is given up may move it
        record(work, call, _told(error, core.settings.language))


def _lock_instance(work: UnitOfWork, call: JobCall) -> None:
    if call.instance_id is not None:
        work.session.execute(select(Instance.id).where(Instance.id == call.instance_id).with_for_update())


def _told(error: Exception, language: str) -> str:
    return error.text(language) if isinstance(error, TataKerjaError) else f"{type(error).__name__}: {error}"
