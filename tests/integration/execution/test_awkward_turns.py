"""Turns that a case rarely takes: what was asked for is done once or dropped, and nothing stays behind."""

from datetime import timedelta

from sqlalchemy import select

from engine.base.clock import FrozenClock
from engine.core.core import Core
from engine.execution import services
from engine.execution.beginning import Started
from engine.execution.cases import cancel_case
from engine.execution.consistency import differences
from engine.execution.incidents import retry
from engine.execution.model import Incident, Instance, InstanceState
from engine.execution.outgoing import CONTINUE_JOB, MESSAGE_JOB, SERVICE_JOB
from engine.execution.timer_rows import TIMER_JOB
from engine.jobs.claiming import claim
from engine.jobs.model import Job, JobState
from tests.integration.execution.conftest import Desk
from tests.support.diagrams import (
    boundary,
    catch,
    chain,
    diagram,
    element,
    end,
    event,
    exclusive,
    flow,
    parallel,
    person_task,
    script_task,
    service_task,
    start,
    throw,
    timer,
)

FAULTY = diagram(*chain(start(), script_task("hitung", "x = jumlah * 2"), person_task("tulis", "writer"), end()))
SLOW_SERVICE = diagram(
    *chain(start(), service_task("nomori", "number_letter"), end()),
    *(boundary("telat", "nomori", timer("PT1H")), end("tanpa_nomor"), flow("telat", "tanpa_nomor")),
)
COUNTING = diagram(
    *chain(
        *(start(), script_task("nol", "n = 0"), script_task("hitung", "n = n + 1")),
        *(exclusive("cukup", default="cukup_selesai"), end()),
    ),
    flow("cukup", "hitung", condition="n < 11000"),
)
SIGNAL = element("signal", "bel", name="Bel")


def the_incident(core: Core) -> int:
    with core.read() as reading:
        return reading.session.scalars(select(Incident.id).where(Incident.resolved_at.is_(None))).one()


def job_of(core: Core, kind: str) -> int:
    with core.read() as reading:
        return reading.session.scalars(select(Job.id).where(Job.kind == kind)).one()


def state_of(core: Core, case: Started) -> InstanceState:
    with core.read() as reading:
        return InstanceState(reading.session.get_one(Instance, case.instance_id).state)


def unfinished_jobs(core: Core) -> list[str]:
    """Those that move the case; its own deadline stands beside it."""
    is_left = Job.state.in_((JobState.WAITING, JobState.LEASED, JobState.DEAD))
    with core.read() as reading:
        return list(reading.session.scalars(select(Job.kind).where(is_left, ~Job.kind.startswith("sla."))))


def told(core: Core, case: Started) -> list[str]:
    with core.read() as reading:
        return [str(difference) for difference in differences(reading.session, case.instance_id)]


def test_a_fault_that_comes_back_is_one_open_incident(core: Core, desk: Desk):
    desk.publish(FAULTY)
    case = desk.start()
    with core.work() as work:
        retry(work, the_incident(core))
    assert told(core, case) == []


def test_a_service_that_failed_is_asked_again_in_the_same_instant(core: Core, desk: Desk):
    desk.publish(SLOW_SERVICE)
    case = desk.start()
    with core.work() as work:
        call = claim(work.session, job_of(core, SERVICE_JOB), work.now)
        services.run(work, call.payload if call else {}, {})
    with core.work() as work:
        retry(work, the_incident(core))
    core.run_due_jobs()
    assert state_of(core, case) == InstanceState.COMPLETED


def test_a_service_that_came_too_late_is_not_asked(core: Core, desk: Desk, clock: FrozenClock):
    desk.publish(SLOW_SERVICE)
    case = desk.start()
    clock.advance(timedelta(hours=2))
    core.run_job(job_of(core, TIMER_JOB))
    assert state_of(core, case) == InstanceState.COMPLETED
    assert (unfinished_jobs(core), core.run_due_jobs()) == ([], 0)


