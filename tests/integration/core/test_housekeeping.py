from datetime import datetime, timedelta

from sqlalchemy import select

from engine.access.accounts import create_account
from engine.access.model import SignInSession
from engine.access.signing_in import sign_in
from engine.base.clock import FrozenClock
from engine.core.core import Core
from engine.core.housekeeping import SWEEP_JOB, begin_housekeeping, sweep
from engine.definitions.examination import Upload, examine
from engine.definitions.model import ProcessDefinition, StartTrigger
from engine.definitions.operations import deploy
from engine.execution.holding import EXPIRE_EVERY, EXPIRE_JOB
from engine.execution.plan_model import OnHoliday, StartPlan
from engine.jobs.model import Job, JobState
from engine.jobs.operations import schedule
from engine.jobs.pruning import delete_finished
from engine.worklist.model import Candidate, WorkItemState
from tests.support.diagrams import a_sound_diagram
from tests.support.offices import a_candidate, a_small_office, a_work_item, an_instance

PASSWORD = "benar kuda baterai staples"


def due_moments(core: Core) -> list[object]:
    """When the next sweeps are: sessions first, messages after."""
    with core.read() as reading:
        is_sweep = Job.kind.in_((SWEEP_JOB, EXPIRE_JOB))
        query = select(Job.due_at).where(Job.state == "waiting", is_sweep).order_by(Job.kind.desc())
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
    assert core.run_due_jobs() == 6
    assert due_moments(core) == [clock.now() + timedelta(hours=1), clock.now() + EXPIRE_EVERY]


def a_job(core: Core, key: str, *, at: datetime, state: JobState) -> int:
    """A job whose moment and end lie together."""
    with core.work() as work:
        job_id = schedule(work, "test.ring", key, at, {})
        job = work.session.get_one(Job, job_id)
        job.state, job.finished_at = state, None if state is JobState.WAITING else at
    return job_id


def named_by_a_trigger(core: Core, job_id: int) -> None:
    with core.work() as work:
        examination = examine(Upload(filename="proses.bpmn", source=a_sound_diagram()))
        version_id = deploy(work, examination).version_id
        trigger = StartTrigger(version_id=version_id, process_id="proses", element="mulai", kind="timer", name="")
        trigger.job_id = job_id
        work.session.add(trigger)


def named_by_a_plan(core: Core, job_id: int) -> None:
    with core.work() as work:
        definition = ProcessDefinition(key="proses", name="Proses", prefix="PR", created_at=work.now)
        work.session.add(definition)
        work.session.flush()
        plan = StartPlan(
            definition_id=definition.id,
            name="Laporan",
            title="Laporan",
            crontab="0 8 1 * *",
            on_holiday=OnHoliday.AFTER,
            variables={},
            job_id=job_id,
            made_at=work.now,
            made_by="TataKerja",
        )
        work.session.add(plan)


def kept_of(core: Core, *job_ids: int) -> list[int]:
    with core.read() as reading:
        return list(reading.session.scalars(select(Job.id).where(Job.id.in_(job_ids)).order_by(Job.id)))


def test_jobs_that_were_finished_long_ago_go(core: Core, clock: FrozenClock):
    long_ago, lately = clock.now() - timedelta(days=31), clock.now() - timedelta(days=29)
    gone = [a_job(core, state.value, at=long_ago, state=state) for state in (JobState.DONE, JobState.CANCELLED)]
    dead = a_job(core, "dead", at=long_ago, state=JobState.DEAD)
    young = a_job(core, "young", at=lately, state=JobState.DONE)
    waiting = a_job(core, "waiting", at=clock.now() + timedelta(days=1), state=JobState.WAITING)
    with core.work() as work:
        sweep(work, {})
    assert kept_of(core, *gone, dead, young, waiting) == [dead, young, waiting]


def test_a_finished_job_that_a_start_still_names_stays(core: Core, clock: FrozenClock):
    named = a_job(core, "named", at=clock.now() - timedelta(days=90), state=JobState.DONE)
    a_job(core, "later", at=clock.now(), state=JobState.DONE)
    named_by_a_trigger(core, named)
    with core.work() as work:
        sweep(work, {})
    assert kept_of(core, named) == [named]


def test_a_finished_job_that_a_plan_still_names_stays(core: Core, clock: FrozenClock):
    named = a_job(core, "named", at=clock.now() - timedelta(days=90), state=JobState.DONE)
    a_job(core, "later", at=clock.now(), state=JobState.DONE)
    named_by_a_plan(core, named)
    with core.work() as work:
        sweep(work, {})
    assert kept_of(core, named) == [named]


def test_the_last_job_stays_so_that_no_id_is_given_twice(core: Core, clock: FrozenClock):
    last = a_job(core, "last", at=clock.now() - timedelta(days=90), state=JobState.DONE)
    with core.work() as work:
        delete_finished(work, clock.now(), 10, [])
    assert kept_of(core, last) == [last]


def test_many_finished_jobs_go_in_portions(core: Core, clock: FrozenClock):
    old = clock.now() - timedelta(days=90)
    for number in range(4):
        a_job(core, f"bell {number}", at=old, state=JobState.DONE)
    portions = []
    for _turn in range(3):
        with core.work() as work:
            portions.append(delete_finished(work, clock.now(), 2, []))
    assert portions == [2, 1, 0]


def test_queues_keep_what_is_open_alone(core: Core, clock: FrozenClock):
    with core.work() as work:
        office, case = a_small_office(work.session), an_instance(work.session, clock.now())
        closed = {"state": WorkItemState.COMPLETED, "closed_at": clock.now()}
        items = [
            a_work_item(work.session, case, clock.now(), activity_id=n, **facts) for n, facts in enumerate(({}, closed))
        ]
        for item in items:
            a_candidate(work.session, item, employee_id=office.siti)
        sweep(work, {})
    with core.read() as reading:
        assert reading.session.scalars(select(Candidate.work_item_id)).all() == items[:1]
