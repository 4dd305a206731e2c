from datetime import timedelta

import pytest

from engine.jobs.claiming import claim, due_job_ids, lease
from engine.jobs.events import JobsBecameDue
from engine.jobs.model import JobState
from engine.jobs.operations import (
    JobNotDead,
    JobNotFound,
    NewJob,
    cancel,
    cancel_by_key,
    retry_dead,
    schedule,
    schedule_again,
    schedule_all,
)


def test_a_job_is_due_when_its_time_has_come(a_job, clock, session):
    job_id = a_job(due_in=timedelta(hours=1))
    before = due_job_ids(session, clock.now(), 10)
    after = due_job_ids(session, clock.now() + timedelta(hours=1), 10)
    assert (before, after) == ([], [job_id])


def test_the_same_key_moves_the_living_job(a_job, row_of, clock):
    first = a_job(due_in=timedelta(hours=1))
    second = a_job(due_in=timedelta(hours=2))
    assert second == first
    assert row_of(first).due_at == clock.now() + timedelta(hours=2)


def test_the_same_key_leaves_a_finished_job_finished(a_job, row_of, work, clock):
    job_id = a_job()
    with work() as w:
        claim(w.session, job_id, clock.now())
    assert a_job() == job_id
    assert row_of(job_id).state == JobState.DONE


def test_a_finished_job_waits_anew_when_asked(a_job, row_of, work, clock):
    job_id = a_job()
    with work() as w:
        claim(w.session, job_id, clock.now())
        again = schedule_again(w, "test.ring", "bell", clock.now(), {"times": 2})
    job = row_of(job_id)
    assert again == job_id
    assert (job.state, job.attempts, job.payload, job.finished_at) == (JobState.WAITING, 0, {"times": 2}, None)


def test_many_are_scheduled_at_once(work, clock):
    jobs = [NewJob(kind="test.ring", key=f"bell {n}", due_at=clock.now(), payload={}) for n in range(3)]
    with work() as w:
        ids = schedule_all(w, jobs)
    assert sorted(ids) == ["bell 0", "bell 1", "bell 2"]


def test_none_are_scheduled_at_once(work):
    with work() as w:
        assert schedule_all(w, []) == {}


def test_what_may_run_at_once_is_told(work, clock):
    with work() as w:
        now = schedule(w, "test.ring", "now", clock.now(), {})
        schedule(w, "test.ring", "later", clock.now() + timedelta(seconds=1), {})
    assert w.events == [JobsBecameDue(job_ids=(now,))]


def test_a_cancelled_job_is_never_due(a_job, work, session, clock):
    job_id = a_job()
    with work() as w:
        cancel(w, [job_id])
    assert due_job_ids(session, clock.now(), 10) == []


def test_a_job_is_cancelled_by_its_key(a_job, work, row_of):
    bell, horn = a_job("bell"), a_job("horn")
    with work() as w:
        cancel_by_key(w, "bell")
    assert [row_of(bell).state, row_of(horn).state] == [JobState.CANCELLED, JobState.WAITING]


def test_a_finished_job_is_not_cancelled(a_job, work, row_of, clock):
    job_id = a_job()
    with work() as w:
        claim(w.session, job_id, clock.now())
        cancel(w, [job_id])
    assert row_of(job_id).state == JobState.DONE


def test_a_rolled_back_schedule_leaves_nothing(work, session, clock):
    with work() as w:
        schedule(w, "test.ring", "bell", clock.now(), {})
        w.session.rollback()
    assert due_job_ids(session, clock.now(), 10) == []


def test_only_a_dead_job_can_be_tried_again(a_job, work):
    job_id = a_job()
    with pytest.raises(JobNotDead), work() as w:
        retry_dead(w, job_id)


def test_an_unknown_job_cannot_be_tried_again(work):
    with pytest.raises(JobNotFound), work() as w:
        retry_dead(w, 404)


def test_a_job_out_in_the_world_runs_once_more_when_asked(a_job, work, row_of, clock):
    job_id = a_job()
    with work() as w:
        lease(w, job_id, 60)
    with work() as w:
        schedule_again(w, "test.ring", "bell", clock.now(), {})
    assert row_of(job_id).state == JobState.WAITING
