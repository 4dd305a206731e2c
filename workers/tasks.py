"""The two tasks: doors through which workers enter the house."""

from celery import Celery

from engine.core.core import Core
from workers.application import TICK


def add_tasks(app: Celery, core: Core) -> None:
    @app.task(name="run_job", shared=False, lazy=False)  # type: ignore[untyped-decorator]  # Celery has no types
    def run_job(job_id: int) -> None:
        core.run_job(job_id)

    @app.task(name="run_due", shared=False, lazy=False)  # type: ignore[untyped-decorator]
    def run_due() -> None:
        # What is still waiting at the next tick is sent again then, so that a long queue does not grow by itself.
        for job_id in core.due_job_ids():
            run_job.apply_async((job_id,), expires=TICK.total_seconds())