def test_a_cancelled_case_leaves_nothing_to_do(core: Core, desk: Desk):
    desk.publish(SLOW_SERVICE)
    case = desk.start()
    with core.work() as work:
        cancel_case(work, case.instance_id, "Salah berkas")
    assert unfinished_jobs(core) == []


def test_a_long_run_goes_on_in_jobs_and_comes_to_its_end(core: Core, desk: Desk):
    desk.publish(COUNTING)
    case = desk.start()
    assert (told(core, case), unfinished_jobs(core)) == ([], [CONTINUE_JOB])
    core.run_due_jobs()
    assert (state_of(core, case), unfinished_jobs(core)) == (InstanceState.COMPLETED, [])


def test_a_case_that_is_cancelled_in_a_long_run_does_not_go_on(core: Core, desk: Desk):
    desk.publish(COUNTING)
    case = desk.start()
    with core.work() as work:
        cancel_case(work, case.instance_id, "Salah berkas")
    assert unfinished_jobs(core) == []


def test_a_signal_for_a_case_that_ended_meanwhile_is_heard_by_nobody(core: Core, desk: Desk):
    desk.publish(diagram(*chain(start(), catch("dengar", event("signal", signalRef="bel")), end()), outside=(SIGNAL,)))
    case = desk.start()
    with core.work() as work:
        payload = {"instance_id": case.instance_id, "name": "Bel", "variables": {}}
        job = {"key": "a signal on its way", "payload": payload, "instance_id": case.instance_id}
        work.session.add(Job(kind="signal.hear", state=JobState.WAITING, due_at=work.now, created_at=work.now, **job))
        cancel_case(work, case.instance_id, "Salah berkas")
    core.run_due_jobs()
    assert unfinished_jobs(core) == []


def test_two_signals_of_one_name_in_one_instant_are_both_heard(core: Core, desk: Desk):
    bell = event("signal", signalRef="bel")
    twice = (catch("dengar", bell), catch("dengar_lagi", bell))
    desk.publish(diagram(*chain(start(), *twice, end()), outside=(SIGNAL,)))
    case = desk.start()
    desk.publish(diagram(*chain(start(), throw("bunyi", bell), end()), outside=(SIGNAL,)))
    desk.start()
    desk.start()
    core.run_due_jobs()
    assert state_of(core, case) == InstanceState.COMPLETED


def test_an_element_that_speaks_three_times_in_one_step_is_heard_three_times(core: Core, desk: Desk):
    say = throw("kirim", event("message", messageRef="balasan"))
    loop = (script_task("nol", "n = 0"), say, script_task("hitung", "n = n + 1"))
    desk.publish(
        diagram(
            *chain(start(), *loop, exclusive("cukup", default="cukup_selesai"), end()),
            flow("cukup", "kirim", condition="n < 3"),
            outside=(element("message", "balasan", name="Balasan"),),
        )
    )
    desk.start()
    assert unfinished_jobs(core) == [MESSAGE_JOB] * 3


def test_names_may_be_long(core: Core, desk: Desk):
    long = "x" * 180
    message = element("message", f"pesan_{long}"[:180], name=f"Pesan {long}"[:180])
    by_message = event("message", messageRef=message.identity)
    desk.publish(
        diagram(
            *chain(start(), parallel("bagi"), person_task(f"tulis_{long}"[:180], "writer"), end()),
            *(boundary(f"telat_{long}"[:180], f"tulis_{long}"[:180], timer("PT2H")), end("sudah")),
            flow(f"telat_{long}"[:180], "sudah", identity="f1"),
            *(catch("tunggu", by_message), flow("bagi", "tunggu"), flow("tunggu", "sudah")),
            *(throw(f"kirim_{long}"[:180], by_message), flow("bagi", f"kirim_{long}"[:180], identity="f2")),
            flow(f"kirim_{long}"[:180], "sudah", identity="f3"),
            outside=(message,),
        )
    )
    case = desk.start()
    core.run_due_jobs()
    assert told(core, case) == []
