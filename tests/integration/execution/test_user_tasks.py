"""A person's step, from her inbox to the next person's."""

from io import BytesIO

import pytest

from engine.access.permissions import NotYourWork
from engine.base.errors import Invalid
from engine.core.core import Core
from engine.execution import user_tasks
from engine.execution.beginning import Started
from engine.execution.errors import FilesMissing, NoAnswers
from engine.worklist import operations as worklist
from engine.worklist.attachments import attach, receive
from engine.worklist.errors import AlreadyClaimed, AlreadyClosed, WorkItemNotFound
from engine.worklist.queries import item_detail
from tests.integration.execution.conftest import Desk, form
from tests.support.diagrams import chain, diagram, end, extensions, person_task, start, user_task
from tests.support.small_office import person

WRITE = '<tk:pelaksana peran="pemulai"/>'
TWO_STEPS = diagram(*chain(start(), person_task("tulis", "writer"), person_task("setujui", "kasubbag"), end()))
A_POOL = diagram(*chain(start(), person_task("tulis", "writer"), person_task("catat", "clerk"), end()))
WITH_FORM = diagram(
    *chain(start(), user_task("isi", extensions(WRITE, '<tk:formulir kunci="isian"/>')), end()),
)
DAYS = {"type": "number", "key": "hari", "label": "Jumlah hari", "validate": {"required": True, "min": 1}}
LETTER = {"type": "filepicker", "key": "surat", "label": "Surat pengantar", "validate": {"required": True}}


def a_case_in_the_pool(desk: Desk) -> Started:
    case = desk.start(by="eko")
    desk.complete(case, "tulis", by="eko")
    return case


def test_completing_a_step_lays_the_next_one_into_the_inbox_of_its_only_holder(desk: Desk):
    desk.publish(TWO_STEPS)
    case = desk.start(by="eko")
    desk.complete(case, "tulis", by="eko")
    assert desk.open(case) == {"setujui": "Citra Dewanti"}


def test_work_of_several_holders_waits_in_their_pool(desk: Desk):
    desk.publish(A_POOL)
    case = a_case_in_the_pool(desk)
    assert desk.open(case) == {"catat": None}


def test_whoever_claims_first_has_it(core: Core, desk: Desk):
    desk.publish(A_POOL)
    item = desk.item(a_case_in_the_pool(desk), "catat")
    with core.work(person(core, "ani")) as work:
        worklist.claim(work, item)
    with pytest.raises(AlreadyClaimed, match="Ani Lestari"), core.work(person(core, "budi")) as work:
        worklist.claim(work, item)


def test_released_work_can_be_claimed_by_another_holder(core: Core, desk: Desk):
    desk.publish(A_POOL)
    case = a_case_in_the_pool(desk)
    for name, act in (("ani", worklist.claim), ("ani", worklist.release), ("budi", worklist.claim)):
        with core.work(person(core, name)) as work:
            act(work, desk.item(case, "catat"))
    assert desk.open(case) == {"catat": "Budi Santosa"}


def test_the_second_to_complete_learns_who_was_first(core: Core, desk: Desk):
    desk.publish(A_POOL)
    item = desk.item(a_case_in_the_pool(desk), "catat")
    with core.work(person(core, "ani")) as work:
        user_tasks.complete(work, item, {})
    with pytest.raises(AlreadyClosed, match="Ani Lestari"), core.work(person(core, "budi")) as work:
        user_tasks.complete(work, item, {})


def test_a_second_click_on_complete_changes_nothing(core: Core, desk: Desk):
    desk.publish(TWO_STEPS)
    case = desk.start(by="eko")
    item = desk.item(case, "tulis")
    desk.complete(case, "tulis", by="eko")
    with pytest.raises(AlreadyClosed), core.work(person(core, "eko")) as work:
        user_tasks.complete(work, item, {})
    assert desk.open(case) == {"setujui": "Citra Dewanti"}


def test_the_work_of_somebody_else_is_refused(core: Core, desk: Desk):
    desk.publish(TWO_STEPS)
    item = desk.item(desk.start(by="eko"), "tulis")
    with pytest.raises(NotYourWork), core.work(person(core, "ani")) as work:
        user_tasks.complete(work, item, {})


def test_an_unknown_item_is_not_found(core: Core):
    with pytest.raises(WorkItemNotFound), core.work(person(core, "ani")) as work:
        user_tasks.complete(work, 4711, {})


def test_wrong_answers_leave_everything_as_it_was(core: Core, desk: Desk):
    desk.publish(WITH_FORM, isian=form(DAYS))
    case = desk.start(by="eko")
    with pytest.raises(Invalid) as refusal:
        desk.complete(case, "isi", by="eko", answers={"hari": "dua"})
    assert [problem.name for problem in refusal.value.fields] == ["hari"]
    assert desk.open(case) == {"isi": "Eko Prasetyo"}


def test_answers_are_kept_with_the_item(core: Core, desk: Desk):
    desk.publish(WITH_FORM, isian=form(DAYS))
    case = desk.start(by="eko")
    item = desk.item(case, "isi")
    desk.complete(case, "isi", by="eko", answers={"hari": 2})
    with core.read() as reading:
        assert item_detail(reading.session, item).answers == {"hari": 2}


def test_a_step_without_a_form_takes_no_answers(desk: Desk):
    desk.publish(TWO_STEPS)
    with pytest.raises(NoAnswers):
        desk.complete(desk.start(by="eko"), "tulis", by="eko", answers={"hari": 2})


def test_a_step_waits_for_the_file_that_it_requires(core: Core, desk: Desk):
    desk.publish(WITH_FORM, isian=form(LETTER))
    case = desk.start(by="eko")
    with pytest.raises(FilesMissing, match="Surat pengantar"):
        desk.complete(case, "isi", by="eko")
    with core.work(person(core, "eko")) as work:
        letter = receive(work.settings, "surat.txt", BytesIO(b"Dengan hormat"), work.now)
        attach(work, case.instance_id, desk.item(case, "isi"), letter)
    desk.complete(case, "isi", by="eko")
    assert desk.open(case) == {}


def test_a_draft_is_kept_as_it_was_typed(core: Core, desk: Desk):
    desk.publish(WITH_FORM, isian=form(DAYS))
    item = desk.item(desk.start(by="eko"), "isi")
    with core.work(person(core, "eko")) as work:
        worklist.save_draft(work, item, {"hari": "dua"})
    with core.read() as reading:
        assert item_detail(reading.session, item).draft == {"hari": "dua"}
