"""Short words for what the tests of the outbox do."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.base.clock import FrozenClock
from engine.jobs.model import Job
from engine.jobs.operations import schedule
from tests.support.databases import OpenWork


@pytest.fixture
def a_job(work: OpenWork, clock: FrozenClock) -> Callable[..., int]:
    """Schedule a job; due at once unless told otherwise."""

    def schedule_one(key: str = "bell", due_in: timedelta = timedelta(0)) -> int:
        with work() as w:
            return schedule(w, "test.ring", key, clock.now() + due_in, {"times": 1}, instance_id=None)

    return schedule_one


@pytest.fixture
def row_of(database: object, session: Session) -> Callable[[int], Job]:
    """The job as it stands in the database now."""

    def look(job_id: int) -> Job:
        session.rollback()
        session.expire_all()
        return session.scalars(select(Job).where(Job.id == job_id)).one()

    return look
