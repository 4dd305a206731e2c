"""The Celery application: it carries ids of jobs; the rows know the rest."""

from datetime import timedelta

from celery import Celery

from engine.base.settings import Settings

TICK = timedelta(seconds=1)


def application(settings: Settings) -> Celery:
    app = Celery("tatakerja", broker=_broker(settings.redis_url))
    app.conf.update(
        task_acks_late=True,
        task_ignore_result=True,
        task_serializer="json",
        accept_content=["json"],
        worker_hijack_root_logger=False,
        worker_prefetch_multiplier=1,
        worker_enable_remote_control=not settings.is_embedded,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        broker_transport_options=_transport_options(settings.redis_url),
        # A tick that comes late says nothing that the next one does not say better.
        beat_schedule={"run_due": {"task": "run_due", "schedule": TICK, "options": {"expires": TICK.total_seconds()}}},
        beat_scheduler="celery.beat:Scheduler",
        beat_max_loop_interval=0.5,
    )
    return app


def _broker(redis_url: str) -> str:
    # kombu warns of an address without a host.
    return "memory://localhost//" if redis_url == "memory://" else redis_url


def _transport_options(redis_url: str) -> dict[str, float]:
    if redis_url.startswith("memory:"):
        return {"polling_interval": 0.02}
    # Whoever sends does not try again and again: a page is waiting, and the next tick finds the job.
    impatient = {"max_retries": 1, "interval_start": 0, "interval_step": 0, "interval_max": 0}
    return {"socket_connect_timeout": 2, "socket_timeout": 10, **impatient}
