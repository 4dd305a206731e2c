from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy.orm import Session

from engine.jobs.backoff import MAX_ATTEMPTS
from engine.jobs.claiming import bury, claim, done, due_job_ids, failed, find_jobs, lease
from engine.jobs.model import JobState
from engine.jobs.operations import cancel, retry_dead


def test_a_claimed_job_is_done_when_its_work_commits(a_job, work, row_of, clock):
    job_id = a_job()
    with work() as w:
        call = claim(w.session, job_id, clock.now())
    assert (call.kind, call.payload, call.attempt) == ("test.ring", {"times": 1}, 1)
    assert row_of(job_id).state == JobState.DONE


def test_a_claimed_job_is_untouched_when_its_work_rolls_back(a_job, work, row_of, clock):
    job_id = a_job()
    with work() as w:
        claim(w.session, job_id, clock.now())
        w.session.rollback()
    assert (row_of(job_id).state, row_of(job_id).attempts) == (JobState.WAITING, 0)


def test_a_job_is_claimed_once(a_job, work, clock):
    job_id = a_job()
    with work() as w:
        claim(w.session, job_id, clock.now())
    with work() as w:
        assert claim(w.session, job_id, clock.now()) is None


def test_a_job_of_later_is_not_claimed(a_job, work, clock):
    job_id = a_job(due_in=timedelta(seconds=1))
    with work() as w:
        assert claim(w.session, job_id, clock.now()) is None


def test_a_cancelled_job_is_not_claimed(a_job, work, clock):
    job_id = a_job()
    with work() as w:
        cancel(w, [job_id])
        assert claim(w.session, job_id, clock.now()) is None


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_busy_job_is_left_to_its_holder(a_job, database, clock):
    job_id = a_job()
    with Session(database) as one, Session(database) as other:
        assert claim(one, job_id, clock.now()) is not None
        assert claim(other, job_id, clock.now()) is None


def test_of_many_who_claim_at_once_one_gets_the_job(a_job, work, clock):
    job_id, start = a_job(), Barrier(8)

    def try_it(_: int) -> bool:
        start.wait()
        with work() as w:
            return claim(w.session, job_id, clock.now()) is not None

    with ThreadPoolExecutor(8) as people:
        assert sum(people.map(try_it, range(8))) == 1


def test_a_job_is_known_before_it_is_locked(a_job, session):
    assert [call.kind for call in find_jobs(session, [a_job()])] == ["test.ring"]


def test_an_unknown_job_is_not_found(session):
    assert find_jobs(session, [404]) == []


def test_a_failed_job_waits_for_its_pause(a_job, work, row_of, session, clock):
    job_id = a_job()
    (call,) = find_jobs(session, [job_id])
    with work() as w:
        failed(w, call, "no bell here")
    job = row_of(job_id)
    assert (job.state, job.attempts, job.last_error) == (JobState.WAITING, 1, "no bell here")
    assert job.due_at == clock.now() + timedelta(seconds=10)


def test_a_job_that_always_fails_is_given_up(a_job, work, row_of, clock):
    job_id = a_job()
    for _ in range(MAX_ATTEMPTS):
        clock.set(row_of(job_id).due_at)
        with work() as w:
            call = lease(w, job_id, 60)
        with work() as w:
            failed(w, call, "no answer")
    assert (row_of(job_id).state, row_of(job_id).attempts) == (JobState.DEAD, MAX_ATTEMPTS)


def test_a_dead_job_lives_again_when_an_administrator_says_so(a_job, work, row_of, session, clock):
    job_id = a_job()
    with work() as w:
        bury(w, find_jobs(w.session, [job_id])[0], "nobody can mend this")
    with work() as w:
        retry_dead(w, job_id)
    assert due_job_ids(session, clock.now(), 10) == [job_id]


def test_a_leased_job_is_nobody_elses(a_job, work, session, clock):
    job_id = a_job()
    with work() as w:
        lease(w, job_id, 60)
    with work() as w:
        assert lease(w, job_id, 60) is None
    assert due_job_ids(session, clock.now(), 10) == []


def test_a_leased_job_is_done_when_the_world_answered(a_job, work, row_of):
    job_id = a_job()
    with work() as w:
        call = lease(w, job_id, 60)
    with work() as w:
        done(w, call)
    assert row_of(job_id).state == JobState.DONE


def test_another_worker_takes_over_when_the_lease_has_run_out(a_job, work, session, clock):
    job_id = a_job()
    with work() as w:
        lease(w, job_id, 60)
    clock.advance(timedelta(seconds=60))
    assert due_job_ids(session, clock.now(), 10) == [job_id]
    with work() as w:
        assert lease(w, job_id, 60).attempt == 2


def test_a_worker_that_comes_too_late_cannot_put_the_job_back(a_job, work, row_of, clock):
    job_id = a_job()
    with work() as w:
        late = lease(w, job_id, 60)
    clock.advance(timedelta(seconds=60))
    with work() as w:
        lease(w, job_id, 60)
    with work() as w:
        failed(w, late, "too late")
    assert (row_of(job_id).state, row_of(job_id).last_error) == (JobState.LEASED, None)


def test_a_job_that_kills_its_workers_is_given_up(a_job, work, row_of, clock):
    job_id = a_job()
    for _ in range(MAX_ATTEMPTS + 1):
        with work() as w:
            lease(w, job_id, 60)
        clock.advance(timedelta(seconds=60))
    assert row_of(job_id).state == JobState.DEAD


def test_a_job_cancelled_out_in_the_world_stays_cancelled(a_job, work, row_of):
    job_id = a_job()
    with work() as w:
        call = lease(w, job_id, 60)
    with work() as w:
        cancel(w, [job_id])
    with work() as w:
        done(w, call)
    assert row_of(job_id).state == JobState.CANCELLED


def test_those_waiting_longest_come_first(a_job, session, clock):
    young = a_job("young", due_in=-timedelta(minutes=1))
    old = a_job("old", due_in=-timedelta(minutes=2))
    assert due_job_ids(session, clock.now(), 10) == [old, young]


def test_a_long_error_is_cut(a_job, work, row_of, session):
    job_id = a_job()
    with work() as w:
        failed(w, find_jobs(w.session, [job_id])[0], "x" * 100_000)
    assert len(row_of(job_id).last_error) == 4000
