"""A changed calendar moves the deadlines of open work, and nobody has to find that out by herself."""

from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from engine.audit.model import AuditEntry
from engine.base.actor import SYSTEM
from engine.calendar.entries import TableFacts, UnitDayFacts
from engine.calendar.model import HolidayKind, HoursKind
from engine.core.calendar_keeping import drop_holiday, enter_days_off, enter_hours, enter_unit_day
from engine.core.office_keeping import change_unit, open_unit
from engine.execution.model import Instance
from engine.notifications.model import Notice
from engine.organisation.importing import import_organisation
from engine.organisation.units import UnitFacts
from engine.sla.model import WaitsFor
from engine.sla.stopping import resume_clock, stop_clock
from engine.worklist.model import WorkItem
from tests.conftest import MONDAY_MORNING
from tests.support.diagrams import chain, diagram, end, extensions, person_task, standard_time, start, user_task
from tests.support.one_day import one_day
from tests.support.small_office import person

TUESDAY = MONDAY_MORNING.date() + timedelta(days=1)


@pytest.fixture
def case(desk):
    step = user_task("periksa", extensions('<tk:pelaksana peran="pemulai"/>', standard_time(1, "hari-kerja")))
    desk.publish(diagram(*chain(start(), step, end())))
    return desk.start()


def close_on(core, day: date) -> None:
    with core.work(SYSTEM) as work:
        enter_days_off(work, one_day(day), HolidayKind.CLOSURE, "Banjir")
    core.run_due_jobs()


def open_again_on(core, day: date) -> None:
    with core.work(SYSTEM) as work:
        drop_holiday(work, day)
    core.run_due_jobs()


def item(core, case) -> WorkItem:
    with core.read() as reading:
        return reading.session.scalars(select(WorkItem).where(WorkItem.instance_id == case.instance_id)).one()


def due(core, case) -> datetime:
    return item(core, case).due_at


def acts(core, act: str) -> list[AuditEntry]:
    with core.read() as reading:
        return list(reading.session.scalars(select(AuditEntry).where(AuditEntry.act == act)))


def test_a_day_off_moves_what_is_due_on_it(core, case):
    before = due(core, case)
    close_on(core, TUESDAY)
    assert due(core, case) == before + timedelta(days=1)


def test_a_working_day_again_moves_it_back(core, case):
    before = due(core, case)
    close_on(core, TUESDAY)
    open_again_on(core, TUESDAY)
    assert due(core, case) == before


def test_what_does_not_move_has_no_line_in_the_trail(core, case):
    close_on(core, TUESDAY + timedelta(days=30))
    assert acts(core, "work_item.deadline_moved") == []


def test_each_move_is_in_the_trail_with_both_moments(core, case):
    before = due(core, case)
    close_on(core, TUESDAY)
    (entry,) = acts(core, "work_item.deadline_moved")
    assert (entry.facts["was_at"], entry.facts["due_at"]) == (before.isoformat(), due(core, case).isoformat())


def test_the_holder_is_told(core, case):
    close_on(core, TUESDAY)
    told = select(Notice.kind).where(Notice.employee_id == item(core, case).assignee_id)
    with core.read() as reading:
        kinds = list(reading.session.scalars(told))
    assert kinds == ["sla.moved"]


def test_of_many_steps_that_move_the_holder_hears_once(core, desk, case, monkeypatch):
    monkeypatch.setattr("engine.sla.moving.AT_ONCE", 2)
    for _n in range(4):
        desk.start()
    close_on(core, TUESDAY)
    told = select(Notice.kind, Notice.facts).where(Notice.employee_id == item(core, case).assignee_id)
    with core.read() as reading:
        found = [(kind, facts) for kind, facts in reading.session.execute(told) if kind.startswith("sla.")]
    assert found == [("sla.steps_moved", {"tasks": 5})]


def test_nobody_hears_of_a_deadline_whose_clock_stands_still(core, case):
    before = due(core, case)
    with core.work(person(core, "eko")) as work:
        stop_clock(work, item(core, case).id, WaitsFor.APPLICANT, "Menunggu ijazah")
    close_on(core, TUESDAY)
    assert due(core, case) == before + timedelta(days=1)
    assert (acts(core, "work_item.deadline_moved"), acts(core, "case.deadline_moved")) == ([], [])
    assert told_of_cases(core) == set()


def test_standing_still_on_a_day_that_is_closed_afterwards_took_no_working_time(core, desk, clock):
    step = user_task("periksa", extensions('<tk:pelaksana peran="pemulai"/>'))  # due at no moment
    desk.publish(diagram(*chain(start(), step, end())))
    case, eko = desk.start(), person(core, "eko")
    with core.work(eko) as work:
        stop_clock(work, item(core, case).id, WaitsFor.APPLICANT, "Menunggu ijazah")
    clock.advance(timedelta(hours=2))
    with core.work(eko) as work:
        resume_clock(work, item(core, case).id)
    before = stood(core, case)
    assert item(core, case).due_at is None
    close_on(core, MONDAY_MORNING.date())
    assert (before, stood(core, case)) == ((120, 120), (0, 0))


