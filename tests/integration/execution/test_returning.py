"""A case goes back to an earlier step, and comes again."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from engine.access.permissions import NotYourWork
from engine.base.clock import FrozenClock
from engine.base.errors import TataKerjaError
from engine.core.core import Core
from engine.execution.beginning import Started
from engine.execution.errors import NoReason
from engine.execution.passed import OtherPart
from engine.execution.return_pages import EarlierStep, return_page
from engine.execution.returning import NotOnTheList, NotPassed, return_case
from engine.notifications.model import Notice
from engine.runtime.errors import MoveAcrossBranches
from engine.worklist.model import WorkItem
from engine.worklist.returns import returns_of_case, rework
from tests.integration.execution.conftest import Desk, form
from tests.support.diagrams import (
    arrows,
    chain,
    diagram,
    end,
    extensions,
    parallel,
    person_task,
    start,
    sub_process,
    user_task,
)
from tests.support.small_office import person

REPORT = form({"type": "textfield", "key": "perihal", "label": "Perihal"})
WRITTEN = user_task(
    "catat",
    extensions(
        '<tk:pelaksana jabatan="clerk"/>',
        '<tk:formulir kunci="laporan"/>',
        '<tk:waktu nilai="60" satuan="menit"/>',
        "<tk:kelengkapan><tk:item>Surat asli</tk:item></tk:kelengkapan>",
    ),
)
LETTER = diagram(*chain(start(), WRITTEN, person_task("periksa", "writer"), person_task("setujui", "kasubbag"), end()))


@pytest.fixture
def letter(desk: Desk, clock: FrozenClock) -> Started:
    """Recorded by Ani, checked by Eko: it lies before Citra."""
    desk.publish(LETTER, laporan=REPORT)
    case = desk.start(by="ani")
    for element, by, answers in (("catat", "ani", {"perihal": "Cuti"}), ("periksa", "eko", {})):
        clock.advance(timedelta(minutes=10))
        desk.complete(case, element, by, answers)
    clock.advance(timedelta(minutes=10))
    return case


def done(core: Core, case: Started, element: str) -> int:
    with core.read() as reading:
        query = select(WorkItem.id).where(WorkItem.instance_id == case.instance_id, WorkItem.element == element)
        return reading.session.scalars(query.order_by(WorkItem.id)).all()[-1]


def send_back(desk: Desk, case: Started, here: str, to: str, by: str = "citra", **more: str) -> None:
    item, target = desk.item(case, here), done(desk.core, case, to)
    with desk.core.work(person(desk.core, by)) as work:
        return_case(work, item, target, more.pop("reason", "Nomor surat keliru"), **more)


def item_of(core: Core, item_id: int) -> WorkItem:
    with core.read() as reading:
        return reading.session.get_one(WorkItem, item_id)


def steps(desk: Desk, case: Started, here: str, by: str) -> dict[str, EarlierStep]:
    with desk.core.read(person(desk.core, by)) as reading:
        return {step.title: step for step in return_page(reading, desk.item(case, here)).steps}


def test_whoever_did_the_step_gets_it_again_with_her_answers(desk: Desk, letter: Started):
    send_back(desk, letter, "setujui", "catat")
    item = item_of(desk.core, desk.item(letter, "catat"))
    assert desk.open(letter) == {"catat": "Ani Lestari"}
    assert (item.is_returned, item.draft) == (True, {"perihal": "Cuti"})


def test_the_reason_and_what_is_missing_stand_with_the_item(desk: Desk, letter: Started):
    send_back(desk, letter, "setujui", "catat", checklist_item="Surat asli")
    with desk.core.read() as reading:
        (found,) = returns_of_case(reading.session, letter.instance_id)
    assert (found.reason, found.checklist_item, found.returned_by) == (
        "Nomor surat keliru",
        "Surat asli",
        "Citra Dewanti",
    )


def test_she_is_told_once(desk: Desk, letter: Started):
    send_back(desk, letter, "setujui", "catat")
    with desk.core.read() as reading:
        query = select(Notice.kind).where(Notice.work_item_id == desk.item(letter, "catat"))
        assert reading.session.scalars(query).all() == ["work.returned"]


def test_returned_work_is_counted_and_goes_its_way_again(desk: Desk, letter: Started, clock: FrozenClock):
    for _turn in range(2):
        send_back(desk, letter, "setujui", "catat")
        for element, by, answers in (("catat", "ani", {"perihal": "Cuti 2"}), ("periksa", "eko", {})):
            clock.advance(timedelta(minutes=10))
            desk.complete(letter, element, by, answers)
        clock.advance(timedelta(minutes=10))
    assert desk.open(letter) == {"setujui": "Citra Dewanti"}
    with desk.core.read() as reading:
        assert rework(reading.session, letter.instance_id) == {"catat": 2}


def test_after_a_return_the_steps_after_it_are_not_behind(desk: Desk, letter: Started):
    send_back(desk, letter, "setujui", "periksa")
    assert list(steps(desk, letter, "periksa", "eko")) == ["Catat"]


def test_its_effect_on_the_deadline_is_told_before(desk: Desk, letter: Started, clock: FrozenClock):
    offered = steps(desk, letter, "setujui", "citra")
    now = clock.now()
    assert offered["Catat"].due_at == now + timedelta(minutes=60)
    assert offered["Catat"].back_at == now + timedelta(minutes=70)
    assert offered["Periksa"].back_at == now + timedelta(minutes=10)


@pytest.mark.parametrize(
    ("more", "refusal"), [({"reason": "  "}, NoReason), ({"checklist_item": "Kuitansi"}, NotOnTheList)]
)
def test_without_a_good_reason_nothing_is_returned(
    desk: Desk, letter: Started, more: dict[str, str], refusal: type[TataKerjaError]
):
    with pytest.raises(refusal):
        send_back(desk, letter, "setujui", "catat", **more)
    assert desk.open(letter) == {"setujui": "Citra Dewanti"}


def test_only_the_holder_returns(desk: Desk, letter: Started):
    with pytest.raises(NotYourWork):
        send_back(desk, letter, "setujui", "catat", by="dewi")


def test_a_case_goes_back_to_its_own_steps_only(desk: Desk, letter: Started):
    other = desk.start(by="ani")
    desk.complete(other, "catat", "ani", {"perihal": "Lain"})
    with pytest.raises(NotPassed), desk.core.work(person(desk.core, "citra")) as work:
        return_case(work, desk.item(letter, "setujui"), done(desk.core, other, "catat"), "Keliru")


def test_who_moved_away_does_not_get_it_again(desk: Desk, letter: Started):
    with desk.core.work() as work:
        row = work.session.get_one(WorkItem, done(desk.core, letter, "catat"))
        row.closed_by_id = person(desk.core, "fani").employee_id
    send_back(desk, letter, "setujui", "catat")
    assert desk.open(letter) == {"catat": None}


BRANCHES = diagram(
    *chain(start(), person_task("awal", "writer"), parallel("bagi"), person_task("kiri", "writer")),
    *(person_task("kanan", "kasubbag"), parallel("gabung"), person_task("akhir", "kasubbag"), end()),
    *arrows("kiri", "gabung", "akhir", "selesai"),
    *arrows("bagi", "kanan", "gabung"),
)


def test_into_a_finished_branch_it_is_refused_and_the_next_best_named(desk: Desk, clock: FrozenClock):
    desk.publish(BRANCHES)
    case = desk.start(by="eko")
    for element, by in (("awal", "eko"), ("kiri", "eko"), ("kanan", "citra")):
        clock.advance(timedelta(minutes=1))
        desk.complete(case, element, by)
    offered = steps(desk, case, "akhir", "citra")
    assert isinstance(offered["Kiri"].refusal, MoveAcrossBranches)
    assert offered["Kiri"].instead == "Awal"
    with pytest.raises(MoveAcrossBranches):
        send_back(desk, case, "akhir", "kiri")
    send_back(desk, case, "akhir", "awal")
    assert desk.open(case) == {"awal": "Eko Prasetyo"}


def test_into_a_sub_process_it_is_refused(desk: Desk):
    inside = sub_process("bagian", *chain(start("m"), person_task("dalam", "writer"), end("s")))
    desk.publish(diagram(*chain(start(), inside, person_task("akhir", "kasubbag"), end())))
    case = desk.start(by="eko")
    desk.complete(case, "dalam", "eko")
    with pytest.raises(OtherPart):
        send_back(desk, case, "akhir", "dalam")
    with desk.core.read() as reading:
        assert returns_of_case(reading.session, case.instance_id) == ()
