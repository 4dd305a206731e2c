"""A head hands work of her unit to somebody else."""

import pytest
from sqlalchemy import select, update

from engine.access.permissions import NotItsManager
from engine.core.core import Core
from engine.execution import user_tasks
from engine.execution.beginning import Started
from engine.execution.cases import start_case
from engine.notifications.model import Notice
from engine.worklist.errors import AlreadyClosed, NoQueue, NotARecipient
from engine.worklist.model import Candidate, WorkItem
from engine.worklist.operations import reassign, release, save_draft
from engine.worklist.recipients import recipients
from tests.support.diagrams import chain, diagram, end, person_task, start
from tests.support.publishing import publish_diagram
from tests.support.small_office import load_small_office, person

STEP_OF_CLERKS = diagram(*chain(start(), person_task("catat", "clerk"), end()))


@pytest.fixture
def case(core: Core) -> Started:
    """Ani, a clerk, has the first step of a case of hers."""
    load_small_office(core)
    publish_diagram(core, STEP_OF_CLERKS)
    with core.work(person(core, "ani")) as work:
        return start_case(work, "proses", "Sebuah berkas")


@pytest.fixture
def item_id(core: Core, case: Started) -> int:
    with core.read() as reading:
        return reading.session.scalars(select(WorkItem.id).where(WorkItem.instance_id == case.instance_id)).one()


def hand_over(core: Core, item_id: int, by: str, to: str) -> None:
    with core.work(person(core, by)) as work:
        reassign(work, item_id, person(core, to).employee_id or 0)


def item(core: Core, item_id: int) -> WorkItem:
    with core.read() as reading:
        return reading.session.get_one(WorkItem, item_id)


@pytest.mark.parametrize("head", ["citra", "dewi"])
def test_the_head_of_the_unit_and_those_above_hand_work_over(core: Core, item_id: int, head: str):
    hand_over(core, item_id, by=head, to="budi")
    assert item(core, item_id).assignee_id == person(core, "budi").employee_id


@pytest.mark.parametrize("other", ["ani", "budi", "eko", "fani"])
def test_others_do_not(core: Core, item_id: int, other: str):
    with pytest.raises(NotItsManager):
        hand_over(core, item_id, by=other, to="budi")


def test_anybody_of_the_unit_may_get_it(core: Core, item_id: int):
    hand_over(core, item_id, by="citra", to="eko")
    assert item(core, item_id).assignee_id == person(core, "eko").employee_id


def test_people_of_other_units_may_not(core: Core, item_id: int):
    with pytest.raises(NotARecipient):
        hand_over(core, item_id, by="citra", to="fani")


def test_for_whom_the_work_was_meant_stands_first(core: Core, item_id: int):
    with core.read() as reading:
        row = reading.session.get_one(WorkItem, item_id)
        found = recipients(reading.session, row, reading.now.date())
    assert [(each.name, each.was_meant) for each in found] == [
        ("Budi Santosa", True),
        ("Citra Dewanti", False),
        ("Eko Prasetyo", False),
    ]


def test_both_are_told(core: Core, item_id: int):
    hand_over(core, item_id, by="citra", to="budi")
    with core.read() as reading:
        told = {(notice.kind, notice.employee_id) for notice in reading.session.scalars(select(Notice))}
    assert {
        ("work.handed_over", person(core, "budi").employee_id),
        ("work.handed_on", person(core, "ani").employee_id),
    } <= told


def test_what_was_typed_goes_with_it(core: Core, item_id: int):
    with core.work(person(core, "ani")) as work:
        save_draft(work, item_id, {"perihal": "Undangan"})
    hand_over(core, item_id, by="citra", to="budi")
    assert item(core, item_id).draft == {"perihal": "Undangan"}


def test_to_whom_it_belongs_already_nothing_happens(core: Core, item_id: int):
    hand_over(core, item_id, by="citra", to="ani")
    assert item(core, item_id).assignment_reason["message"] != "%(by)s handed this to %(name)s."


def test_finished_work_is_not_handed_over(core: Core, item_id: int):
    with core.work(person(core, "ani")) as work:
        user_tasks.complete(work, item_id, {})
    with pytest.raises(AlreadyClosed):
        hand_over(core, item_id, by="citra", to="budi")


def test_what_was_given_by_name_is_not_laid_into_a_queue_that_is_not_there(core: Core, item_id: int):
    with core.work() as work:
        work.session.execute(update(Candidate).values(position_id=None, employee_id=person(core, "ani").employee_id))
    with core.work(person(core, "ani")) as work, pytest.raises(NoQueue):
        release(work, item_id)
