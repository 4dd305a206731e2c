"""Whoever sent a case on takes it back, until the next one has begun."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from engine.access.permissions import CaseNotVisible
from engine.base.clock import FrozenClock
from engine.base.errors import TataKerjaError
from engine.core.core import Core
from engine.execution.additions import add_comment
from engine.execution.beginning import Started
from engine.execution.errors import CaseOver
from engine.execution.progress import progress_on
from engine.execution.recalling import AlreadyBegun, NothingToRecall, NotTheSender, SeveralHaveIt, recall
from engine.execution.user_tasks import complete
from engine.notifications.model import Notice
from engine.worklist.model import WorkItem
from engine.worklist.operations import claim, save_draft
from engine.worklist.returns import rework
from tests.integration.execution.conftest import Desk
from tests.integration.execution.test_returning import LETTER, REPORT
from tests.support.diagrams import arrows, chain, diagram, end, parallel, person_task, start
from tests.support.small_office import person


@pytest.fixture
def sent(desk: Desk, clock: FrozenClock) -> int:
    """What Ani has sent to Eko a minute ago: her completed item."""
    desk.publish(LETTER, laporan=REPORT)
    case = desk.start(by="ani")
    item = desk.item(case, "catat")
    clock.advance(timedelta(minutes=10))
    desk.complete(case, "catat", "ani", {"perihal": "Cuti"})
    clock.advance(timedelta(minutes=1))
    return item


def take_back(core: Core, item: int, by: str) -> int:
    with core.work(person(core, by)) as work:
        return recall(work, item).work_item_id


def progress_of(core: Core, name: str) -> list[int]:
    with core.read(person(core, name)) as reading:
        return [line.work_item_id for line in progress_on(reading, reading.now.date())]


def row(core: Core, item_id: int) -> WorkItem:
    with core.read() as reading:
        return reading.session.get_one(WorkItem, item_id)


def next_of(core: Core, item_id: int) -> int:
    with core.read() as reading:
        return reading.session.scalars(select(WorkItem.id).where(WorkItem.id > item_id)).one()


def test_she_goes_on_where_she_was(core: Core, sent: int):
    taken = row(core, take_back(core, sent, "ani"))
    assert (taken.assignee_id, taken.draft) == (person(core, "ani").employee_id, {"perihal": "Cuti"})
    assert taken.is_returned is False


def test_she_gains_no_time_by_it(core: Core, sent: int):
    assert row(core, take_back(core, sent, "ani")).due_at == row(core, sent).due_at


def test_taking_back_is_no_rework(core: Core, sent: int):
    take_back(core, sent, "ani")
    with core.read() as reading:
        assert rework(reading.session, row(core, sent).instance_id) == {}


def test_what_was_taken_back_is_no_progress_of_the_day(core: Core, sent: int):
    take_back(core, sent, "ani")
    assert progress_of(core, "ani") == []


def test_done_again_it_is_told_once(core: Core, sent: int, clock: FrozenClock):
    again = take_back(core, sent, "ani")
    clock.advance(timedelta(minutes=1))
    with core.work(person(core, "ani")) as work:
        complete(work, again, {"perihal": "Cuti besar"})
    assert progress_of(core, "ani") == [again]


def test_the_next_one_is_told(core: Core, sent: int):
    take_back(core, sent, "ani")
    with core.read() as reading:
        told = reading.session.execute(select(Notice.kind, Notice.employee_id)).all()
    assert ("work.recalled", person(core, "eko").employee_id) in [tuple(each) for each in told]


@pytest.mark.parametrize(
    ("who", "refusal"), [("eko", NotTheSender), ("citra", CaseNotVisible), ("budi", CaseNotVisible)]
)
def test_nobody_else_takes_it_back(core: Core, sent: int, who: str, refusal: type[TataKerjaError]):
    with pytest.raises(refusal):
        take_back(core, sent, who)


def begins_to_type(core: Core, item: int) -> None:
    with core.work(person(core, "eko")) as work:
        save_draft(work, item, {"catatan": "…"})


def writes_a_comment(core: Core, item: int) -> None:
    with core.work(person(core, "eko")) as work:
        add_comment(work, row(core, item).instance_id, item, "Sedang saya periksa")


@pytest.mark.parametrize("begin", [begins_to_type, writes_a_comment])
def test_once_the_next_one_has_begun_it_is_too_late(core: Core, sent: int, begin: Callable[[Core, int], None]):
    begin(core, next_of(core, sent))
    with pytest.raises(AlreadyBegun, match="Eko Prasetyo has begun"):
        take_back(core, sent, "ani")


def test_whoever_took_it_from_the_pool_has_begun(core: Core, desk: Desk, clock: FrozenClock):
    desk.publish(diagram(*chain(start(), person_task("tulis", "writer"), person_task("catat", "clerk"), end())))
    case = desk.start(by="eko")
    item = desk.item(case, "tulis")
    desk.complete(case, "tulis", "eko")
    clock.advance(timedelta(minutes=1))
    with core.work(person(core, "budi")) as work:
        claim(work, desk.item(case, "catat"))
    with pytest.raises(AlreadyBegun):
        take_back(core, item, "eko")


def test_what_has_gone_further_does_not_come_back(core: Core, desk: Desk, sent: int, clock: FrozenClock):
    case = Started(instance_id=row(core, sent).instance_id, number="")
    desk.complete(case, "periksa", "eko")
    clock.advance(timedelta(minutes=1))
    with pytest.raises(NothingToRecall):
        take_back(core, sent, "ani")


def test_a_finished_case_does_not_come_back(core: Core, desk: Desk):
    desk.publish(diagram(*chain(start(), person_task("tulis", "writer"), end())))
    case = desk.start(by="eko")
    item = desk.item(case, "tulis")
    desk.complete(case, "tulis", "eko")
    with pytest.raises(CaseOver):
        take_back(core, item, "eko")


def test_what_several_have_does_not_come_back(core: Core, desk: Desk):
    desk.publish(
        diagram(
            *chain(start(), person_task("tulis", "writer"), parallel("bagi"), person_task("kiri", "kasubbag")),
            *(person_task("kanan", "kepala"), parallel("gabung"), end()),
            *(*arrows("kiri", "gabung", "selesai"), *arrows("bagi", "kanan", "gabung")),
        )
    )
    case = desk.start(by="eko")
    item = desk.item(case, "tulis")
    desk.complete(case, "tulis", "eko")
    with pytest.raises(SeveralHaveIt):
        take_back(core, item, "eko")
