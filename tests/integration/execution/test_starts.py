"""Cases that start by themselves: once for each occasion, from the version in force, for the procedure's unit."""

from datetime import timedelta

from sqlalchemy import select

from engine.base.clock import FrozenClock
from engine.bpmn.graph import EventKind
from engine.core.core import Core
from engine.definitions.model import DefinitionVersion, StartTrigger, VersionState
from engine.definitions.triggers import TIMED_START_JOB, triggers_of
from engine.execution.messages import deliver
from engine.execution.model import Instance
from engine.jobs.model import Job, JobState
from engine.jobs.operations import retry_dead
from tests.integration.execution.conftest import Desk
from tests.support.diagrams import (
    chain,
    definitions,
    diagram,
    element,
    end,
    event,
    extensions,
    person_task,
    process,
    start,
    timer,
    user_task,
)


def timed(text: str, kind: str = "timeCycle", task: str = "kerja") -> bytes:
    return diagram(*chain(start("mulai", timer(text, kind)), person_task(task, "kasubbag"), end()))


def titles(core: Core) -> list[str]:
    with core.read() as reading:
        return list(reading.session.scalars(select(Instance.title).order_by(Instance.id)))


def next_moments(core: Core) -> list[object]:
    with core.read() as reading:
        version = DefinitionVersion.state == VersionState.PUBLISHED
        ids = reading.session.scalars(select(DefinitionVersion.id).where(version))
        return [line.next_at for one in ids for line in triggers_of(reading.session, one)]


def test_a_set_time_starts_a_case_named_after_its_day(core: Core, desk: Desk, clock: FrozenClock):
    desk.publish(timed("PT1H", "timeDuration"))
    core.run_due_jobs()
    assert titles(core) == []
    clock.advance(timedelta(hours=1))
    core.run_due_jobs()
    day = clock.now().astimezone(core.settings.zone)
    assert titles(core) == [f"Proses, {day.day} November 2026"]
    assert next_moments(core) == [None]


def test_each_turn_starts_one_case_and_lateness_does_not_add_up(core: Core, desk: Desk, clock: FrozenClock):
    desk.publish(timed("R/PT1H"))
    set_for = clock.now() + timedelta(hours=1)
    for turn in range(3):
        clock.set(set_for + timedelta(hours=turn, minutes=5))
        core.run_due_jobs()
        assert next_moments(core) == [set_for + timedelta(hours=turn + 1)]
    assert len(titles(core)) == 3


def test_for_the_turns_that_were_missed_one_case_is_started(core: Core, desk: Desk, clock: FrozenClock):
    desk.publish(timed("R/PT1H"))
    published = clock.now()
    clock.advance(timedelta(hours=5, minutes=30))
    core.run_due_jobs()
    assert (len(titles(core)), next_moments(core)) == (1, [published + timedelta(hours=6)])


def test_a_new_version_takes_over_and_the_old_one_starts_nothing(core: Core, desk: Desk, clock: FrozenClock):
    desk.publish(timed("R/PT1H"))
    desk.publish(timed("R/PT2H", task="lain"))
    clock.advance(timedelta(hours=2, minutes=1))
    core.run_due_jobs()
    with core.read() as reading:
        [item] = [desk.open_in(one) for one in reading.session.scalars(select(Instance.id))]
        assert len(reading.session.scalars(select(StartTrigger)).all()) == 1
    assert list(item) == ["lain"]


def begin_at(core: Core, process: str) -> None:
    """A trigger that names a process that its version has not cannot start a case."""
    with core.work() as work:
        work.session.scalars(select(StartTrigger)).one().process_id = process


def jobs_in(core: Core, state: JobState) -> list[int]:
    with core.read() as reading:
        query = select(Job.id).where(Job.kind == TIMED_START_JOB, Job.state == state)
        return list(reading.session.scalars(query.order_by(Job.id)))