def stood(core, case) -> tuple[int, int]:
    """Minutes of working time for which the clock of the step stood, and that of the case."""
    with core.read() as reading:
        return item(core, case).stopped_minutes, reading.session.get_one(Instance, case.instance_id).stopped_minutes


def told_of_cases(core) -> set[tuple[int | None, str]]:
    query = select(Notice).where(Notice.kind.in_(("sla.case_moved", "sla.cases_moved")))
    with core.read() as reading:
        return {
            (notice.employee_id, str(notice.facts.get("count") or notice.facts["number"]))
            for notice in reading.session.scalars(query)
        }


@pytest.fixture
def begin(desk):
    """A case of two days that Ani starts; its first step is due long before it."""
    step = user_task("bahas", extensions('<tk:pelaksana jabatan="kasubbag"/>', standard_time(2, "hari-kerja")))
    desk.publish(diagram(*chain(start(), person_task("tulis", "clerk"), step, end())))
    return lambda: desk.start(by="ani")


def test_who_started_a_case_and_the_head_of_its_unit_hear_of_its_deadline(core, begin):
    number = begin().number
    close_on(core, TUESDAY)
    ani, citra = (person(core, name).employee_id for name in ("ani", "citra"))
    assert told_of_cases(core) == {(ani, number), (citra, number)}


def test_of_many_cases_that_move_each_hears_once(core, begin, monkeypatch):
    monkeypatch.setattr("engine.sla.moving_cases.AT_ONCE", 2)
    for _n in range(5):
        begin()
    close_on(core, TUESDAY)
    ani, citra = (person(core, name).employee_id for name in ("ani", "citra"))
    assert told_of_cases(core) == {(ani, "5"), (citra, "5")}


def test_late_work_that_is_not_late_any_more_becomes_late_again_in_its_time(core, case, clock):
    clock.advance(timedelta(days=2))
    core.run_due_jobs()
    close_on(core, TUESDAY)
    assert item(core, case).overdue_at is None
    clock.advance(timedelta(days=1))
    core.run_due_jobs()
    assert item(core, case).overdue_at is not None
    assert len(acts(core, "work_item.became_late")) == 2


def test_more_than_one_portion_is_moved(core, desk, case, monkeypatch):
    monkeypatch.setattr("engine.sla.moving.AT_ONCE", 2)
    cases = [case, *(desk.start() for _n in range(4))]
    before = due(core, case)
    close_on(core, TUESDAY)
    assert {due(core, each) for each in cases} == {before + timedelta(days=1)}


def test_a_closure_of_a_unit_moves_its_own_work_only(core, desk, case):
    other = desk.start(by="fani")
    before, before_other = due(core, case), due(core, other)
    closed = {"day": TUESDAY, "shifts": (), "is_working": False, "name": "Pindah ruang"}
    with core.work(SYSTEM) as work:
        enter_unit_day(work, UnitDayFacts(unit_id=item(core, case).unit_id, **closed))
    core.run_due_jobs()
    assert (due(core, case), due(core, other)) == (before + timedelta(days=1), before_other)


def test_a_unit_that_is_moved_works_by_the_hours_above_it(core, desk, case):
    before, unit_id = due(core, case), item(core, case).unit_id
    with core.work(SYSTEM) as work:
        other = open_unit(work, "balai", UnitFacts(name="Balai", parent_id=None))
        enter_unit_day(work, UnitDayFacts(unit_id=other, day=TUESDAY, shifts=(), is_working=False, name="Libur"))
    with core.work(SYSTEM) as work:
        change_unit(work, unit_id, UnitFacts(name="Subbagian Tata Usaha", parent_id=other))
    core.run_due_jobs()
    assert due(core, case) == before + timedelta(days=1)


def test_a_unit_that_an_import_moves_works_by_the_hours_above_it(core, case):
    before = due(core, case)
    units = "units: [{code: balai, name: Balai}, {code: tu, name: Subbagian Tata Usaha, parent: %s}]"
    with core.work(SYSTEM) as work:
        other = open_unit(work, "balai", UnitFacts(name="Balai", parent_id=None))
        enter_unit_day(work, UnitDayFacts(unit_id=other, day=TUESDAY, shifts=(), is_working=False, name="Libur"))
    with core.work(SYSTEM) as work:
        import_organisation(work, (units % "balai").encode())
    core.run_due_jobs()
    assert due(core, case) == before + timedelta(days=1)


def test_work_is_due_by_the_hours_of_its_unit(core, desk, case):
    ten_to_two = ((time(10), time(14)),)
    own = TableFacts(
        unit_id=item(core, case).unit_id, kind=HoursKind.ORDINARY, first_day=TUESDAY, week=(ten_to_two,) * 7
    )
    with core.work(SYSTEM) as work:
        enter_hours(work, own)
    core.run_due_jobs()
    ends_at_two = datetime.combine(TUESDAY, time(14), core.settings.zone)
    assert (due(core, case), due(core, desk.start())) == (ends_at_two, ends_at_two)
