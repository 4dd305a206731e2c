"""A colleague sees and does work on behalf of another while a delegation runs; two names stand in every record."""

from collections.abc import Collection
from datetime import timedelta

import pytest
from sqlalchemy import select

from engine.access.permissions import CaseNotVisible, ItemNotVisible, NotAboutYou, NotACandidate, NotYourWork
from engine.audit.model import AuditEntry
from engine.base.clock import FrozenClock
from engine.core.core import Core
from engine.definitions.model import ProcessDefinition
from engine.execution.inbox import inbox
from engine.execution.item_pages import item_page
from engine.execution.journeys import journey
from engine.execution.queries import case_detail
from engine.notifications.model import Notice
from engine.organisation.acting_for import ALL
from engine.organisation.delegations import DelegationLine, DelegationRefused, NewDelegation
from engine.staffing.delegations import end_delegation, give_delegation
from engine.worklist.behalf import on_behalf_of, principals_for
from engine.worklist.counts import counts
from engine.worklist.model import WorkItem
from engine.worklist.operations import claim
from engine.worklist.views import View, reader_of
from tests.integration.execution.conftest import Desk
from tests.support.diagrams import chain, diagram, end, person_task, start
from tests.support.small_office import person

STEPS = diagram(*chain(start(), person_task("periksa", "kasubbag"), person_task("catat", "clerk"), end()))
WEEK = timedelta(days=7)


@pytest.fixture
def desk(core: Core) -> Desk:
    desk = Desk(core)
    desk.publish(STEPS)
    return desk


def give(
    core: Core, giver: str, to: str, lasts: timedelta = WEEK, definitions: Collection[int] | None = ALL, by: str = ""
) -> DelegationLine:
    with core.work(person(core, by or giver)) as work:
        return give_delegation(
            work,
            NewDelegation(
                from_id=person(core, giver).employee_id or 0,
                to_id=person(core, to).employee_id,
                starts_at=None,
                ends_at=work.now + lasts,
                definition_ids=ALL if definitions is ALL else frozenset(definitions),
            ),
        )


def seen_on_behalf(core: Core, name: str) -> list[str]:
    with core.read(person(core, name)) as reading:
        query = select(WorkItem.element).where(on_behalf_of(principals_for(reading)))
        return list(reading.session.scalars(query))


def item(core: Core, item_id: int) -> WorkItem:
    with core.read() as reading:
        return reading.session.get_one(WorkItem, item_id)


def test_without_a_delegation_nothing_is_seen(core: Core, desk: Desk):
    case = desk.start(by="citra")
    with core.read(person(core, "eko")) as reading, pytest.raises(ItemNotVisible):
        item_page(reading, desk.item(case, "periksa"))


def test_work_of_the_giver_is_seen(core: Core, desk: Desk):
    desk.start(by="citra")
    give(core, "citra", "eko")
    assert seen_on_behalf(core, "eko") == ["periksa"]


def test_also_her_case(core: Core, desk: Desk):
    case = desk.start(by="citra")
    give(core, "citra", "eko")
    with core.read(person(core, "eko")) as reading:
        assert case_detail(reading, case.instance_id).number == case.number


def test_the_one_who_acts_completes_it_and_both_names_are_kept(core: Core, desk: Desk):
    case = desk.start(by="citra")
    give(core, "citra", "eko")
    done = desk.item(case, "periksa")
    desk.complete(case, "periksa", by="eko")
    assert (item(core, done).closed_by_name, item(core, done).closed_for_name) == ("Eko Prasetyo", "Citra Dewanti")


def test_the_journey_says_on_whose_behalf(core: Core, desk: Desk):
    case = desk.start(by="citra")
    give(core, "citra", "eko")
    desk.complete(case, "periksa", by="eko")
    with core.read() as reading:
        assert journey(reading.session, case.instance_id)[0].closed_for_name == "Citra Dewanti"


def test_the_trail_says_on_whose_behalf(core: Core, desk: Desk):
    case = desk.start(by="citra")
    give(core, "citra", "eko")
    desk.complete(case, "periksa", by="eko")
    with core.read() as reading:
        entry = reading.session.scalars(select(AuditEntry).where(AuditEntry.act == "work_item.completed")).one()
    assert (entry.actor_name, entry.facts["on_behalf_of"]) == ("Eko Prasetyo", "Citra Dewanti")


def test_her_own_work_is_done_in_her_own_name(core: Core, desk: Desk):
    case = desk.start(by="citra")
    give(core, "eko", "citra")
    done = desk.item(case, "periksa")
    desk.complete(case, "periksa", by="citra")
    assert item(core, done).closed_for_name is None