def fail_until_given_up(core: Core, clock: FrozenClock) -> None:
    begin_at(core, "tiada")
    while not jobs_in(core, JobState.DEAD):
        clock.advance(timedelta(hours=1))
        core.run_due_jobs()
    begin_at(core, "proses")


def test_a_timed_start_that_is_given_up_is_seen_and_the_next_comes_all_the_same(
    core: Core, desk: Desk, clock: FrozenClock
):
    desk.publish(timed("R/P1D"))
    published = clock.now()
    fail_until_given_up(core, clock)
    assert next_moments(core) == [published + timedelta(days=2)]
    clock.set(published + timedelta(days=2))
    core.run_due_jobs()
    assert (len(titles(core)), len(jobs_in(core, JobState.DEAD))) == (1, 1)


def test_a_timed_start_that_was_given_up_is_made_up_for_without_a_second_schedule(
    core: Core, desk: Desk, clock: FrozenClock
):
    desk.publish(timed("R/P1D"))
    published = clock.now()
    fail_until_given_up(core, clock)
    with core.work() as work:
        retry_dead(work, jobs_in(core, JobState.DEAD)[0])
    core.run_due_jobs()
    assert (len(titles(core)), len(jobs_in(core, JobState.WAITING))) == (1, 1)
    assert next_moments(core) == [published + timedelta(days=2)]


def test_after_the_last_moment_a_start_that_is_given_up_has_no_next(core: Core, desk: Desk, clock: FrozenClock):
    desk.publish(timed("PT1H", "timeDuration"))
    fail_until_given_up(core, clock)
    assert (next_moments(core), jobs_in(core, JobState.WAITING)) == ([None], [])


def test_a_timed_start_that_is_run_again_does_nothing(core: Core, desk: Desk, clock: FrozenClock):
    desk.publish(timed("R1/PT1H"))
    clock.advance(timedelta(hours=1))
    with core.read() as reading:
        [job] = reading.session.scalars(select(Job.id).where(Job.kind == TIMED_START_JOB))
    assert [core.run_job(job), core.run_job(job)] == [True, False]
    assert len(titles(core)) == 1


def test_every_process_of_the_file_begins_by_its_own_events(core: Core, desk: Desk):
    said = element("message", "m", name="Permohonan"), element("signal", "s", name="Bel")
    desk.publish(
        definitions(
            *said,
            process(*chain(start(), element("task", "a"), end())),
            process(
                *chain(start("m1", event("message", messageRef="m")), element("task", "b"), end("x")), identity="dua"
            ),
            process(
                *chain(start("s1", event("signal", signalRef="s")), element("task", "c"), end("y")), identity="tiga"
            ),
        )
    )
    with core.read() as reading:
        [version] = reading.session.scalars(select(DefinitionVersion.id))
        lines = [(line.kind, line.name, line.process_id) for line in triggers_of(reading.session, version)]
    assert lines == [(EventKind.MESSAGE, "Permohonan", "dua"), (EventKind.SIGNAL, "Bel", "tiga")]


def test_a_receive_task_that_instantiates_starts_a_case_and_is_passed(core: Core, desk: Desk):
    letter = element("message", "m", name="Permohonan")
    receives = element("receiveTask", "terima", name="Terima", messageRef="m", instantiate="true")
    desk.publish(diagram(*chain(receives, person_task("kerja", "kasubbag"), end()), outside=(letter,)))
    with core.work() as work:
        case = deliver(work, "Permohonan", None, {}).instance_id
    assert case is not None
    assert list(desk.open_in(case)) == ["kerja"]


def test_work_of_whoever_started_is_nobodys_when_nobody_did(core: Core, desk: Desk):
    starter = extensions('<tk:pelaksana peran="pemulai"/>')
    letter = element("message", "m", name="Permohonan")
    begins = start("mulai", event("message", messageRef="m"))
    desk.publish(diagram(*chain(begins, user_task("kerja", starter), end()), outside=(letter,)))
    with core.work() as work:
        case = deliver(work, "Permohonan", None, {}).instance_id
    assert case is not None
    assert desk.open_in(case) == {"kerja": None}
