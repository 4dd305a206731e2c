"""Planned cases begin exactly once on their day; what cannot begin is kept with its reason, and told."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from engine.access.model import Account, AccountRole, Role
from engine.audit.model import AuditEntry
from engine.base.actor import Actor
from engine.base.clock import FrozenClock
from engine.base.errors import NotAllowed
from engine.calendar.model import HolidayKind
from engine.core.calendar_keeping import enter_days_off
from engine.core.core import Core
from engine.definitions.model import ProcessDefinition
from engine.definitions.retiring import retire
from engine.execution import planned_people, planned_starts, plans
from engine.execution.coming_starts import coming_starts
from engine.execution.model import Instance
from engine.execution.plan_model import OnHoliday, PlannedPerson, PlannedStart
from engine.execution.plan_queries import failed_starts, plan_line, table_rows
from engine.execution.plan_table import PeopleWrong
from engine.execution.plan_timetable import PLAN_JOB
from engine.execution.planned_people import PersonWrong
from engine.execution.plans import NeverComes, PlanFacts, PlanWrong
from engine.jobs.events import JobGivenUp
from engine.jobs.model import Job
from engine.notifications.model import Notice
from engine.organisation.model import Employee, Unit
from tests.integration.execution.conftest import Desk
from tests.support.diagrams import chain, diagram, end, exclusive, flow, person_task, start, timer
from tests.support.one_day import one_day
from tests.support.small_office import NIPS, person

HEADINGS = "NIP;Nama;Tanggal Berikutnya\n"


@pytest.fixture(autouse=True)
def procedure(desk: Desk) -> None:
    desk.publish(diagram(*chain(start(), person_task("periksa", "kasubbag"), end())))


def keeper(core: Core) -> Actor:
    her = person(core, "fani")
    return Actor(
        account_id=her.account_id, employee_id=her.employee_id, name=her.name, roles=frozenset({str(Role.SECRETARIAT)})
    )


def facts(core: Core, **different: Any) -> PlanFacts:
    with core.read() as reading:
        definition_id = reading.session.scalars(select(ProcessDefinition.id)).first()
    ordinary: dict[str, Any] = {
        "definition_id": definition_id,
        "name": "Laporan bulanan",
        "title": "Laporan bulanan",
        "on_holiday": OnHoliday.BEFORE,
        "crontab": "0 8 25 * *",
        "variables": {"jenis": "bulanan"},
    }
    return PlanFacts(**{**ordinary, **different})


def a_plan(core: Core, **different: Any) -> int:
    with core.work(keeper(core)) as work:
        return plans.make_plan(work, facts(core, **different))


def a_raise(core: Core, **different: Any) -> int:
    raise_: dict[str, Any] = {"name": "KGB", "title": "Kenaikan gaji berkala", "crontab": None, "every_months": 24}
    return a_plan(core, **{**raise_, "lead_days": 30, **different})


def add(core: Core, plan_id: int, name: str, day: date) -> None:
    with core.work(keeper(core)) as work:
        planned_people.add_person(work, plan_id, person(core, name).employee_id, day)


def give_account(core: Core) -> None:
    with core.work() as work:
        account = Account(
            username="fani",
            password_hash="",
            employee_id=keeper(core).employee_id,
            language="id",
            is_active=True,
            created_at=work.now,
            roles=[AccountRole(role=Role.SECRETARIAT)],
        )
        work.session.add(account)


def run_at(core: Core, clock: FrozenClock, moment: str) -> None:
    clock.set(datetime.fromisoformat(moment).replace(tzinfo=core.settings.zone))
    core.run_due_jobs()


def titles(core: Core) -> list[str]:
    with core.read() as reading:
        return list(reading.session.scalars(select(Instance.title).order_by(Instance.id)))


def outcomes(core: Core) -> list[tuple[date, str | None]]:
    with core.read() as reading:
        rows = reading.session.execute(select(PlannedStart.planned_on, PlannedStart.reason).order_by(PlannedStart.id))
        return [(day, reason) for day, reason in rows]


def test_a_plan_starts_its_case_on_its_day_with_its_data(core: Core, desk: Desk, clock: FrozenClock):
    a_plan(core)
    run_at(core, clock, "2026-11-25 07:59")
    assert titles(core) == []
    run_at(core, clock, "2026-11-25 08:00")
    core.run_due_jobs()
    assert titles(core) == ["Laporan bulanan, 25 November 2026"]
    with core.read() as reading:
        case = reading.session.scalars(select(Instance)).one()
    assert (case.variables["jenis"], case.variables["tanggal"]) == ("bulanan", "2026-11-25")
    assert desk.open_in(case.id) == {"periksa": "Citra Dewanti"}


def test_for_the_moments_that_nobody_ran_one_case_makes_up(core: Core, clock: FrozenClock):
    plan_id = a_plan(core)
    run_at(core, clock, "2027-03-01 09:00")
    assert len(titles(core)) == 1
    with core.read(keeper(core)) as reading:
        next_at = plan_line(reading, plan_id).next_at
    assert next_at == datetime(2027, 3, 25, 8, 0, tzinfo=core.settings.zone)


def test_a_calendar_change_moves_the_coming_moment(core: Core, clock: FrozenClock):
    a_plan(core)
    with core.work(person(core, "fani")) as work:
        enter_days_off(work, one_day(date(2026, 11, 25)), HolidayKind.CLOSURE, "Pilkada")
    core.run_due_jobs()
    with core.read(keeper(core)) as reading:
        first = coming_starts(reading)[0]
    assert (first.at.astimezone(core.settings.zone).day, first.moved_from, first.why) == (
        24,
        date(2026, 11, 25),
        "Pilkada",
    )
    run_at(core, clock, "2026-11-24 08:00")
    run_at(core, clock, "2026-11-25 08:00")
    assert outcomes(core) == [(date(2026, 11, 25), None)]


def test_a_day_that_is_off_at_short_notice_is_made_up_for_at_once(core: Core, clock: FrozenClock):
    a_plan(core)
    clock.set(datetime(2026, 11, 24, 15, 0, tzinfo=core.settings.zone))
    with core.work(person(core, "fani")) as work:
        enter_days_off(work, one_day(date(2026, 11, 25)), HolidayKind.CLOSURE, "Banjir")
    core.run_due_jobs()
    run_at(core, clock, "2026-11-26 08:00")
    assert outcomes(core) == [(date(2026, 11, 25), None)]


def test_each_person_has_her_case_so_many_days_before_her_day_and_again_two_years_later(core: Core, clock: FrozenClock):
    plan_id = a_raise(core)
    add(core, plan_id, "ani", date(2027, 3, 1))
    run_at(core, clock, "2027-01-28 12:00")
    assert titles(core) == []
    run_at(core, clock, "2027-01-29 07:00")  # 30 days before is a Saturday
    assert titles(core) == ["Kenaikan gaji berkala, Ani Lestari, 1 Maret 2027"]
    with core.read() as reading:
        assert reading.session.scalars(select(PlannedPerson.next_on)).one() == date(2029, 3, 1)


def test_nobodys_day_is_lost_however_long_nothing_ran(core: Core, clock: FrozenClock):
    plan_id = a_raise(core)
    for name, day in (("ani", date(2027, 3, 1)), ("budi", date(2027, 5, 31))):
        add(core, plan_id, name, day)
    run_at(core, clock, "2029-06-01 09:00")
    assert sorted(day for day, _reason in outcomes(core)) == [
        date(2027, 3, 1),
        date(2027, 5, 31),
        date(2029, 3, 1),
        date(2029, 5, 31),
    ]


def test_whoever_has_left_is_skipped_with_a_reason_and_not_planned_any_more(core: Core, clock: FrozenClock):
    plan_id = a_raise(core)
    add(core, plan_id, "ani", date(2027, 3, 1))
    with core.work() as work:
        work.session.scalars(select(Employee).where(Employee.nip == NIPS["ani"])).one().left_on = date(2026, 12, 1)
    with core.read(keeper(core)) as reading:
        assert coming_starts(reading) == ()
    run_at(core, clock, "2027-01-29 07:00")
    [(day, reason)] = outcomes(core)
    assert (day, "Ani Lestari" in str(reason), titles(core)) == (date(2027, 3, 1), True, [])
    with core.read() as reading:
        assert reading.session.scalars(select(PlannedPerson)).all() == []


def test_a_start_that_cannot_happen_is_told_and_tried_again(core: Core, desk: Desk, clock: FrozenClock):
    a_plan(core)
    give_account(core)
    with core.work() as work:
        retire(work, list(work.session.scalars(select(ProcessDefinition.id))))
    run_at(core, clock, "2026-11-25 08:00")
    with core.read(keeper(core)) as reading:
        [failed] = failed_starts(reading)
        [notice] = reading.session.scalars(select(Notice).where(Notice.kind == "plan.not_started"))
    assert failed.reason
    assert notice.facts["name"] == "Laporan bulanan"
    desk.publish(diagram(*chain(start(), person_task("lagi", "kasubbag"), end())))
    with core.work(keeper(core)) as work:
        planned_starts.try_again(work, failed.start_id)
    assert titles(core) == ["Laporan bulanan, 25 November 2026"]
    with core.work(keeper(core)) as work, pytest.raises(planned_starts.HasStarted):
        planned_starts.try_again(work, failed.start_id)


def test_a_closed_unit_gets_no_cases(core: Core, clock: FrozenClock):
    with core.read() as reading:
        unit_id = reading.session.scalars(select(Unit.id).where(Unit.code == "seksi")).one()
    a_plan(core, unit_id=unit_id)
    with core.work() as work:
        work.session.get_one(Unit, unit_id).closed_on = date(2026, 11, 24)
    run_at(core, clock, "2026-11-25 08:00")
    assert [reason is not None for _day, reason in outcomes(core)] == [True]


def test_a_case_that_lacks_data_for_its_first_step_does_not_begin(core: Core, desk: Desk, clock: FrozenClock):
    ways = flow("jumlah", "periksa", condition="banyak > 1"), flow("jumlah", "lain", condition="banyak <= 1")
    steps = person_task("periksa", "kasubbag"), person_task("lain", "kasubbag")
    ends = end("a"), end("b"), flow("periksa", "a"), flow("lain", "b")
    desk.publish(diagram(start(), exclusive("jumlah"), flow("mulai", "jumlah"), *steps, *ways, *ends))
    plan_id = a_plan(core)
    run_at(core, clock, "2026-11-25 08:00")
    assert (titles(core), [reason is not None for _day, reason in outcomes(core)]) == ([], [True])
    with core.work(keeper(core)) as work:
        plans.change_plan(work, plan_id, facts(core, variables={"banyak": 2}))
    with core.work(keeper(core)) as work:
        planned_starts.try_again(work, work.session.scalars(select(PlannedStart.id)).one())
    assert titles(core) == ["Laporan bulanan, 25 November 2026"]


def test_a_job_that_is_given_up_is_a_start_that_failed_and_the_next_comes(core: Core, clock: FrozenClock):
    plan_id = a_plan(core)
    with core.read() as reading:
        payload = reading.session.scalars(select(Job.payload).where(Job.kind == PLAN_JOB)).one()
    given_up = JobGivenUp(job_id=1, kind=PLAN_JOB, payload=payload, attempts=9, error="OSError: no space left")
    clock.advance(timedelta(days=5))
    with core.work() as work:
        planned_starts.give_up(work, given_up)
    core.run_due_jobs()
    assert outcomes(core) == [(date(2026, 11, 25), "OSError: no space left")]
    with core.read(keeper(core)) as reading:
        next_at = plan_line(reading, plan_id).next_at
    assert next_at is not None
    assert next_at > clock.now()


def test_a_plan_that_is_off_starts_nothing_and_goes_on_when_it_is_on(core: Core, clock: FrozenClock):
    plan_id = a_plan(core)
    with core.work(keeper(core)) as work:
        plans.turn_off(work, plan_id)
    run_at(core, clock, "2026-11-25 08:00")
    with core.work(keeper(core)) as work:
        plans.turn_on(work, plan_id)
    core.run_due_jobs()
    assert titles(core) == []
    run_at(core, clock, "2026-12-25 08:00")
    assert len(titles(core)) == 1


def test_a_deleted_plan_starts_nothing(core: Core, clock: FrozenClock):
    plan_id = a_raise(core)
    add(core, plan_id, "ani", date(2027, 3, 1))
    with core.work(keeper(core)) as work:
        plans.delete_plan(work, plan_id)
    run_at(core, clock, "2027-03-01 08:00")
    assert titles(core) == []


def test_a_changed_day_takes_the_place_of_the_old_one(core: Core, clock: FrozenClock):
    plan_id = a_raise(core, lead_days=0)
    add(core, plan_id, "ani", date(2026, 11, 30))
    with core.work(keeper(core)) as work:
        planned_people.change_person(work, plan_id, person(core, "ani").employee_id or 0, date(2026, 12, 1))
    run_at(core, clock, "2026-12-02 08:00")
    assert outcomes(core) == [(date(2026, 12, 1), None)]


def test_started_now_her_next_case_comes_after_the_usual_time(core: Core, clock: FrozenClock):
    plan_id = a_raise(core)
    add(core, plan_id, "ani", date(2027, 3, 1))
    with core.work(keeper(core)) as work:
        planned_people.start_for_person_now(work, plan_id, person(core, "ani").employee_id or 0)
    run_at(core, clock, "2027-03-02 08:00")
    assert outcomes(core) == [(date(2027, 3, 1), None)]


def table(*rows: tuple[str, str]) -> bytes:
    return (HEADINGS + "".join(f"'{nip};;{day}\n" for nip, day in rows)).encode()


def test_all_of_a_unit_come_from_a_table_at_once(core: Core):
    plan_id = a_raise(core)
    content = table(*((NIPS[name], "01/03/2027") for name in ("ani", "budi", "eko")))
    with core.work(keeper(core)) as work:
        told = planned_people.import_people(work, plan_id, content)
    with core.read(keeper(core)) as reading:
        tu = frozenset(reading.session.scalars(select(Unit.id).where(Unit.code == "tu")))
        rows = table_rows(reading, plan_id, tu)
    assert (told.added, told.changed) == (3, 0)
    assert [(row.name, row.next_on is not None) for row in rows] == [
        ("Ani Lestari", True),
        ("Budi Santosa", True),
        ("Citra Dewanti", False),
        ("Eko Prasetyo", True),
    ]


def test_a_table_with_faults_is_refused_row_by_row_and_nothing_is_kept(core: Core):
    plan_id = a_raise(core)
    content = table(
        (NIPS["ani"], "01/03/2027"),
        (NIPS["ani"], "02/03/2027"),
        ("199205052018042999", "01/03/2027"),
        ("123", "01/03/2027"),
        (NIPS["budi"], "kemarin"),
        (NIPS["eko"], "01/03/2020"),
    )
    with pytest.raises(PeopleWrong) as refusal, core.work(keeper(core)) as work:
        planned_people.import_people(work, plan_id, content)
    assert [each.params["row"] for each in refusal.value.fields] == [3, 4, 5, 6, 7]
    with core.read() as reading:
        assert reading.session.scalars(select(PlannedPerson)).all() == []


@pytest.mark.parametrize(
    ("different", "fields"),
    [
        ({"crontab": "0 8 31 * *"}, ["crontab"]),
        ({"name": " ", "title": ""}, ["name"]),
        ({"definition_id": 999}, ["procedure"]),
        ({"unit_id": 999}, ["unit"]),
        ({"crontab": None, "every_months": 0, "on_holiday": OnHoliday.SKIP}, ["every_months", "on_holiday"]),
        ({"crontab": None, "every_months": 1, "lead_days": 40}, ["lead_days"]),
    ],
)
def test_a_plan_that_makes_no_sense_is_refused_at_its_fields(core: Core, different: dict[str, Any], fields: list[str]):
    with pytest.raises(PlanWrong) as refusal:
        a_plan(core, **different)
    assert [each.name for each in refusal.value.fields] == fields


def test_a_plan_that_never_comes_is_refused(core: Core):
    with pytest.raises(NeverComes):
        a_plan(core, crontab="0 8 * * SUN", on_holiday=OnHoliday.SKIP)


@pytest.mark.parametrize("day", [date(2026, 11, 1), None, date(2200, 1, 1)])
def test_a_day_that_cannot_come_is_refused(core: Core, day: date | None):
    plan_id = a_raise(core)
    with core.work(keeper(core)) as work, pytest.raises(PersonWrong):
        planned_people.add_person(work, plan_id, person(core, "ani").employee_id, day)


def test_nobody_is_in_a_plan_twice(core: Core):
    plan_id = a_raise(core)
    add(core, plan_id, "ani", date(2027, 3, 1))
    with pytest.raises(PersonWrong):
        add(core, plan_id, "ani", date(2027, 4, 1))


def test_timers_of_diagrams_are_told_along(core: Core, desk: Desk):
    desk.publish(diagram(*chain(start("mulai", timer("0 7 1 * *", "timeCycle")), person_task("t", "kasubbag"), end())))
    with core.read(keeper(core)) as reading:
        found = coming_starts(reading)
    assert [(line.plan_id, line.at.astimezone(core.settings.zone).month) for line in found] == [
        (None, 12),
        (None, 1),
        (None, 2),
    ]


def test_only_the_secretariat_plans(core: Core):
    with core.work(person(core, "citra")) as work, pytest.raises(NotAllowed):
        plans.make_plan(work, facts(core))
    with core.read(person(core, "citra")) as reading, pytest.raises(NotAllowed):
        coming_starts(reading)


def test_every_act_leaves_its_line_in_the_trail(core: Core, clock: FrozenClock):
    plan_id = a_plan(core)
    with core.work(keeper(core)) as work:
        plans.change_plan(work, plan_id, facts(core, name="Laporan", variables={"jenis": "triwulan"}))
    with core.work(keeper(core)) as work:
        plans.start_plan_now(work, plan_id)
    with core.read() as reading:
        acts = reading.session.scalars(select(AuditEntry.act).where(AuditEntry.subject == "start_plan"))
        assert list(acts) == ["plan.made", "plan.changed", "plan.started"]
        changed = reading.session.scalars(select(AuditEntry.facts).where(AuditEntry.act == "plan.changed")).one()
    assert changed["changes"] == ["name: Laporan bulanan → Laporan", "variables: jenis = bulanan → jenis = triwulan"]
