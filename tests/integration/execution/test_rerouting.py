"""Open work follows the position: to the Plh in her period, to the holder afterwards, past those who are away."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from engine.audit.model import AuditEntry
from engine.base.clock import FrozenClock
from engine.base.i18n import translate
from engine.core.core import Core
from engine.core.housekeeping import begin_housekeeping
from engine.execution.beginning import Started
from engine.notifications.model import Notice
from engine.organisation.appointments import Appointment, appoint, end_holding
from engine.organisation.model import Employee, Holding, HoldingKind, Position
from engine.worklist.model import WorkItem
from engine.worklist.operations import claim, reassign, save_draft
from engine.worklist.queries import open_items_of_case
from engine.worklist.strategic import NotForActing, NotOnBehalf
from tests.integration.execution.conftest import Desk
from tests.integration.execution.test_absences import FRIDAY, MONDAY, TUESDAY, away
from tests.integration.execution.test_on_behalf import give
from tests.support.diagrams import chain, diagram, element, end, extensions, person_task, start, user_task
from tests.support.small_office import person

DECREE = "SK 12/2026"
STRATEGIC = '<tk:pelaksana jabatan="kasubbag"/><tk:strategis/>'


def steps(performer: str, *inside: str) -> bytes:
    first = user_task("isi", extensions('<tk:pelaksana peran="pemulai"/>'))
    return diagram(*chain(start(), first, user_task("langkah", extensions(performer), *inside), end()))


@pytest.fixture
def desk(core: Core) -> Desk:
    """The housekeeping of the office has begun."""
    with core.work() as work:
        begin_housekeeping(work)
    core.run_due_jobs()
    return Desk(core)


def at_second_step(desk: Desk, performer: str) -> Started:
    desk.publish(steps(performer))
    case = desk.start(by="eko")
    desk.complete(case, "isi", by="eko")
    return case


def waiting_for_kasubbag(desk: Desk) -> Started:
    return at_second_step(desk, '<tk:pelaksana jabatan="kasubbag"/>')


def appoint_plh(core: Core, name: str, first: date, last: date, position: str = "kasubbag") -> int:
    with core.work() as work:
        position_id = work.session.scalars(select(Position.id).where(Position.code == position)).one()
        wanted = Appointment(
            employee_id=person(core, name).employee_id or 0,
            position_id=position_id,
            kind=HoldingKind.PLH,
            starts_on=first,
            ends_on=last,
            decree=DECREE,
        )
        return appoint(work, wanted)


def said(core: Core, item_id: int) -> str:
    """Why the work is where it is, in words."""
    reason = item(core, item_id).assignment_reason
    return translate(reason["message"], reason["params"], "en")


def on_day(core: Core, clock: FrozenClock, day: date) -> None:
    """Its first morning hour, with all jobs run that came due meanwhile."""
    clock.set(datetime(day.year, day.month, day.day, tzinfo=UTC))
    core.run_due_jobs()


def item(core: Core, item_id: int) -> WorkItem:
    with core.read() as reading:
        return reading.session.get_one(WorkItem, item_id)


def test_work_reaches_a_plh_appointed_for_today(core: Core, desk: Desk):
    case = waiting_for_kasubbag(desk)
    appoint_plh(core, "eko", MONDAY, FRIDAY)
    core.run_due_jobs()
    assert desk.open(case) == {"langkah": "Eko Prasetyo"}


def test_the_reason_names_the_office_and_the_decree(core: Core, desk: Desk):
    case = waiting_for_kasubbag(desk)
    appoint_plh(core, "eko", MONDAY, FRIDAY)
    core.run_due_jobs()
    reason = item(core, desk.item(case, "langkah")).assignment_reason
    assert reason["params"] == {
        "name": "Eko Prasetyo",
        "kind": "Plh.",
        "position": "Kasubbag TU",
        "decree": DECREE,
    }


def test_new_work_reaches_her_too(core: Core, desk: Desk):
    appoint_plh(core, "eko", MONDAY, FRIDAY)
    assert desk.open(waiting_for_kasubbag(desk)) == {"langkah": "Eko Prasetyo"}


def test_an_appointment_in_the_future_counts_from_its_day(core: Core, desk: Desk, clock: FrozenClock):
    case = waiting_for_kasubbag(desk)
    appoint_plh(core, "eko", TUESDAY, FRIDAY)
    core.run_due_jobs()
    assert desk.open(case) == {"langkah": "Citra Dewanti"}
    on_day(core, clock, TUESDAY)
    assert desk.open(case) == {"langkah": "Eko Prasetyo"}


def test_after_its_last_day_the_work_goes_back(core: Core, desk: Desk, clock: FrozenClock):
    case = waiting_for_kasubbag(desk)
    appoint_plh(core, "eko", MONDAY, TUESDAY)
    core.run_due_jobs()
    on_day(core, clock, TUESDAY + timedelta(days=1))
    assert desk.open(case) == {"langkah": "Citra Dewanti"}


def test_what_she_has_begun_stays_with_her(core: Core, desk: Desk, clock: FrozenClock):
    case = waiting_for_kasubbag(desk)
    appoint_plh(core, "eko", MONDAY, TUESDAY)
    core.run_due_jobs()
    with core.work(person(core, "eko")) as work:
        save_draft(work, desk.item(case, "langkah"), {"catatan": "setengah jadi"})
    on_day(core, clock, TUESDAY + timedelta(days=1))
    assert desk.open(case) == {"langkah": "Eko Prasetyo"}


def test_what_was_taken_by_name_stays(core: Core, desk: Desk):
    case = at_second_step(desk, '<tk:pelaksana jabatan="clerk"/>')
    with core.work(person(core, "ani")) as work:
        claim(work, desk.item(case, "langkah"))
    away(core, "ani", by="ani")
    core.run_due_jobs()
    assert desk.open(case) == {"langkah": "Ani Lestari"}


def test_a_pool_of_which_only_one_is_here_is_hers(core: Core, desk: Desk):
    case = at_second_step(desk, '<tk:pelaksana jabatan="clerk"/>')
    away(core, "ani", by="ani")
    core.run_due_jobs()
    assert desk.open(case) == {"langkah": "Budi Santosa"}


def test_when_the_other_is_back_it_waits_for_both_again(core: Core, desk: Desk, clock: FrozenClock):
    away(core, "ani", by="ani", last=MONDAY)
    case = at_second_step(desk, '<tk:pelaksana jabatan="clerk" cara="antrean"/>')
    on_day(core, clock, TUESDAY)
    assert desk.open(case) == {"langkah": "Budi Santosa"}


def test_a_single_holder_who_is_away_keeps_it_and_the_answer_says_so(core: Core, desk: Desk):
    away(core, "citra", by="citra")
    case = waiting_for_kasubbag(desk)
    assert desk.open(case) == {"langkah": "Citra Dewanti"}
    assert "nobody acts instead: Citra Dewanti (until 27 November 2026)" in said(core, desk.item(case, "langkah"))


def test_the_answer_says_so_too_when_she_goes_away_later(core: Core, desk: Desk):
    case = waiting_for_kasubbag(desk)
    away(core, "citra", by="citra")
    core.run_due_jobs()
    assert "nobody acts instead: Citra Dewanti (until 27 November 2026)" in said(core, desk.item(case, "langkah"))


def test_a_vacant_seat_that_is_filled_gets_its_work_back(core: Core, desk: Desk):
    case = at_second_step(desk, '<tk:pelaksana jabatan="vacant"/>')
    assert desk.open(case) == {"langkah": "Citra Dewanti"}
    appoint_plh(core, "budi", MONDAY, FRIDAY, position="vacant")
    core.run_due_jobs()
    assert desk.open(case) == {"langkah": "Budi Santosa"}


def test_when_the_last_holder_goes_the_work_goes_up(core: Core, desk: Desk):
    case = waiting_for_kasubbag(desk)
    with core.work() as work:
        holding = work.session.scalars(select(Holding.id).join(Employee).where(Employee.name == "Citra Dewanti")).one()
        end_holding(work, holding, date(2026, 11, 22))
    core.run_due_jobs()
    assert desk.open(case) == {"langkah": "Dewi Anggraini"}


def test_both_hear_of_it_and_the_trail_keeps_it(core: Core, desk: Desk):
    waiting_for_kasubbag(desk)
    appoint_plh(core, "eko", MONDAY, FRIDAY)
    core.run_due_jobs()
    with core.read() as reading:
        kinds = set(reading.session.scalars(select(Notice.kind)))
        entry = reading.session.scalars(select(AuditEntry).where(AuditEntry.act == "work_item.rerouted")).one()
    assert {"work.rerouted", "work.rerouted_away"} <= kinds
    assert (entry.facts["from"], entry.facts["to"]) == ("Citra Dewanti", "Eko Prasetyo")


def test_a_plh_is_refused_a_strategic_act_with_the_law_and_the_way_out(core: Core, desk: Desk):
    appoint_plh(core, "eko", MONDAY, FRIDAY)
    case = at_second_step(desk, STRATEGIC)
    with pytest.raises(NotForActing) as refused:
        desk.complete(case, "langkah", by="eko")
    assert refused.value.params == {"position": "Kasubbag TU", "kind": "Plh.", "superior": "Dewi Anggraini"}


def test_the_official_above_takes_it_and_decides(core: Core, desk: Desk):
    appoint_plh(core, "eko", MONDAY, FRIDAY)
    case = at_second_step(desk, STRATEGIC)
    dewi = person(core, "dewi")
    with core.work(dewi) as work:
        reassign(work, desk.item(case, "langkah"), dewi.employee_id or 0)
    desk.complete(case, "langkah", by="dewi")
    assert desk.open(case) == {}


def test_the_holder_decides_it_when_she_is_back(core: Core, desk: Desk, clock: FrozenClock):
    appoint_plh(core, "eko", MONDAY, TUESDAY)
    case = at_second_step(desk, STRATEGIC)
    on_day(core, clock, TUESDAY + timedelta(days=1))
    desk.complete(case, "langkah", by="citra")
    assert desk.open(case) == {}


def test_a_strategic_act_is_not_done_on_behalf(core: Core, desk: Desk):
    case = at_second_step(desk, STRATEGIC)
    give(core, "citra", "fani")
    with pytest.raises(NotOnBehalf):
        desk.complete(case, "langkah", by="fani")


def test_work_in_turn_goes_round(desk: Desk):
    source = steps('<tk:pelaksana jabatan="clerk" cara="giliran"/>')
    desk.publish(source)
    cases = [desk.start(by="eko") for _number in range(4)]
    for case in cases:
        desk.complete(case, "isi", by="eko")
    names = [desk.open(case)["langkah"] for case in cases]
    assert names == ["Ani Lestari", "Budi Santosa", "Ani Lestari", "Budi Santosa"]


def test_work_goes_to_the_least_loaded(desk: Desk):
    desk.publish(steps('<tk:pelaksana jabatan="clerk" cara="beban"/>'))
    cases = [desk.start(by="eko") for _number in range(3)]
    for case in cases:
        desk.complete(case, "isi", by="eko")
    again = desk.start(by="eko")
    desk.complete(again, "isi", by="eko")
    assert desk.open(again) == {"langkah": "Budi Santosa"}


def test_what_one_step_gives_to_several_at_once_is_shared_by_load(desk: Desk):
    several = element("multiInstanceLoopCharacteristics", "empat", "<loopCardinality>4</loopCardinality>")
    desk.publish(steps('<tk:pelaksana jabatan="clerk" cara="beban"/>', several))
    case = desk.start(by="eko")
    desk.complete(case, "isi", by="eko")
    with desk.core.read() as reading:
        names = [line.assignee_name for line in open_items_of_case(reading.session, case.instance_id)]
    assert sorted(names) == ["Ani Lestari", "Ani Lestari", "Budi Santosa", "Budi Santosa"]


def test_a_fixed_share_has_always_the_same_person(desk: Desk):
    desk.publish(steps('<tk:pelaksana jabatan="clerk" cara="tetap"/>'))
    cases = [desk.start(by="eko") for _number in range(2)]
    for case in cases:
        desk.complete(case, "isi", by="eko")
    assert {desk.open(case)["langkah"] for case in cases} == {"Ani Lestari"}


def test_a_role_in_the_team_of_the_case(desk: Desk):
    desk.publish(steps('<tk:pelaksana peranTim="Ketua Tim"/>'))
    team = [{"pegawai": "199205052018042004", "peran": "ketua tim"}, {"pegawai": "x", "peran": "Anggota Tim"}]
    case = desk.start(by="eko", variables={"tim": team})
    desk.complete(case, "isi", by="eko")
    assert desk.open(case) == {"langkah": "Fani Rahma"}


def test_the_same_person_as_another_step(desk: Desk):
    desk.publish(
        diagram(
            *chain(start(), person_task("isi", "clerk"), person_task("periksa", "kasubbag")),
            *chain(user_task("perbaiki", extensions('<tk:pelaksana samaDengan="isi"/>')), end()),
            '<sequenceFlow id="weiter" sourceRef="periksa" targetRef="perbaiki"/>',
        )
    )
    case = desk.start(by="budi")
    desk.complete(case, "isi", by="budi")
    desk.complete(case, "periksa", by="citra")
    assert desk.open(case) == {"perbaiki": "Budi Santosa"}


def test_the_answer_says_till_when_the_one_is_away_for_whom_a_plh_acts(core: Core, desk: Desk):
    away(core, "citra", by="citra", first=MONDAY)
    appoint_plh(core, "eko", MONDAY, FRIDAY)
    case = waiting_for_kasubbag(desk)
    assert "because the holder is away until 27 November 2026" in said(core, desk.item(case, "langkah"))
