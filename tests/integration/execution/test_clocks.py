"""The clock of a step and of its case: stopped and resumed, by hand or by the diagram, whatever else happens."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from engine.access.permissions import NotYourWork
from engine.base.actor import SYSTEM
from engine.base.clock import FrozenClock
from engine.calendar.model import HolidayKind
from engine.core.calendar_keeping import enter_days_off
from engine.core.core import Core
from engine.execution.beginning import Started
from engine.execution.cases import cancel_case
from engine.execution.incidents import retry
from engine.execution.messages import deliver
from engine.execution.model import Incident, Instance, InstanceState
from engine.execution.recalling import recall
from engine.execution.repairs import change_data
from engine.execution.returning import return_case
from engine.notifications.model import Notice
from engine.sla.ladder_keeping import keep_ladder
from engine.sla.ladders import OFFICE
from engine.sla.model import ClockStop, WaitsFor
from engine.sla.stopping import ClockRuns, ClockStands, StopRefused, resume_clock, stop_clock
from engine.worklist.handing_on import hand_on
from engine.worklist.model import WorkItem
from engine.worklist.operations import claim, reassign, release
from tests.conftest import MONDAY_MORNING
from tests.integration.execution.conftest import Desk
from tests.support.diagrams import (
    arrows,
    chain,
    definitions,
    diagram,
    element,
    end,
    event,
    extensions,
    parallel,
    process,
    script_task,
    start,
    user_task,
)
from tests.support.one_day import one_day
from tests.support.small_office import person

HOUR = timedelta(hours=1)
FOUR_HOURS = '<tk:waktu nilai="4" satuan="jam"/>'
WHOLE = extensions('<tk:waktu teks="2 hari kerja"/>')
REPLY = element("message", "balasan", name="Balasan")


def step(identity: str, position: str) -> str:
    return user_task(identity, extensions(f'<tk:pelaksana jabatan="{position}"/>', FOUR_HOURS))


WAITING = element(
    "intermediateCatchEvent", "tunggu", event("message", messageRef="balasan"), name="Berkas", tk__jamHenti="pemohon"
)
DESKS = definitions(process(*chain(start(), step("catat", "clerk"), step("setujui", "kasubbag"), end())))
WAITS = definitions(process(WHOLE, *chain(start(), WAITING, step("setujui", "kasubbag"), end())), REPLY)


@pytest.fixture
def case(desk: Desk) -> Started:
    """Opened on Monday morning in the queue of the clerks; taken by Ani."""
    desk.publish(DESKS)
    return desk.start(by="ani")


def item_of(core: Core, case: Started, element: str = "catat") -> WorkItem:
    with core.read() as reading:
        query = select(WorkItem).where(WorkItem.instance_id == case.instance_id, WorkItem.element == element)
        return reading.session.scalars(query.order_by(WorkItem.id.desc()).limit(1)).one()


def instance_of(core: Core, case: Started) -> Instance:
    with core.read() as reading:
        return reading.session.get_one(Instance, case.instance_id)


def stops(core: Core) -> list[ClockStop]:
    with core.read() as reading:
        return list(reading.session.scalars(select(ClockStop).order_by(ClockStop.id)))


def stop(core: Core, case: Started, by: str = "ani", reason: str = "Ijazah menyusul") -> None:
    with core.work(person(core, by)) as work:
        stop_clock(work, item_of(core, case).id, WaitsFor.APPLICANT, reason)


def resume(core: Core, case: Started, by: str = "ani") -> None:
    with core.work(person(core, by)) as work:
        resume_clock(work, item_of(core, case).id)


def due(row: WorkItem | Instance) -> datetime:
    assert row.due_at is not None
    return row.due_at


def notices(core: Core) -> set[tuple[str, int]]:
    """Kinds, and who was told."""
    with core.read() as reading:
        return {(row.kind, row.employee_id) for row in reading.session.scalars(select(Notice))}


def shared_out(item: WorkItem) -> tuple[int | None, int | None, int]:
    return item.waited_minutes, item.worked_minutes, item.stopped_minutes


def test_an_item_knows_its_standard_and_its_norm(core: Core, case: Started):
    item = item_of(core, case)
    assert (item.standard_minutes, item.norm_minutes) == (240, 240)


COUNTED = '<tk:waktu nilai="2" satuan="menit" perSatuan="berkas" kali="jumlah_berkas"/>'


def test_a_time_for_each_is_counted_for_as_many_as_the_case_has(desk: Desk, core: Core, clock: FrozenClock):
    counted = user_task("catat", extensions('<tk:pelaksana jabatan="clerk"/>', COUNTED))
    desk.publish(definitions(process(*chain(start(), counted, end()))))
    case = desk.start(by="ani", variables={"jumlah_berkas": 5})
    item = item_of(core, case)
    assert (due(item) - MONDAY_MORNING, item.norm_minutes) == (timedelta(minutes=10), 10)
    with core.work(SYSTEM) as work:
        enter_days_off(work, one_day(MONDAY_MORNING.date()), HolidayKind.CLOSURE, "Banjir")
    core.run_due_jobs()
    assert item_of(core, case).standard_minutes == 10
    assert instance_of(core, case).due_at is None


def test_a_case_is_promised_from_its_start(core: Core, case: Started):
    case_row = instance_of(core, case)
    assert due(case_row) - MONDAY_MORNING == timedelta(days=1, minutes=30)  # after eight working hours
    assert case_row.risk_at is not None


def test_deadlines_move_by_the_time_that_the_clock_stood_still(core: Core, case: Started, clock: FrozenClock):
    before, of_case = due(item_of(core, case)), due(instance_of(core, case))
    stop(core, case)
    clock.advance(30 * timedelta(minutes=1))
    resume(core, case)
    assert due(item_of(core, case)) == before + timedelta(minutes=90)  # past the hour of the break
    assert due(instance_of(core, case)) == of_case + timedelta(minutes=30)
    assert (stops(core)[0].minutes, item_of(core, case).stopped_minutes) == (30, 30)


def test_nobody_is_reminded_while_the_clock_stands_still(core: Core, case: Started, clock: FrozenClock):
    stop(core, case)
    clock.advance(timedelta(days=3))
    core.run_due_jobs()
    assert item_of(core, case).overdue_at is None
    assert instance_of(core, case).overdue_at is None
    resume(core, case)
    clock.advance(timedelta(days=3))
    core.run_due_jobs()
    assert item_of(core, case).overdue_at is not None
    assert instance_of(core, case).overdue_at is not None


def test_a_late_case_is_told_to_the_head_of_its_unit(core: Core, case: Started, clock: FrozenClock):
    clock.advance(timedelta(days=3))
    core.run_due_jobs()
    with core.read() as reading:
        told = reading.session.scalars(select(Notice.employee_id).where(Notice.kind == "sla.case_overdue"))
        assert person(core, "citra").employee_id in set(told)


def test_of_a_case_that_is_due_with_its_step_each_hears_once(desk: Desk, core: Core, clock: FrozenClock):
    desk.publish(definitions(process(*chain(start(), step("setujui", "writer"), end()))))
    desk.start(by="eko")
    clock.advance(timedelta(days=1))
    core.run_due_jobs()
    told = sorted(notices(core))
    eko, citra = (person(core, name).employee_id for name in ("eko", "citra"))
    of_deadlines = [each for each in told if each[0].startswith("sla.")]
    assert of_deadlines == [("sla.at_risk", eko), ("sla.overdue", eko), ("sla.overdue_below", citra)]


def test_where_the_ladder_says_nothing_the_case_does(desk: Desk, core: Core, clock: FrozenClock):
    desk.publish(definitions(process(*chain(start(), step("setujui", "writer"), end()))))
    desk.start(by="eko")
    with core.work(SYSTEM) as work:
        keep_ladder(work, OFFICE, ())
    clock.advance(timedelta(days=1))
    core.run_due_jobs()
    told = notices(core)
    eko, citra = (person(core, name).employee_id for name in ("eko", "citra"))
    assert {("sla.case_at_risk", eko), ("sla.case_overdue", eko), ("sla.case_overdue", citra)} <= told


def test_what_passed_is_shared_out_between_waiting_work_and_stops(desk: Desk, core: Core, clock: FrozenClock):
    desk.publish(definitions(process(*chain(start(), step("mulai_dulu", "writer"), step("catat", "clerk"), end()))))
    case = desk.start(by="eko")
    desk.complete(case, "mulai_dulu", "eko")
    clock.advance(timedelta(minutes=20))
    with core.work(person(core, "ani")) as work:
        claim(work, item_of(core, case).id)
    clock.advance(timedelta(minutes=10))
    stop(core, case)
    clock.advance(timedelta(minutes=15))
    resume(core, case)
    clock.advance(timedelta(minutes=5))
    with core.work(person(core, "ani")) as work:
        release(work, item_of(core, case).id)
    clock.advance(timedelta(minutes=7))
    with core.work(person(core, "budi")) as work:
        claim(work, item_of(core, case).id)
    clock.advance(timedelta(minutes=3))
    desk.complete(case, "catat", "budi")
    assert shared_out(item_of(core, case)) == (27, 18, 15)


def test_a_stop_stays_with_the_item_whoever_has_it(core: Core, case: Started, clock: FrozenClock):
    stop(core, case)
    clock.advance(HOUR)
    with core.work(person(core, "ani")) as work:
        budi = person(core, "budi").employee_id
        assert budi is not None
        hand_on(work, item_of(core, case).id, budi, "Saya rapat")
    with core.work(person(core, "citra")) as work:
        ani = person(core, "ani").employee_id
        assert ani is not None
        reassign(work, item_of(core, case).id, ani)
    assert item_of(core, case).clock_stopped_at == MONDAY_MORNING
    clock.advance(HOUR)
    resume(core, case)
    assert item_of(core, case).stopped_minutes == 120


def test_who_completes_lets_the_clock_run(desk: Desk, core: Core, case: Started, clock: FrozenClock):
    stop(core, case)
    clock.advance(HOUR)
    desk.complete(case, "catat", "ani")
    item, row = item_of(core, case), instance_of(core, case)
    assert (item.clock_stopped_at, row.clock_stopped_at) == (None, None)
    assert (shared_out(item), row.stopped_minutes) == ((0, 0, 60), 60)
    assert stops(core)[0].resumed_by == "Ani Lestari"


def test_a_stop_ends_with_a_case_that_goes_back(desk: Desk, core: Core, case: Started, clock: FrozenClock):
    desk.complete(case, "catat", "ani")
    approval = item_of(core, case, "setujui").id
    with core.work(person(core, "citra")) as work:
        stop_clock(work, approval, WaitsFor.OTHER_OFFICE, "Menunggu Kanwil")
    clock.advance(HOUR)
    with core.work(person(core, "ani")) as work:
        recall(work, item_of(core, case).id)
    row = instance_of(core, case)
    assert (row.clock_stopped_at, row.stopped_minutes, stops(core)[0].minutes) == (None, 60, 60)


def test_the_diagram_stops_the_clock_where_it_waits(desk: Desk, core: Core, clock: FrozenClock):
    desk.publish(WAITS)
    case = desk.start(by="citra")
    before = due(instance_of(core, case))
    assert (stops(core)[0].waits_for, stops(core)[0].reason) == (WaitsFor.APPLICANT, "Berkas")
    clock.advance(HOUR)
    with core.work() as work:
        deliver(work, "Balasan", None, {})
    core.run_due_jobs()
    row = instance_of(core, case)
    assert (row.clock_stopped_at, row.stopped_minutes) == (None, 60)
    assert due(row) > before


def test_a_case_knows_in_the_end_how_long_it_ran(desk: Desk, core: Core, case: Started, clock: FrozenClock):
    stop(core, case)
    clock.advance(HOUR)
    resume(core, case)
    clock.advance(HOUR)
    desk.complete(case, "catat", "ani")
    desk.complete(case, "setujui", "citra")
    row = instance_of(core, case)
    assert (row.elapsed_minutes, row.stopped_minutes) == (60, 60)


def test_a_clock_is_stopped_once_and_by_whoever_has_the_work(core: Core, case: Started):
    with pytest.raises(NotYourWork):
        stop(core, case, by="eko")
    stop(core, case)
    with pytest.raises(ClockStands):
        stop(core, case)
    resume(core, case, by="citra")
    with pytest.raises(ClockRuns):
        resume(core, case)


@pytest.mark.parametrize(
    ("whom", "why", "wrong"), [("nobody", "", {"waits_for", "reason"}), ("applicant", "x" * 301, {"reason"})]
)
def test_a_stop_needs_somebody_and_a_reason(core: Core, case: Started, whom: str, why: str, wrong: set[str]):
    with pytest.raises(StopRefused) as refusal, core.work(person(core, "ani")) as work:
        stop_clock(work, item_of(core, case).id, whom, why)
    assert {field.name for field in refusal.value.fields} == wrong


def test_a_day_off_during_a_stop_moves_the_deadline_once(desk: Desk, core: Core, clock: FrozenClock):
    desk.publish(definitions(process(WHOLE, *chain(start(), step("catat", "clerk"), end()))))
    case = desk.start(by="ani")
    stop(core, case)
    with core.work(SYSTEM) as work:
        enter_days_off(work, one_day(MONDAY_MORNING.date() + timedelta(days=1)), HolidayKind.CLOSURE, "Banjir")
    core.run_due_jobs()
    clock.advance(timedelta(days=2))  # Wednesday, eight in the morning
    resume(core, case)
    whole, hours = instance_of(core, case), 7 * 60 + 30  # the rest of Monday, and half an hour of Wednesday
    assert whole.stopped_minutes == hours
    assert due(whole) == datetime(2026, 11, 27, 9, 30, tzinfo=UTC)  # on Friday: one day closed, one stopped


def test_a_due_date_that_the_case_knows_is_the_deadline(desk: Desk, core: Core):
    named = user_task("catat", extensions('<tk:pelaksana peran="pemulai"/>', '<tk:tenggat nilai="batas"/>'))
    desk.publish(definitions(process(*chain(start(), named, end()))))
    case = desk.start(by="ani", variables={"batas": "2026-11-25"})
    assert due(item_of(core, case)) == datetime(2026, 11, 25, 9, tzinfo=UTC)  # when the office closes


def test_a_stop_ends_when_the_case_is_returned(desk: Desk, core: Core, case: Started, clock: FrozenClock):
    desk.complete(case, "catat", "ani")
    approval = item_of(core, case, "setujui").id
    with core.work(person(core, "citra")) as work:
        stop_clock(work, approval, WaitsFor.OTHER_OFFICE, "Menunggu Kanwil")
    clock.advance(HOUR)
    with core.work(person(core, "citra")) as work:
        return_case(work, approval, item_of(core, case).id, "Perihal salah", "")
    assert (item_of(core, case, "setujui").stopped_minutes, instance_of(core, case).clock_stopped_at) == (60, None)


def test_a_stop_outlives_a_fault_and_its_repair(desk: Desk, core: Core, clock: FrozenClock):
    calculation = script_task("hitung", "x = jumlah * 2")
    faulty = chain(start(), parallel("bagi"), step("satu", "writer"), calculation, parallel("kumpul"), end())
    desk.publish(diagram(*faulty, step("catat", "clerk"), *arrows("bagi", "catat", "kumpul")))
    case = desk.start(by="ani")
    stop(core, case)
    clock.advance(HOUR)
    desk.complete(case, "satu", "eko")
    assert instance_of(core, case).state == InstanceState.INCIDENT
    with core.work(person(core, "fani")) as work:
        change_data(work, case.instance_id, {"jumlah": 1}, "Terlewat")
        retry(work, work.session.scalars(select(Incident.id)).one())
    clock.advance(HOUR)
    resume(core, case)
    assert (item_of(core, case).stopped_minutes, instance_of(core, case).stopped_minutes) == (120, 120)


def test_a_cancelled_case_holds_no_clock(core: Core, case: Started, clock: FrozenClock):
    stop(core, case)
    clock.advance(HOUR)
    with core.work(person(core, "citra")) as work:
        cancel_case(work, case.instance_id, "Dicabut")
    row = instance_of(core, case)
    assert (row.clock_stopped_at, row.stopped_minutes, row.elapsed_minutes, stops(core)[0].minutes) == (None, 60, 0, 60)