def test_what_is_claimed_on_behalf_is_the_givers(core: Core, desk: Desk):
    case = desk.start(by="citra")
    desk.complete(case, "periksa", by="citra")
    give(core, "ani", "eko")
    waiting = desk.item(case, "catat")
    with core.work(person(core, "eko")) as work:
        claim(work, waiting)
    assert item(core, waiting).assignee_id == person(core, "ani").employee_id


def test_a_delegation_ends_at_its_instant(core: Core, desk: Desk, clock: FrozenClock):
    case = desk.start(by="citra")
    give(core, "citra", "eko", lasts=timedelta(hours=2))
    clock.advance(timedelta(hours=2))
    with pytest.raises(NotYourWork):
        desk.complete(case, "periksa", by="eko")


def test_until_then_it_runs(core: Core, desk: Desk, clock: FrozenClock):
    case = desk.start(by="citra")
    give(core, "citra", "eko", lasts=timedelta(hours=2))
    clock.advance(timedelta(hours=2) - timedelta(microseconds=1))
    desk.complete(case, "periksa", by="eko")
    assert desk.open(case) == {"catat": None}


def test_one_ended_by_hand_counts_no_more(core: Core, desk: Desk, clock: FrozenClock):
    case = desk.start(by="citra")
    line = give(core, "citra", "eko")
    clock.advance(timedelta(hours=1))
    with core.work(person(core, "eko")) as work:
        end_delegation(work, line.delegation_id)
    with core.read(person(core, "eko")) as reading, pytest.raises(CaseNotVisible):
        case_detail(reading, case.instance_id)


def test_other_procedures_stay_closed(core: Core, desk: Desk):
    case = desk.start(by="citra")
    desk.publish(STEPS.replace(b'"proses"', b'"lain"'))
    with core.read() as reading:
        other = reading.session.scalars(select(ProcessDefinition.id).where(ProcessDefinition.key == "lain")).one()
    give(core, "citra", "eko", definitions=[other])
    with pytest.raises(NotYourWork):
        desk.complete(case, "periksa", by="eko")


def test_a_delegation_passes_on_once(core: Core, desk: Desk):
    desk.start(by="citra")
    give(core, "citra", "eko")
    give(core, "eko", "fani")
    assert seen_on_behalf(core, "fani") == ["periksa"]


def test_it_does_not_pass_on_twice(core: Core, desk: Desk):
    desk.start(by="citra")
    give(core, "citra", "eko")
    give(core, "eko", "fani")
    give(core, "fani", "budi")
    assert seen_on_behalf(core, "budi") == []


@pytest.mark.parametrize(
    ("to", "lasts", "field"), [("citra", WEEK, "to"), ("eko", timedelta(0), "ends_at"), ("eko", 60 * WEEK, "ends_at")]
)
def test_a_wrong_one_is_refused_at_its_field(core: Core, to: str, lasts: timedelta, field: str):
    with pytest.raises(DelegationRefused) as refused:
        give(core, "citra", to, lasts)
    assert [problem.name for problem in refused.value.fields] == [field]


def test_one_for_no_known_procedure_is_refused(core: Core):
    with pytest.raises(DelegationRefused) as refused:
        give(core, "citra", "eko", definitions=[4711])
    assert [problem.name for problem in refused.value.fields] == ["definitions"]


def test_colleagues_do_not_give_each_others_work_away(core: Core):
    with pytest.raises(NotAboutYou):
        give(core, "ani", "eko", by="budi")


def test_the_head_of_the_unit_does(core: Core):
    assert give(core, "ani", "eko", by="citra").given_by == "Citra Dewanti"


def test_both_hear_of_it(core: Core):
    give(core, "ani", "eko", by="citra")
    with core.read() as reading:
        told = {notice.kind: notice.employee_id for notice in reading.session.scalars(select(Notice))}
    people = {"delegation.received": "eko", "delegation.given": "ani"}
    assert told == {kind: person(core, name).employee_id for kind, name in people.items()}


def test_what_is_not_in_her_pool_is_not_claimed(core: Core, desk: Desk):
    case = desk.start(by="citra")
    desk.complete(case, "periksa", by="citra")
    give(core, "dewi", "eko")
    with core.work(person(core, "eko")) as work, pytest.raises(NotACandidate):
        claim(work, desk.item(case, "catat"))


def test_her_inbox_has_a_view_of_it_with_whose_work_it_is(core: Core, desk: Desk):
    desk.start(by="citra")
    give(core, "citra", "eko")
    with core.read(person(core, "eko")) as reading:
        reader = reader_of(reading)
        assert reader is not None
        (line,) = inbox(reading.session, reader, View.BEHALF, reading.now).items
        assert line.assignee_name == "Citra Dewanti"
        assert counts(reading.session, reader, reading.now)[View.BEHALF] == 1
