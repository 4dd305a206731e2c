"""Two steps that two people must do: whatever way the work takes, one person does not do both."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from engine.access.permissions import AdministratorsOnly
from engine.audit.model import AuditEntry
from engine.base.errors import TataKerjaError
from engine.core.core import Core
from engine.execution import user_tasks
from engine.execution.beginning import Started
from engine.execution.errors import NoReason
from engine.execution.inbox import inbox
from engine.execution.shared_handover import choosable
from engine.execution.waivers import waive_four_eyes
from engine.organisation.absences import Away
from engine.worklist.four_eyes import HasTheOtherStep, SamePerson, WaivesForHerself
from engine.worklist.model import WorkItem
from engine.worklist.operations import claim, reassign, release
from engine.worklist.recipients import DidTheOtherStep
from engine.worklist.rerouting import given_by_rule
from engine.worklist.views import View, reader_of
from tests.integration.execution.conftest import Desk
from tests.integration.execution.test_on_behalf import give
from tests.support.diagrams import arrows, chain, diagram, end, extensions, parallel, person_task, start, user_task
from tests.support.small_office import ROLES, person

CHECKED = diagram(
    *chain(
        start(),
        user_task("isi", extensions('<tk:pelaksana jabatan="clerk"/>')),
        user_task("periksa", extensions('<tk:pelaksana jabatan="clerk" bedaDari="isi"/>')),
        end(),
    )
)
AMONG_THREE = diagram(
    *chain(
        start(),
        user_task("isi", extensions('<tk:pelaksana jabatan="clerk"/>')),
        user_task("periksa", extensions('<tk:pelaksana jabatan="clerk, writer" bedaDari="isi"/>')),
        end(),
    )
)
CLERKS = ("ani", "budi")
BOTH_AT_ONCE = diagram(
    *chain(
        start(),
        parallel("bagi"),
        user_task("isi", extensions('<tk:pelaksana jabatan="clerk" cara="giliran"/>')),
        parallel("gabung"),
        end(),
    ),
    user_task("periksa", extensions('<tk:pelaksana jabatan="clerk" cara="giliran" bedaDari="isi"/>')),
    *arrows("bagi", "periksa", "gabung"),
)
BOTH_IN_THE_POOL = diagram(
    *chain(
        start(),
        parallel("bagi"),
        user_task("isi", extensions('<tk:pelaksana jabatan="clerk, writer"/>')),
        parallel("gabung"),
        end(),
    ),
    user_task("periksa", extensions('<tk:pelaksana jabatan="clerk, writer" bedaDari="isi"/>')),
    *arrows("bagi", "periksa", "gabung"),
)
PEOPLE = ("ani", "budi", "citra", "eko", "fani")


@pytest.fixture
def desk(core: Core) -> Desk:
    desk = Desk(core)
    desk.publish(CHECKED)
    return desk


@pytest.fixture
def case(desk: Desk) -> Started:
    """Ani has done the first step."""
    case = desk.start(by="ani")
    desk.complete(case, "isi", by="ani")
    return case


def queue_of(core: Core, name: str) -> list[str]:
    with core.read(person(core, name)) as reading:
        reader = reader_of(reading)
        assert reader is not None
        return [line.title for line in inbox(reading.session, reader, View.POOL, reading.now).items]


def waive(core: Core, item_id: int, by: str = "fani", reason: str = "Satu petugas hari ini") -> None:
    with core.work(person(core, by)) as work:
        waive_four_eyes(work, item_id, reason)


def test_what_she_must_not_do_is_in_no_queue_of_hers(desk: Desk, core: Core):
    desk.publish(AMONG_THREE)
    case = desk.start(by="ani")
    desk.complete(case, "isi", by="ani")
    assert (queue_of(core, "ani"), queue_of(core, "eko")) == ([], ["Periksa"])


def test_two_steps_at_once_go_to_two_people(desk: Desk):
    desk.publish(BOTH_AT_ONCE)
    assert sorted(filter(None, desk.open(desk.start(by="ani")).values())) == ["Ani Lestari", "Budi Santosa"]


@pytest.fixture
def pair(desk: Desk) -> Started:
    """Ani has one of two steps that begin at once; the other lies in her pool."""
    desk.publish(BOTH_IN_THE_POOL)
    return desk.start(by="ani")


def test_who_has_one_of_a_pair_does_not_take_the_other(core: Core, desk: Desk, pair: Started):
    with pytest.raises(HasTheOtherStep) as refused:
        takes(core, desk, desk.item(pair, "periksa"), "ani", "")
    assert refused.value.params == {"name": "Ani Lestari", "step": "Isi"}
    assert desk.open(pair) == {"isi": "Ani Lestari", "periksa": None}


def test_she_takes_the_other_where_nobody_else_is_here(core: Core, desk: Desk, pair: Started):
    away = {person(core, name).employee_id: Away(until=date(2099, 1, 1)) for name in ("budi", "eko")}
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("engine.worklist.recipients.presence_of", lambda *_of: away)
        takes(core, desk, desk.item(pair, "periksa"), "ani", "")
    assert desk.open(pair)["periksa"] == "Ani Lestari"


def test_what_was_laid_back_and_taken_again_is_hers_by_decision(core: Core, desk: Desk):
    desk.publish(BOTH_AT_ONCE)
    item_id = desk.item(desk.start(by="ani"), "isi")
    lays_back(core, desk, item_id, "ani", "")
    takes(core, desk, item_id, "ani", "")
    with core.read() as reading:
        assert reading.session.scalar(select(WorkItem.id).where(WorkItem.id == item_id, given_by_rule())) is None


def test_an_exception_brings_it_back_into_her_queue(desk: Desk, core: Core):
    desk.publish(AMONG_THREE)
    case = desk.start(by="ani")
    desk.complete(case, "isi", by="ani")
    waive(core, desk.item(case, "periksa"))
    assert queue_of(core, "ani") == ["Periksa"]


def test_the_second_step_goes_to_the_other_clerk(desk: Desk, case: Started):
    assert desk.open(case) == {"periksa": "Budi Santosa"}


def test_the_answer_says_who_did_the_other_step(core: Core, desk: Desk, case: Started):
    with core.read() as reading:
        item = reading.session.get_one(WorkItem, desk.item(case, "periksa"))
    assert item.assignment_reason["params"]["other"]["params"] == {"names": "Ani Lestari", "step": "Isi"}


def test_she_may_not_claim_it_from_the_pool(core: Core, desk: Desk, case: Started):
    item = desk.item(case, "periksa")
    with core.work(person(core, "budi")) as work:
        release(work, item)
    with core.work(person(core, "ani")) as work, pytest.raises(SamePerson) as refused:
        claim(work, item)
    assert refused.value.params == {"name": "Ani Lestari", "step": "Isi"}


def test_she_may_not_complete_it_from_the_pool(core: Core, desk: Desk, case: Started):
    with core.work(person(core, "budi")) as work:
        release(work, desk.item(case, "periksa"))
    with pytest.raises(SamePerson):
        desk.complete(case, "periksa", by="ani")


def test_she_may_not_on_behalf_of_the_other_clerk(core: Core, desk: Desk, case: Started):
    give(core, "budi", "ani")
    with pytest.raises(SamePerson):
        desk.complete(case, "periksa", by="ani")


def test_what_was_done_in_her_name_counts_as_hers(core: Core, desk: Desk):
    case = desk.start(by="ani")
    give(core, "ani", "eko")
    desk.complete(case, "isi", by="eko")
    with core.work(person(core, "budi")) as work:
        release(work, desk.item(case, "periksa"))
    with pytest.raises(SamePerson):
        desk.complete(case, "periksa", by="ani")


def test_it_cannot_be_handed_to_her(core: Core, desk: Desk, case: Started):
    with core.work(person(core, "citra")) as work, pytest.raises(DidTheOtherStep) as refused:
        reassign(work, desk.item(case, "periksa"), person(core, "ani").employee_id or 0)
    assert refused.value.params == {"name": "Ani Lestari", "step": "Isi"}


def test_of_several_she_could_have_those_whose_other_step_she_did_not_do(core: Core, desk: Desk, case: Started):
    """Both lie with Budi; Ani did the first step of one of them."""
    other = desk.start(by="budi")
    with core.work(person(core, "citra")) as work:
        reassign(work, desk.item(other, "isi"), person(core, "eko").employee_id or 0)
    desk.complete(other, "isi", by="eko")
    with core.work() as work:
        work.session.get_one(WorkItem, desk.item(other, "periksa")).assignee_id = person(core, "budi").employee_id
    with core.read(person(core, "citra")) as reading:
        found = choosable(reading, [desk.item(case, "periksa"), desk.item(other, "periksa")])
    assert {each.recipient.name: each.could_have for each in found} == {
        "Ani Lestari": 1,
        "Citra Dewanti": 2,
        "Eko Prasetyo": 1,
    }


def test_another_person_completes_it(desk: Desk, case: Started):
    desk.complete(case, "periksa", by="budi")
    assert desk.open(case) == {}


def test_an_administrator_may_waive_it_with_a_reason_on_record(core: Core, desk: Desk, case: Started):
    item = desk.item(case, "periksa")
    with core.work(person(core, "budi")) as work:
        release(work, item)
    waive(core, item)
    desk.complete(case, "periksa", by="ani")
    with core.read() as reading:
        acts = AuditEntry.act == "work_item.four_eyes_waived"
        assert reading.session.scalars(select(AuditEntry).where(acts)).one().facts["reason"] == "Satu petugas hari ini"


def test_a_waiver_without_reason_is_refused(core: Core, desk: Desk, case: Started):
    with pytest.raises(NoReason):
        waive(core, desk.item(case, "periksa"), reason=" ")


def test_others_do_not_waive_it(core: Core, desk: Desk, case: Started):
    with pytest.raises(AdministratorsOnly):
        waive(core, desk.item(case, "periksa"), by="citra")


def test_nobody_waives_it_for_herself(core: Core, desk: Desk, case: Started, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(ROLES, "ani", {*ROLES["fani"]})
    with pytest.raises(WaivesForHerself):
        waive(core, desk.item(case, "periksa"), by="ani")


def test_where_only_she_could_it_goes_to_the_superior(core: Core):
    desk = Desk(core)
    desk.publish(
        diagram(
            *chain(
                start(),
                person_task("isi", "writer"),
                user_task("periksa", extensions('<tk:pelaksana jabatan="writer" bedaDari="isi"/>')),
                end(),
            )
        )
    )
    case = desk.start(by="eko")
    desk.complete(case, "isi", by="eko")
    assert desk.open(case) == {"periksa": "Citra Dewanti"}


ACTS: dict[str, Callable[[Core, Desk, int, str, str], None]] = {}


def act(function: Callable[[Core, Desk, int, str, str], None]) -> Callable[[Core, Desk, int, str, str], None]:
    ACTS[function.__name__] = function
    return function


@act
def takes(core: Core, _desk: Desk, item_id: int, who: str, _whom: str) -> None:
    with core.work(person(core, who)) as work:
        claim(work, item_id)


@act
def lays_back(core: Core, _desk: Desk, item_id: int, who: str, _whom: str) -> None:
    with core.work(person(core, who)) as work:
        release(work, item_id)


@act
def hands_over(core: Core, _desk: Desk, item_id: int, who: str, whom: str) -> None:
    with core.work(person(core, who)) as work:
        reassign(work, item_id, person(core, whom).employee_id or 0)


@act
def delegates(core: Core, _desk: Desk, _item_id: int, who: str, whom: str) -> None:
    give(core, who, whom)


@act
def completes(core: Core, _desk: Desk, item_id: int, who: str, _whom: str) -> None:
    with core.work(person(core, who)) as work:
        user_tasks.complete(work, item_id, {})


STEP = st.tuples(
    st.sampled_from(sorted({"takes", "lays_back", "hands_over", "delegates", "completes"})),
    st.sampled_from(PEOPLE),
    st.sampled_from(PEOPLE),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=st.sampled_from(CLERKS), steps=st.lists(STEP, max_size=8))
def test_whatever_way_it_takes_the_two_are_two(core: Core, desk: Desk, first: str, steps: list[tuple[str, str, str]]):
    case = desk.start(by=first)
    desk.complete(case, "isi", by=first)
    item_id = desk.item(case, "periksa")
    for name, who, whom in [*steps, *(("completes", each, each) for each in PEOPLE)]:
        try:
            ACTS[name](core, desk, item_id, who, whom)
        except TataKerjaError:
            continue  # refused, and nothing of it is left
    with core.read() as reading:
        done = reading.session.scalars(select(WorkItem).where(WorkItem.instance_id == case.instance_id)).all()
    people = [{item.closed_by_id, item.closed_for_id} - {None} for item in done if item.closed_by_id]
    assert len(people) < 2 or people[0].isdisjoint(people[1])
