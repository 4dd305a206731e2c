"""What administrators do to cases that stand still: always with a reason, never in the place of the one who signs."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select

from engine.access.permissions import AdministratorsOnly
from engine.audit.queries import latest_facts
from engine.core.core import Core
from engine.execution import repairs
from engine.execution.beginning import Started
from engine.execution.consistency import differences
from engine.execution.errors import CaseOver, IncidentOver, NoReason, NothingChanged, PersonsStep
from engine.execution.foresight import foresee, steps_now, targets
from engine.execution.incidents import retry
from engine.execution.model import Incident, Instance, InstanceState
from engine.runtime.errors import AlreadyClosed, CannotMove, UnacceptableVariables
from engine.runtime.stimuli import MoveToken
from tests.integration.execution.conftest import Desk
from tests.support.diagrams import (
    boundary,
    catch,
    chain,
    diagram,
    end,
    flow,
    parallel,
    person_task,
    script_task,
    start,
    timer,
)
from tests.support.small_office import person

FAULTY = diagram(
    *chain(
        start(),
        person_task("tulis", "writer"),
        script_task("hitung", "x = jumlah * 2"),
        person_task("setujui", "kasubbag"),
        end(),
    )
)
DIVIDED = diagram(
    *chain(start(), person_task("tulis", "writer"), parallel("bagi"), person_task("satu", "writer")),
    *(person_task("paraf", "writer"), person_task("dua", "kasubbag"), parallel("kumpul")),
    *(flow("satu", "paraf"), flow("paraf", "kumpul"), flow("bagi", "dua"), flow("dua", "kumpul")),
    *chain(person_task("akhir", "writer"), end()),
    flow("kumpul", "akhir"),
)
WAITING = diagram(*chain(start(), person_task("tulis", "writer"), catch("tunggu", timer("P30D")), end()))
UNREACHABLE = diagram(
    *chain(start(), person_task("tulis", "writer"), end()),
    boundary("telat", "tulis", timer("${kosong}"), cancelActivity="false"),
    *(end("lain"), flow("telat", "lain")),
)


@pytest.fixture
def admin(core: Core) -> Any:
    return person(core, "fani")


@pytest.fixture
def stopped(core: Core, desk: Desk) -> Iterator[Started]:
    desk.publish(FAULTY)
    case = desk.start()
    desk.complete(case, "tulis", by="eko")
    yield case
    with core.read() as reading:
        assert differences(reading.session, case.instance_id) == ()


def incident_of(core: Core) -> int:
    with core.read() as reading:
        return reading.session.scalars(select(Incident.id)).one()


def instance_of(core: Core, case: Started) -> Instance:
    with core.read() as reading:
        return reading.session.get_one(Instance, case.instance_id)


def step(core: Core, admin: Any, case: Started, element: str) -> int:
    with core.read(admin) as reading:
        return next(each.activity_id for each in steps_now(reading, case.instance_id) if each.element == element)


def test_a_failed_step_is_completed_by_hand_with_the_values_it_should_have_given(core, desk, stopped, admin):
    with core.work(admin) as work:
        repairs.complete_by_hand(work, incident_of(core), {"x": 12}, "Dihitung dengan kalkulator")
    assert (instance_of(core, stopped).state, instance_of(core, stopped).variables["x"]) == (InstanceState.ACTIVE, 12)
    assert desk.open(stopped) == {"setujui": "Citra Dewanti"}


def test_the_trail_says_who_did_it_and_why(core, stopped, admin):
    with core.work(admin) as work:
        repairs.complete_by_hand(work, incident_of(core), {"x": 12}, "Dihitung dengan kalkulator")
    with core.read() as reading:
        facts = latest_facts(reading.session, stopped.instance_id, repairs.COMPLETED)
    assert facts == {"step": "hitung", "values": {"x": "12"}, "reason": "Dihitung dengan kalkulator"}


def test_without_a_reason_nothing_is_done(core, stopped, admin):
    with pytest.raises(NoReason), core.work(admin) as work:
        repairs.complete_by_hand(work, incident_of(core), {"x": 12}, "  ")
    assert instance_of(core, stopped).state == InstanceState.INCIDENT


def test_repairs_are_for_administrators(core, stopped):
    with pytest.raises(AdministratorsOnly), core.work(person(core, "citra")) as work:
        repairs.complete_by_hand(work, incident_of(core), {}, "x")
    with pytest.raises(AdministratorsOnly), core.work(person(core, "citra")) as work:
        repairs.change_data(work, stopped.instance_id, {"a": 1}, "x")
    with pytest.raises(AdministratorsOnly), core.read(person(core, "citra")) as reading:
        steps_now(reading, stopped.instance_id)


def test_an_incident_that_was_dealt_with_meanwhile_completes_nothing(core, stopped, admin):
    with core.work(admin) as work:
        repairs.change_data(work, stopped.instance_id, {"jumlah": 2}, "Lupa diisi")
        retry(work, incident_of(core))
    with pytest.raises(IncidentOver), core.work(admin) as work:
        repairs.complete_by_hand(work, incident_of(core), {}, "Terlambat")


def test_a_persons_step_is_never_completed_in_her_place(core, desk, admin):
    desk.publish(UNREACHABLE)
    case = desk.start()
    with pytest.raises(PersonsStep), core.work(admin) as work:
        repairs.complete_by_hand(work, incident_of(core), {}, "Beliau sedang cuti")
    assert instance_of(core, case).state == InstanceState.INCIDENT


def test_values_that_cannot_be_kept_are_refused(core, stopped, admin):
    with pytest.raises(UnacceptableVariables), core.work(admin) as work:
        repairs.complete_by_hand(work, incident_of(core), {"x": 10**200}, "Besar sekali")


def test_data_are_changed_and_the_trail_keeps_what_was_before(core, stopped, admin):
    with core.work(admin) as work:
        repairs.change_data(work, stopped.instance_id, {"judul": "Berkas lain", "jumlah": 4}, "Salah ketik")
    with core.read() as reading:
        facts = latest_facts(reading.session, stopped.instance_id, repairs.CHANGED)
    assert facts["before"] == {"judul": '"Sebuah berkas"', "jumlah": "null"}
    assert facts["after"] == {"judul": '"Berkas lain"', "jumlah": "4"}
    assert instance_of(core, stopped).variables["jumlah"] == 4


def test_changing_nothing_is_refused(core, stopped, admin):
    with pytest.raises(NothingChanged), core.work(admin) as work:
        repairs.change_data(work, stopped.instance_id, {}, "Untuk apa")


def test_a_case_continues_at_another_step(core, desk, stopped, admin):
    with core.work(admin) as work:
        repairs.move_on(work, stopped.instance_id, step(core, admin, stopped, "hitung"), "tulis", "Ditulis ulang")
    assert desk.open(stopped) == {"tulis": "Eko Prasetyo"}
    assert instance_of(core, stopped).state == InstanceState.ACTIVE


def test_a_move_is_foreseen_before_it_is_made(core, stopped, admin):
    with core.read(admin) as reading:
        activity_id = steps_now(reading, stopped.instance_id)[1].activity_id
        preview = foresee(reading, stopped.instance_id, MoveToken(activity_id, "setujui"))
    assert (preview.stops, preview.begins, preview.ends_case) == (("hitung",), ("Setujui",), False)
    assert instance_of(core, stopped).state == InstanceState.INCIDENT


def test_where_a_case_can_continue_is_told_with_the_reasons_against_the_rest(core, desk, admin):
    desk.publish(DIVIDED)
    case = desk.start()
    desk.complete(case, "tulis", by="eko")
    with core.read(admin) as reading:
        found = {
            each.node: each.refusal for each in targets(reading, case.instance_id, step(core, admin, case, "satu"))
        }
    assert {node for node, refusal in found.items() if refusal is None} == {"paraf"}
    assert isinstance(found["dua"], CannotMove)
    assert isinstance(found["akhir"], CannotMove)


def test_a_move_that_would_break_a_join_is_refused(core, desk, admin):
    desk.publish(DIVIDED)
    case = desk.start()
    desk.complete(case, "tulis", by="eko")
    with pytest.raises(CannotMove), core.work(admin) as work:
        repairs.move_on(work, case.instance_id, step(core, admin, case, "satu"), "akhir", "Cepat")
    assert desk.open(case) == {"satu": "Eko Prasetyo", "dua": "Citra Dewanti"}


def test_a_wait_happens_now(core, desk, admin):
    desk.publish(WAITING)
    case = desk.start()
    desk.complete(case, "tulis", by="eko")
    with core.read(admin) as reading:
        (waiting,) = [each for each in steps_now(reading, case.instance_id) if each.waits_for]
    with core.work(admin) as work:
        repairs.let_happen(work, case.instance_id, waiting.activity_id, waiting.waits_for[0].node, "Sudah dijawab")
    assert instance_of(core, case).state == InstanceState.COMPLETED


def test_a_step_that_the_case_has_left_cannot_be_repaired(core, desk, stopped, admin):
    with pytest.raises(AlreadyClosed), core.work(admin) as work:
        repairs.move_on(work, stopped.instance_id, 999, "setujui", "Tidak ada")


def test_a_case_that_has_ended_is_left_alone(core, desk, admin):
    desk.publish(WAITING)
    case = desk.start()
    desk.complete(case, "tulis", by="eko")
    with core.work(admin) as work:
        repairs.let_happen(work, case.instance_id, step(core, admin, case, "tunggu"), "tunggu", "Sudah dijawab")
    with pytest.raises(CaseOver), core.work(admin) as work:
        repairs.change_data(work, case.instance_id, {"a": 1}, "Terlambat")
