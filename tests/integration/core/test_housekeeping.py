from datetime import timedelta

from sqlalchemy import select

from engine.access.accounts import create_account
from engine.access.model import SignInSession
from engine.access.sessions import sign_in
from engine.base.clock import FrozenClock
from engine.core.core import Core
from engine.core.housekeeping import begin_housekeeping
from engine.execution.holding import EXPIRE_EVERY
from engine.jobs.model import Job

PASSWORD = "benar kuda baterai staples"


def due_moments(core: Core) -> list[object]:
    """When the next sweeps are: sessions first, messages after."""
    with core.read() as reading:
        query = select(Job.due_at).where(Job.state == "waiting").order_by(Job.kind.desc())
        return list(reading.session.scalars(query))


def test_sessions_that_ran_out_are_swept_every_hour(core: Core, clock: FrozenClock):
    with core.work() as work:
        create_account(work, "budi", PASSWORD, None, ["administrator"])
        begin_housekeeping(work)
    with core.work() as work:
        sign_in(work, "budi", PASSWORD)
    core.run_due_jobs()
    clock.advance(timedelta(hours=core.settings.session_hours, minutes=1))
    core.run_due_jobs()
    with core.read() as reading:
        assert reading.session.scalars(select(SignInSession)).all() == []
    assert due_moments(core) == [clock.now() + timedelta(hours=1), clock.now() + EXPIRE_EVERY]


def test_housekeeping_that_begins_twice_runs_once(core: Core, clock: FrozenClock):
    for _start in range(2):
        with core.work() as work:
            begin_housekeeping(work)
    assert core.run_due_jobs() == 2
    assert due_moments(core) == [clock.now() + timedelta(hours=1), clock.now() + EXPIRE_EVERY]
