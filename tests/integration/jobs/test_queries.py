from datetime import timedelta

from engine.jobs.claiming import bury, claim, find_jobs
from engine.jobs.model import JobState
from engine.jobs.queries import dead_jobs, job_counts


def test_jobs_are_counted_by_state(a_job, work, session, clock):
    finished = a_job("one")
    a_job("two")
    with work() as w:
        claim(w.session, finished, clock.now())
    counts = job_counts(session, clock.now())
    assert (counts.by_state[JobState.DONE], counts.by_state[JobState.WAITING], counts.by_state[JobState.DEAD]) == (
        1,
        1,
        0,
    )


def test_jobs_left_waiting_are_late(a_job, session, clock):
    a_job("left", due_in=-timedelta(minutes=10))
    a_job("fresh")
    assert job_counts(session, clock.now() - timedelta(minutes=5)).late == 1


def test_dead_jobs_are_listed_page_by_page_latest_first(a_job, work, session):
    ids = [a_job(f"bell {n}") for n in range(3)]
    with work() as w:
        for job_id in ids:
            bury(w, find_jobs(w.session, [job_id])[0], "broken")
    first = dead_jobs(session, size=2)
    second = dead_jobs(session, first.next_cursor, size=2)
    assert [job.job_id for job in (*first.items, *second.items)] == list(reversed(ids))
    assert second.next_cursor is None
