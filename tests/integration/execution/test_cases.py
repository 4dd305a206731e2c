"""Cases from their start to their end."""

import pytest

from engine.access.permissions import MayNotStart
from engine.audit.queries import trail_of_case
from engine.core.core import Core
from engine.definitions.errors import DefinitionNotFound
from engine.execution.cases import cancel_case, start_case
from engine.execution.errors import CaseOver, NoTitle
from engine.execution.journeys import element_marks
from engine.execution.model import InstanceState
from engine.execution.queries import case_detail, cases
from engine.runtime.errors import StartNotChosen
from tests.integration.execution.conftest import Desk
from tests.support.diagrams import chain, diagram, end, person_task, start
from tests.support.small_office import person

ONE_STEP = diagram(*chain(start(), person_task("tulis", "writer"), end()))
TWO_STEPS = diagram(*chain(start(), person_task("tulis", "writer"), person_task("setujui", "kasubbag"), end()))

TWO_WAYS_IN = diagram(
    *chain(start("langsung"), person_task("pindai", "writer"), end()),
    *chain(start("lewat_surel"), person_task("unduh", "writer"), end("selesai_surel")),
)


def state_of(core: Core, instance_id: int) -> InstanceState:
    with core.read() as reading:
        return case_detail(reading, instance_id).state


def numbers_seen_by(core: Core, name: str) -> list[str]:
    with core.read(person(core, name)) as reading:
        return [line.number for line in cases(reading).items]


def test_case_numbers_count_up_in_the_year_of_the_office(desk: Desk):
    desk.publish(ONE_STEP)
    assert [desk.start().number for _ in range(2)] == ["PRO-2026-00001", "PRO-2026-00002"]


def test_a_case_is_completed_with_its_last_step(core: Core, desk: Desk):
    desk.publish(ONE_STEP)
    case = desk.start()
    desk.complete(case, "tulis", by="eko")
    assert state_of(core, case.instance_id) == InstanceState.COMPLETED


def test_the_diagram_shows_what_was_passed_and_where_it_stands(core: Core, desk: Desk):
    desk.publish(TWO_STEPS)
    case = desk.start()
    desk.complete(case, "tulis", by="eko")
    with core.read() as reading:
        marks = {mark.node: (mark.living, mark.passed) for mark in element_marks(reading.session, case.instance_id)}
    assert (marks["tulis"], marks["setujui"]) == ((0, 1), (1, 0))


def test_every_act_is_in_the_trail_of_the_case(core: Core, desk: Desk):
    desk.publish(ONE_STEP)
    case = desk.start()
    desk.complete(case, "tulis", by="eko")
    with core.read() as reading:
        acts = [line.act for line in trail_of_case(reading.session, case.instance_id)]
    assert acts == ["case.started", "work_item.opened", "work_item.completed", "case.completed"]


def test_running_cases_stay_on_their_version(core: Core, desk: Desk):
    desk.publish(ONE_STEP)
    old = desk.start()
    desk.publish(TWO_STEPS)
    desk.complete(old, "tulis", by="eko")
    assert state_of(core, old.instance_id) == InstanceState.COMPLETED


def test_only_those_of_the_first_step_may_start(desk: Desk):
    desk.publish(ONE_STEP)
    with pytest.raises(MayNotStart):
        desk.start(by="ani")


def test_with_several_ways_in_the_starter_chooses_one(desk: Desk):
    desk.publish(TWO_WAYS_IN)
    case = desk.start(by="eko", at="lewat_surel")
    assert desk.open(case) == {"unduh": "Eko Prasetyo"}


def test_with_several_ways_in_a_case_does_not_start_without_a_choice(desk: Desk):
    desk.publish(TWO_WAYS_IN)
    with pytest.raises(StartNotChosen):
        desk.start(by="eko")


def test_a_case_needs_a_title(core: Core, desk: Desk):
    desk.publish(ONE_STEP)
    with pytest.raises(NoTitle), core.work(person(core, "eko")) as work:
        start_case(work, "proses", " \x00\x07 ")


def test_an_unknown_procedure_is_not_found(core: Core):
    with pytest.raises(DefinitionNotFound), core.work(person(core, "eko")) as work:
        start_case(work, "tidak-ada", "Judul")


def test_a_cancelled_case_has_no_open_work_left(core: Core, desk: Desk):
    desk.publish(ONE_STEP)
    case = desk.start()
    with core.work() as work:
        cancel_case(work, case.instance_id, "Salah input")
    assert (state_of(core, case.instance_id), desk.open(case)) == (InstanceState.CANCELLED, {})


def test_a_case_that_is_over_cannot_be_cancelled(core: Core, desk: Desk):
    desk.publish(ONE_STEP)
    case = desk.start()
    desk.complete(case, "tulis", by="eko")
    with pytest.raises(CaseOver), core.work() as work:
        cancel_case(work, case.instance_id, "Terlambat")


@pytest.mark.parametrize(
    ("name", "sees"), [("eko", True), ("citra", True), ("dewi", True), ("fani", True), ("ani", False)]
)
def test_a_case_is_listed_for_those_who_take_part_manage_or_administer(core: Core, desk: Desk, name: str, sees: bool):
    desk.publish(ONE_STEP)
    number = desk.start(by="eko").number
    assert (number in numbers_seen_by(core, name)) == sees
