"""Work that lies where nobody sees it is told to who can help, once."""

import pytest
from sqlalchemy import select

from engine.access.model import Account, AccountRole, Role
from engine.base.clock import FrozenClock
from engine.core.core import Core
from engine.core.housekeeping import begin_housekeeping
from engine.core.unseen import LOOK_EVERY, UNSEEN_JOB, look_for_unseen
from engine.insight.load import ahead
from engine.insight.pressing import pressing
from engine.insight.within import whole_reach
from engine.jobs.model import Job
from engine.notifications.model import Notice
from engine.organisation.model import Employee
from engine.worklist.model import WorkItem
from tests.integration.execution.conftest import Desk
from tests.support.diagrams import chain, diagram, end, person_task, start
from tests.support.small_office import NIPS, ROLES, load_small_office, person


@pytest.fixture
def desk(core: Core) -> Desk:
    """Everybody has an account."""
    load_small_office(core)
    with core.work() as work:
        for name, nip in NIPS.items():
            employee_id = work.session.scalars(select(Employee.id).where(Employee.nip == nip)).one()
            roles = [AccountRole(role=role) for role in ROLES.get(name, {Role.STAFF})]
            facts = {"password_hash": "", "language": "en", "created_at": work.now, "roles": roles}
            work.session.add(Account(username=name, employee_id=employee_id, **facts))
    return Desk(core)


def close_accounts(core: Core, *names: str) -> None:
    with core.work() as work:
        for account in work.session.scalars(select(Account).where(Account.username.in_(names))):
            account.is_active = False


def looked(core: Core) -> list[tuple[str, str]]:
    """Who is told of what, after a look."""
    with core.work() as work:
        look_for_unseen(work, {})
    with core.read() as reading:
        query = select(Account.username, Notice.kind).join(Account, Account.employee_id == Notice.employee_id)
        rows = reading.session.execute(query.where(Notice.kind.startswith("work.unseen")).order_by(Notice.id))
        return [(name, kind) for name, kind in rows]


def started(desk: Desk, position: str) -> None:
    desk.publish(diagram(*chain(start(), person_task("isi", "writer"), person_task("lanjut", position), end())))
    desk.complete(desk.start(), "isi", by="eko")


def test_work_that_a_rule_gave_to_somebody_without_account_is_told_once(core: Core, desk: Desk):
    started(desk, "officer")
    assert looked(core) == []
    close_accounts(core, "fani")
    assert looked(core) == looked(core) == [("dewi", "work.unseen")]


def test_the_administrators_are_told_of_a_queue_where_nobody_can_sign_in(core: Core, desk: Desk):
    started(desk, "clerk")
    close_accounts(core, "ani")
    assert looked(core) == []
    close_accounts(core, "budi")
    assert sorted(looked(core)) == [("citra", "work.unseen_queue"), ("fani", "work.unseen_queue")]


def test_the_board_marks_a_queue_where_nobody_can_sign_in(core: Core, desk: Desk):
    started(desk, "clerk")
    assert nobodys_on_the_board(core) == (0, [])
    close_accounts(core, "ani", "budi")
    assert nobodys_on_the_board(core) == (1, [("Pengadministrasi",)])


def nobodys_on_the_board(core: Core) -> tuple[int, list[tuple[str, ...]]]:
    """How many steps, and in which queues those lie that stand first."""
    with core.read(person(core, "citra")) as reading:
        reach = whole_reach(reading)
        marked = [line.pool for line in pressing(reading, reach) if line.is_nobodys]
        return ahead(reading, reach).nobodys, marked


def test_the_administrators_are_told_of_a_person_once(core: Core, desk: Desk):
    started(desk, "kasubbag")
    desk.complete(desk.start(), "isi", by="eko")
    close_accounts(core, "citra")
    assert sorted(looked(core)) == [("dewi", "work.unseen"), ("dewi", "work.unseen"), ("fani", "work.unseen")]


def test_with_another_holder_it_is_told_anew(core: Core, desk: Desk):
    desk.publish(diagram(*chain(start(), person_task("isi", "writer"), person_task("lanjut", "kasubbag"), end())))
    desk.complete(desk.start(), "isi", by="eko")
    close_accounts(core, "citra", "eko")
    first, eko = looked(core), person(core, "eko").employee_id
    with core.work() as work:
        work.session.scalars(select(WorkItem).where(WorkItem.element == "lanjut")).one().assignee_id = eko
    assert len(looked(core)) == 2 * len(first) > 0


def test_the_look_comes_again_and_again(core: Core, clock: FrozenClock):
    with core.work() as work:
        begin_housekeeping(work)
    for _turn in range(2):
        core.run_due_jobs()
        clock.advance(LOOK_EVERY)
        with core.read() as reading:
            due = reading.session.scalars(select(Job.due_at).where(Job.kind == UNSEEN_JOB)).one()
        assert due == clock.now()
