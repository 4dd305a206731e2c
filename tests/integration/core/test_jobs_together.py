"""Quick jobs share a commit, and nothing else."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, select

from engine.audit.model import AuditEntry
from engine.audit.operations import record
from engine.base.unit_of_work import UnitOfWork
from engine.core import running
from engine.core.core import Core
from engine.core.wiring import LOCAL_JOBS
from engine.execution.timer_rows import TIMER_JOB
from engine.jobs.model import Job, JobState
from engine.jobs.operations import schedule
from engine.notifications.deliveries import SEND_JOB

SOME = 4


def ring(work: UnitOfWork, payload: Mapping[str, Any]) -> None:
    record(work, "bell.rung", "bell", payload["bell"])
    if payload["bell"] == payload["broken"]:
        raise ZeroDivisionError


@pytest.fixture(autouse=True)
def _ringing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LOCAL_JOBS, TIMER_JOB, ring)


def due_bells(core: Core, broken: int | None = None) -> list[int]:
    with core.work() as work:
        payloads = [{"bell": bell, "broken": broken} for bell in range(SOME)]
        return [schedule(work, TIMER_JOB, f"bell:{each['bell']}", work.now, each) for each in payloads]


def rung(core: Core) -> list[int | None]:
    with core.read() as reading:
        return list(reading.session.scalars(select(AuditEntry.subject_id).where(AuditEntry.act == "bell.rung")))


def test_quick_jobs_that_are_due_together_are_run_in_their_order(core: Core):
    assert core.run_jobs(due_bells(core)) == SOME
    assert rung(core) == list(range(SOME))


def test_quick_jobs_share_a_commit(core: Core):
    ids, commits = due_bells(core), []
    event.listen(core.engine, "commit", commits.append)
    core.run_jobs(ids)
    assert len(commits) <= 2  # PostgreSQL commits the look at the jobs too


def test_a_job_that_fails_stops_none_of_those_beside_it(core: Core):
    core.run_jobs(due_bells(core, broken=2))
    assert rung(core) == [0, 1, 3]


def test_a_job_that_fails_beside_others_waits_for_its_next_attempt(core: Core):
    ids = due_bells(core, broken=2)
    core.run_jobs(ids)
    with core.read() as reading:
        job = reading.session.get_one(Job, ids[2])
    assert (job.state, job.attempts, job.last_error) == (JobState.WAITING, 1, "ZeroDivisionError: ")


def test_a_job_done_meanwhile_is_not_run_again(core: Core):
    ids = due_bells(core)
    core.run_job(ids[1])
    assert core.run_jobs(ids) == SOME - 1
    assert rung(core) == [1, 0, 2, 3]


def test_many_that_wait_for_the_world_hide_none_of_our_own(core: Core, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(running, "MOST_OF_THE_WORLD", 2)
    with core.work() as work:
        mails = [schedule(work, SEND_JOB, f"mail:{n}", work.now - timedelta(minutes=1), {}) for n in range(3)]
    bells = due_bells(core)
    assert core.due_portions() == [tuple(bells), tuple(mails[:2])]
