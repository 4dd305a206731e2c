"""Timers, lateness, services, messages, and faults that people mend."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from engine.base.clock import FrozenClock
from engine.core.core import Core
from engine.execution.advance import advance
from engine.execution.errors import NobodyWaits
from engine.execution.incidents import retry
from engine.execution.messages import deliver
from engine.execution.model import Incident, Instance, InstanceState
from engine.jobs.model import Job, JobState
from engine.notifications.model import Notice
from engine.runtime.stimuli import SetVariables
from engine.worklist.model import WorkItem
from tests.integration.execution.conftest import Desk
from tests.support.diagrams import (
    boundary,
    catch,
    chain,
    diagram,
    element,
    end,
    event,
    flow,
    person_task,
    script_task,
    service_task,
    start,
    timer,
)
from tests.support.small_office import person

SLOW_STEP = diagram(*chain(start(), person_task("tulis", "writer"), end()))
REMINDED = diagram(
    *chain(start(), person_task("tulis", "writer"), end()),
    boundary("telat", "tulis", timer("PT2H"), cancelActivity="false"),
    person_task("ingatkan", "kasubbag"),
    end("selesai_ingat"),
    flow("telat", "ingatkan"),
    flow("ingatkan", "selesai_ingat"),
)
FAULTY = diagram(*chain(start(), person_task("tulis", "writer"), script_task("hitung", "x = jumlah * 2"), end()))
NUMBERED = diagram(*chain(start(), person_task("tulis", "writer"), service_task("nomori", "number_letter"), end()))
A_MESSAGE = diagram(
    *chain(start(), person_task("tulis", "writer"), catch("tunggu", event("message", messageRef="balasan")), end()),
    outside=(element("message", "balasan", name="Balasan"),),
)


def notices(core: Core) -> list[tuple[str, int]]:
    with core.read() as reading:
        return [(notice.kind, notice.employee_id) for notice in reading.session.scalars(select(Notice))]


def state_of(core: Core, instance_id: int) -> InstanceState:
    with core.read() as reading:
        return InstanceState(reading.session.get_one(Instance, instance_id).state)


def test_at_three_quarters_of_the_standard_time_the_holder_is_reminded(core: Core, desk: Desk, clock: FrozenClock):
    desk.publish(SLOW_STEP)
    desk.start(by="eko")
    clock.advance(timedelta(minutes=8))
    core.run_due_jobs()
    assert ("sla.at_risk", person(core, "eko").employee_id) in notices(core)


def test_late_work_is_told_to_its_holder_and_her_superior(core: Core, desk: Desk, clock: FrozenClock):
    desk.publish(SLOW_STEP)
    desk.start(by="eko")
    clock.advance(timedelta(minutes=11))
    core.run_due_jobs()
    assert set(notices(core)) >= {
        ("sla.overdue", person(core, "eko").employee_id),
        ("sla.overdue_below", person(core, "citra").employee_id),
    }


def test_work_done_in_time_is_never_told_as_late(core: Core, desk: Desk, clock: FrozenClock):
    desk.publish(SLOW_STEP)
    case = desk.start(by="eko")
    desk.complete(case, "tulis", by="eko")
    clock.advance(timedelta(days=3))
    assert (core.run_due_jobs(), notices(core)) == (0, [])


def test_late_work_is_marked(core: Core, desk: Desk, clock: FrozenClock):
    desk.publish(SLOW_STEP)
    case = desk.start(by="eko")
    clock.advance(timedelta(minutes=11))
    core.run_due_jobs()
    with core.read() as reading:
        assert reading.session.get_one(WorkItem, desk.item(case, "tulis")).overdue_at == clock.now()


def test_a_boundary_timer_of_the_model_fires_as_a_job(core: Core, desk: Desk, clock: FrozenClock):
    desk.publish(REMINDED)
    case = desk.start(by="eko")
    clock.advance(timedelta(hours=2, minutes=1))
    core.run_due_jobs()
    assert desk.open(case) == {"tulis": "Eko Prasetyo", "ingatkan": "Citra Dewanti"}


def test_a_timer_of_a_step_done_in_time_is_cancelled(core: Core, desk: Desk, clock: FrozenClock):
    desk.publish(REMINDED)
    case = desk.start(by="eko")
    desk.complete(case, "tulis", by="eko")
    clock.advance(timedelta(hours=3))
    core.run_due_jobs()
    assert state_of(core, case.instance_id) == InstanceState.COMPLETED
    assert desk.open(case) == {}


def test_a_fault_is_an_incident_and_the_click_succeeds(core: Core, desk: Desk):
    desk.publish(FAULTY)
    case = desk.start(by="eko")
    desk.complete(case, "tulis", by="eko")
    assert state_of(core, case.instance_id) == InstanceState.INCIDENT
    assert ("incident.opened", person(core, "fani").employee_id) not in notices(core)  # fani has no account here


def test_a_mended_case_goes_on_after_a_retry(core: Core, desk: Desk):
    desk.publish(FAULTY)
    case = desk.start(by="eko")
    desk.complete(case, "tulis", by="eko")
    with core.work() as work:
        advance(work, case.instance_id, SetVariables({"jumlah": 2}))
        retry(work, work.session.scalars(select(Incident.id)).one())
    assert state_of(core, case.instance_id) == InstanceState.COMPLETED


def test_a_service_task_runs_as_a_job_and_gives_its_result_to_the_case(core: Core, desk: Desk):
    desk.publish(NUMBERED)
    case = desk.start(by="eko")
    desk.complete(case, "tulis", by="eko")
    core.run_due_jobs()
    with core.read() as reading:
        assert reading.session.get_one(Instance, case.instance_id).variables["nomor"] == "SURAT-2026-00001"


def test_a_message_reaches_the_case_that_waits_for_it(core: Core, desk: Desk):
    desk.publish(A_MESSAGE)
    case = desk.start(by="eko")
    desk.complete(case, "tulis", by="eko")
    with core.work() as work:
        assert deliver(work, "Balasan", None, {"isi": "ya"}).instance_id == case.instance_id
    assert state_of(core, case.instance_id) == InstanceState.COMPLETED


def test_a_message_for_nobody_is_refused(core: Core):
    with pytest.raises(NobodyWaits), core.work() as work:
        deliver(work, "Balasan", None, {}, timedelta(0))


def test_a_job_that_fails_is_tried_again_later(core: Core, desk: Desk, clock: FrozenClock):
    with core.work() as work:
        work.session.add(
            Job(
                kind="message.route",
                key="a message for nobody",
                payload={"name": "Balasan", "correlation": None, "variables": {}},
                state=JobState.WAITING,
                due_at=work.now,
                created_at=work.now,
            )
        )
    core.run_due_jobs(rounds=1)
    with core.read() as reading:
        job = reading.session.scalars(select(Job)).one()
    assert (job.state, job.attempts, job.due_at > clock.now()) == (JobState.WAITING, 1, True)
