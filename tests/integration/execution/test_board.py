"""The board counts what its actor may see, and says where it hurts."""

from datetime import timedelta

import pytest

from engine.access.model import Account, AccountRole, Role
from engine.base.clock import FrozenClock
from engine.base.paging import Page
from engine.core.core import Core
from engine.execution.beginning import Started
from engine.execution.board import BoardLine, board, running_by_version
from engine.execution.cases import start_case
from engine.execution.queries import CaseLine, cases
from engine.execution.standing import Standing
from engine.insight.pressing import pressing, stopped
from engine.insight.within import whole_reach
from engine.worklist.model import Candidate, WorkItem
from tests.integration.execution.conftest import Desk
from tests.support.diagrams import chain, diagram, end, person_task, script_task, start
from tests.support.small_office import person

TWO_STEPS = diagram(*chain(start(), person_task("tulis", "writer"), person_task("setujui", "kasubbag"), end()))
TEN_MINUTES = timedelta(minutes=10)


@pytest.fixture
def case(core: Core, desk: Desk) -> Started:
    """Eko has the first step, with ten minutes for it, and an account to see it."""
    with core.work() as work:
        eko = Account(
            username="eko", password_hash="", employee_id=person(core, "eko").employee_id, created_at=work.now
        )
        eko.roles.append(AccountRole(role=Role.STAFF))
        work.session.add(eko)
    desk.publish(TWO_STEPS)
    return desk.start()


def line(core: Core, name: str = "citra") -> BoardLine:
    with core.read(person(core, name)) as reading:
        return board(reading, reading.now - timedelta(days=1))[0]


def listed(core: Core, standing: Standing) -> Page[CaseLine]:
    with core.read(person(core, "citra")) as reading:
        return cases(reading, standing=standing)


@pytest.mark.parametrize(
    ("later", "running", "at_risk", "late"),
    [(timedelta(0), 1, 0, 0), (timedelta(minutes=8), 1, 1, 0), (timedelta(minutes=11), 1, 0, 1)],
)
def test_a_case_is_on_track_then_at_risk_then_late(
    core: Core, case: Started, clock: FrozenClock, later: timedelta, running: int, at_risk: int, late: int
):
    clock.advance(later)
    found = line(core)
    assert (found.running, found.at_risk, found.late) == (running, at_risk, late)


def test_a_finished_case_counts_as_done(core: Core, desk: Desk, case: Started):
    desk.complete(case, "tulis", by="eko")
    desk.complete(case, "setujui", by="citra")
    found = line(core)
    assert (found.running, found.done_this_month) == (0, 1)


def test_nobody_sees_the_cases_of_others_on_the_board(core: Core, case: Started):
    with core.read(person(core, "ani")) as reading:
        assert board(reading, reading.now) == ()


@pytest.mark.parametrize("standing", [Standing.LATE, Standing.AT_RISK, Standing.ON_TRACK, Standing.RUNNING])
def test_the_list_behind_a_number_has_that_many_cases(
    core: Core, desk: Desk, case: Started, clock: FrozenClock, standing: Standing
):
    clock.advance(timedelta(minutes=11))
    desk.start()
    found = line(core)
    counted = {
        Standing.LATE: found.late,
        Standing.AT_RISK: found.at_risk,
        Standing.ON_TRACK: found.on_track,
        Standing.RUNNING: found.running,
    }
    assert len(listed(core, standing).items) == counted[standing]


@pytest.fixture
def broken(desk: Desk) -> Started:
    """A fault stops it at its first step."""
    desk.publish(diagram(*chain(start(), script_task("hitung", "x = jumlah * 2"), end())))
    return desk.start(by="citra")


def test_a_stopped_case_is_not_on_track_but_has_a_number_of_its_own(core: Core, broken: Started):
    found = line(core)
    assert (found.running, found.on_track, found.stopped) == (1, 0, 1)
    assert listed(core, Standing.ON_TRACK).items == ()
    assert [each.number for each in listed(core, Standing.STOPPED).items] == [broken.number]


def test_what_has_stopped_is_told_to_who_may_see_it(core: Core, broken: Started):
    with core.read(person(core, "citra")) as reading:
        assert [each.number for each in stopped(reading, whole_reach(reading))] == [broken.number]
    with core.read(person(core, "ani")) as reading:
        assert stopped(reading, whole_reach(reading)) == ()


def test_what_presses_says_where_and_for_whom(core: Core, case: Started, clock: FrozenClock):
    clock.advance(timedelta(minutes=11))
    with core.read(person(core, "citra")) as reading:
        (found,) = pressing(reading, whole_reach(reading))
    assert (found.number, found.title, found.assignee_name) == (case.number, "Tulis", "Eko Prasetyo")


def test_work_on_track_does_not_press(core: Core, case: Started):
    with core.read(person(core, "citra")) as reading:
        assert pressing(reading, whole_reach(reading)) == ()


def test_work_without_a_performer_comes_first_and_is_marked(core: Core, desk: Desk, case: Started, clock: FrozenClock):
    clock.advance(timedelta(minutes=11))
    orphan = desk.item(desk.start(), "tulis")
    with core.work() as work:
        work.session.get_one(WorkItem, orphan).assignee_id = None
        work.session.query(Candidate).filter_by(work_item_id=orphan).delete()
    with core.read(person(core, "citra")) as reading:
        found = pressing(reading, whole_reach(reading))
    assert [each.is_nobodys for each in found] == [True, False]
    assert len(listed(core, Standing.UNASSIGNED).items) == 1


def test_cases_are_counted_on_the_version_on_which_they_run(core: Core, desk: Desk, case: Started):
    desk.publish(TWO_STEPS.replace(b"Tulis", b"Menulis"))
    with core.work(person(core, "eko")) as work:
        start_case(work, "proses", "Berkas kedua")
    with core.read() as reading:
        assert sorted(running_by_version(reading.session, 1).values()) == [1, 1]
