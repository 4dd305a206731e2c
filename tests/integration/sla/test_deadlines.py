"""The two moments of an item, from its jobs to what people read."""

from datetime import timedelta

import pytest

from engine.core.core import Core
from engine.jobs.model import JobState
from engine.jobs.queries import job_counts
from engine.notifications.queries import notices
from engine.worklist.deadlines import Moments, cancel_deadlines, schedule_deadlines
from engine.worklist.model import WorkItem
from tests.support.offices import a_work_item

HOUR = timedelta(hours=1)


@pytest.fixture
def core(settings, clock, database):
    return Core(settings, clock, engine=database)


def moments(item_id, instance_id, risk_at, due_at):
    return Moments(work_item_id=item_id, instance_id=instance_id, risk_at=risk_at, due_at=due_at)


@pytest.fixture
def item_id(core, session, instance_id, office, clock):
    """Siti has an hour for it."""
    item_id = a_work_item(session, instance_id, clock.now(), assignee_id=office.siti, unit_id=office.unit_id)
    session.commit()
    with core.work() as work:
        schedule_deadlines(work, [moments(item_id, instance_id, clock.now() + HOUR * 0.75, clock.now() + HOUR)])
    return item_id


@pytest.fixture
def told(session):
    def kinds(employee_id):
        return [notice.kind for notice in reversed(notices(session, employee_id).items)]

    return kinds


def test_nothing_happens_before_three_quarters(core, item_id, clock, told, office):
    clock.advance(HOUR * 0.74)
    core.run_due_jobs()
    assert told(office.siti) == []


def test_the_holder_is_reminded_at_three_quarters(core, item_id, clock, told, office):
    clock.advance(HOUR * 0.75)
    core.run_due_jobs()
    assert (told(office.siti), told(office.budi)) == (["sla.at_risk"], [])


def test_the_superior_is_told_when_time_is_up(core, item_id, clock, told, office):
    clock.advance(HOUR)
    core.run_due_jobs()
    assert told(office.siti) == ["sla.at_risk", "sla.overdue"]
    assert told(office.budi) == ["sla.overdue_below"]


def test_time_is_up_only_once(core, item_id, clock, told, office):
    clock.advance(HOUR)
    core.run_due_jobs()
    clock.advance(HOUR)
    assert core.run_due_jobs() == 0


def test_a_stopped_clock_tells_nobody(core, item_id, clock, told, office):
    with core.work() as work:
        cancel_deadlines(work, item_id)
    clock.advance(HOUR)
    core.run_due_jobs()
    assert told(office.siti) == []


def test_a_moved_date_counts(core, item_id, instance_id, session, clock):
    with core.work() as work:
        schedule_deadlines(work, [moments(item_id, instance_id, clock.now() + 2 * HOUR, clock.now() + 3 * HOUR)])
    clock.advance(HOUR)
    core.run_due_jobs()
    assert session.get_one(WorkItem, item_id).overdue_at is None
    assert job_counts(session, clock.now()).by_state[JobState.WAITING] == 2
