"""Workers and beat inside the one process of an embedded run."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from celery import Celery
from celery.beat import EmbeddedService
from celery.worker import WorkController, state

THREADS = 2
NOBODYS_JOB = 0


@contextmanager
def embedded_workers(app: Celery) -> Iterator[None]:
    """Run jobs and the beat in threads of this process while the block runs."""
    app.set_default()  # the pool's threads look for their tasks in the default application
    state.should_stop = state.should_terminate = None
    controller = WorkController(
        app=app,
        pool_cls="threads",
        concurrency=THREADS,
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
    )
    worker = threading.Thread(target=controller.start, name="worker", daemon=True)
    beat = EmbeddedService(app, thread=True, scheduler_cls=app.conf.beat_scheduler)
    worker.start()
    beat.start()
    try:
        yield
    finally:
        beat.stop()
        state.should_stop = 0
        # The worker looks up after a message, or after two seconds, and once more before it goes.
        for _look in range(2):
            app.send_task("run_job", (NOBODYS_JOB,))
        worker.join(timeout=5)
