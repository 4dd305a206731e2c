"""The tasks: doors through which workers enter the house."""

from celery import Celery

from engine.core.core import Core
from workers.application import TICK


def add_tasks(app: Celery, core: Core) -> None:
    @app.task(name="run_job", shared=False, lazy=False)  # type: ignore[untyped-decorator]  # Celery has no types
    def run_job(job_id: int) -> None:
        core.run_job(job_id)

    @app.task(name="run_jobs", shared=False, lazy=False)  # type: ignore[untyped-decorator]
    def run_jobs(job_ids: list[int]) -> None:
        core.run_jobs(job_ids)

    @app.task(name="run_due", shared=False, lazy=False)  # type: ignore[untyped-decorator]
    def run_due() -> None:
        # What is still waiting at the next tick is sent again then, so that a long queue does not grow by itself.
        for job_ids in core.due_portions():
            run_jobs.apply_async((job_ids,), expires=TICK.total_seconds())
