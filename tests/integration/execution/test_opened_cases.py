"""A case is read by those to whom it was opened: asked, mentioned or let in; and by them only as long as that holds."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from engine.access.permissions import CaseNotVisible, NotItsManager, NotYourWork
from engine.base.clock import FrozenClock
from engine.base.errors import NotAllowed, TataKerjaError
from engine.core.core import Core
from engine.execution.additions import add_comment
from engine.execution.beginning import Started
from engine.execution.granting import (
    EndsWrong,
    NoReasonToGrant,
    grant_reading,
    grants_of_case,
    withdraw_grant,
)
from engine.execution.item_pages import item_page
from engine.execution.queries import case_detail, cases
from engine.notifications.model import Notice
from engine.worklist.mentions import NotHere
from engine.worklist.queries import comments_of_case
from engine.worklist.questions import (
    NotAColleague,
    NothingAsked,
    NotYourQuestion,
    QuestionOver,
    answer,
    ask,
    open_question_count,
    questions_for,
    questions_of_case,
    withdraw,
)
from tests.integration.execution.conftest import Desk
from tests.support.diagrams import chain, diagram, end, person_task, start
from tests.support.small_office import person

TODAY = date(2026, 11, 23)


@pytest.fixture
def case(desk: Desk) -> Started:
    """Eko writes; Fani of another section has no part in it (and is no administrator here)."""
    desk.publish(diagram(*chain(start(), person_task("tulis", "writer"), person_task("setujui", "kasubbag"), end())))
    return desk.start(by="eko")


def sees(core: Core, who: str, case: Started) -> bool:
    """In the list as on the page: both ask the same."""
    with core.read(person(core, who)) as reading:
        listed = case.instance_id in [line.instance_id for line in cases(reading).items]
        try:
            case_detail(reading, case.instance_id)
        except CaseNotVisible:
            assert not listed
            return False
    assert listed
    return True


def put(core: Core, desk: Desk, case: Started, to: str, by: str = "eko", text: str = "Berapa harinya?") -> int:
    with core.work(person(core, by)) as work:
        return ask(work, desk.item(case, "tulis"), person(core, to).employee_id or 0, text)


def told(core: Core, who: str) -> list[str]:
    with core.read() as reading:
        mine = Notice.employee_id == person(core, who).employee_id
        return list(reading.session.scalars(select(Notice.kind).where(mine).order_by(Notice.id)))


def test_the_asked_finds_the_question_and_may_read(core: Core, desk: Desk, case: Started):
    put(core, desk, case, to="budi")
    with core.read(person(core, "budi")) as reading:
        assert [each.question for each in questions_for(reading.session, reading.actor.employee_id)] == [
            "Berapa harinya?"
        ]
        assert item_page(reading, desk.item(case, "tulis")).may_complete is False
    assert sees(core, "budi", case)
    assert told(core, "budi") == ["question.asked"]


def test_her_answer_reaches_the_asker_and_the_case_stands_where_it_stood(core: Core, desk: Desk, case: Started):
    asked = put(core, desk, case, to="budi")
    with core.work(person(core, "budi")) as work:
        answer(work, asked, "Dua belas hari")
    with core.read() as reading:
        (line,) = questions_of_case(reading.session, case.instance_id)
    assert (line.answer, line.is_open) == ("Dua belas hari", False)
    assert desk.open(case) == {"tulis": "Eko Prasetyo"}
    assert told(core, "eko") == ["question.answered"]


def test_once_she_has_answered_she_reads_no_more(core: Core, desk: Desk, case: Started):
    asked = put(core, desk, case, to="budi")
    with core.work(person(core, "budi")) as work:
        answer(work, asked, "Dua belas hari")
    assert not sees(core, "budi", case)


def test_a_question_can_be_withdrawn(core: Core, desk: Desk, case: Started):
    asked = put(core, desk, case, to="budi")
    with core.work(person(core, "eko")) as work:
        withdraw(work, asked)
    with core.read() as reading:
        assert open_question_count(reading.session, person(core, "budi").employee_id or 0) == 0
    with pytest.raises(QuestionOver), core.work(person(core, "budi")) as work:
        answer(work, asked, "Terlambat")


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"to": "budi", "by": "citra"}, NotYourWork),
        ({"to": "eko"}, NotAColleague),
        ({"to": "budi", "text": " \n"}, NothingAsked),
    ],
)
def test_what_is_no_question_is_refused(
    core: Core, desk: Desk, case: Started, facts: dict[str, str], refusal: type[TataKerjaError]
):
    with pytest.raises(refusal):
        put(core, desk, case, **facts)


def test_nobody_answers_for_another(core: Core, desk: Desk, case: Started):
    asked = put(core, desk, case, to="budi")
    with pytest.raises(NotYourQuestion), core.work(person(core, "ani")) as work:
        answer(work, asked, "Saya tahu")


def test_the_mentioned_is_told_and_reads_from_then_on(core: Core, case: Started):
    with core.work(person(core, "eko")) as work:
        add_comment(work, case.instance_id, None, "Mohon dicek", [person(core, "budi").employee_id or 0])
    assert told(core, "budi") == ["comment.mentioned"]
    assert sees(core, "budi", case)
    with core.read() as reading:
        assert comments_of_case(reading.session, case.instance_id)[0].mentioned == ("Budi Santosa",)


def test_to_read_is_not_to_write(core: Core, case: Started):
    with core.work(person(core, "eko")) as work:
        add_comment(work, case.instance_id, None, "Mohon dicek", [person(core, "budi").employee_id or 0])
    with pytest.raises(NotAllowed), core.work(person(core, "budi")) as work:
        add_comment(work, case.instance_id, None, "Sudah")


def test_who_is_not_here_is_not_mentioned(core: Core, case: Started):
    with pytest.raises(NotHere), core.work(person(core, "eko")) as work:
        add_comment(work, case.instance_id, None, "Mohon dicek", [99_999])
    with core.read() as reading:
        assert comments_of_case(reading.session, case.instance_id) == ()


def let_in(core: Core, case: Started, by: str = "citra", until: date = TODAY, reason: str = "Pemeriksaan") -> None:
    with core.work(person(core, by)) as work:
        grant_reading(work, case.instance_id, person(core, "budi").employee_id or 0, until, reason)


def test_a_grant_lets_read_until_its_day_is_over(core: Core, clock: FrozenClock, case: Started):
    let_in(core, case)
    assert sees(core, "budi", case)
    clock.advance(timedelta(hours=15, minutes=59))
    assert sees(core, "budi", case)
    clock.advance(timedelta(minutes=2))
    assert not sees(core, "budi", case)


def test_a_grant_is_withdrawn(core: Core, case: Started):
    let_in(core, case)
    with core.work(person(core, "citra")) as work:
        withdraw_grant(work, grants_of_case(work, case.instance_id)[0].grant_id)
    assert not sees(core, "budi", case)
    assert told(core, "budi") == ["case.opened_to_you"]


def test_a_second_grant_replaces_the_first(core: Core, case: Started):
    let_in(core, case)
    let_in(core, case, until=TODAY + timedelta(days=7), reason="Pemeriksaan lanjutan")
    with core.read() as reading:
        assert [line.reason for line in grants_of_case(reading, case.instance_id)] == ["Pemeriksaan lanjutan"]


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"by": "eko"}, NotItsManager),
        ({"reason": " "}, NoReasonToGrant),
        ({"until": TODAY - timedelta(days=1)}, EndsWrong),
        ({"until": TODAY + timedelta(days=400)}, EndsWrong),
    ],
)
def test_a_grant_needs_her_head_a_reason_and_an_end(
    core: Core, case: Started, facts: dict[str, object], refusal: type[TataKerjaError]
):
    with pytest.raises(refusal):
        let_in(core, case, **facts)  # type: ignore[arg-type]
    assert not sees(core, "budi", case)
