"""Workers and beat as processes of their own, for the standard profile."""

from celery import Celery

from workers.heartbeat import BeatingScheduler

ANSWER_SECONDS = 3


def run_worker(app: Celery, threads: int) -> int:
    """Work until told to stop; jobs under way are finished first. Returns the exit code."""
    worker = app.Worker(
        pool="threads",
        concurrency=threads,
        loglevel="WARNING",
        quiet=True,
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
    )
    worker.start()
    return int(worker.exitcode or 0)


def run_beat(app: Celery) -> None:
    """Tick until told to stop."""
    app.Beat(loglevel="WARNING", quiet=True, scheduler_cls=BeatingScheduler).run()


def workers_answer(app: Celery) -> bool:
    """Whether at least one worker hears the broker."""
    return bool(app.control.ping(timeout=ANSWER_SECONDS, limit=1))
