"""A unit closes or is transferred in one guided flow: nothing that is in it is left behind."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from engine.access.model import Account
from engine.base.clock import FrozenClock
from engine.core.core import Core
from engine.definitions.model import DefinitionVersion, ProcessDefinition, VersionState
from engine.execution.beginning import Started
from engine.execution.model import Instance
from engine.organisation.model import Employee, Holding, Position, PositionKind, Unit
from engine.worklist.model import Candidate, WorkItem
from tests.integration.webui.conftest import Browser, text_of
from tests.support.small_office import NIPS

MONDAY, DECEMBER = "2026-11-23", "2026-12-01"
KEPT = re.compile(r'<input type="hidden" name="(?!csrf_token)([^"]+)" value="([^"]*)">')


@pytest.fixture
def secretariat(browser_of: Callable[[str], Browser]) -> Browser:
    return browser_of("fani")


@pytest.fixture
def tu(core: Core, case: Started) -> int:
    """Four people, four positions, a case with a task that waits in the queue of its clerks, and its procedure."""
    with core.work() as work:
        unit_id = work.session.scalars(select(Unit.id).where(Unit.code == "tu")).one()
        work.session.scalars(select(ProcessDefinition)).one().unit_id = unit_id
        seksi = work.session.scalars(select(Unit.id).where(Unit.code == "seksi")).one()
        seat = Position(code="vacant-seat", title="Penyuluh", kind=PositionKind.FUNCTIONAL, unit_id=seksi)
        work.session.add(seat)
    return unit_id


def row(core: Core, query):
    with core.read() as reading:
        return reading.session.scalars(query).one()


def person(core: Core, name: str) -> int:
    return row(core, select(Employee.id).where(Employee.nip == NIPS[name]))


def position(core: Core, code: str) -> int:
    return row(core, select(Position.id).where(Position.code == code))


def first(day: str = MONDAY) -> dict[str, str]:
    return {"day": day, "transferred_to": "Kementerian Haji", "basis": "Perpres 92/2025"}


def choices(core: Core) -> dict[str, str]:
    """Eko moves to the section; the others go with the unit."""
    seksi = str(row(core, select(Unit.id).where(Unit.code == "seksi")))
    leaving = {f"person-{person(core, name)}": "leaves" for name in ("ani", "budi", "citra")}
    eko = {f"person-{person(core, 'eko')}": str(position(core, "officer"))}
    return {**leaving, **eko, "work_to": f"p-{position(core, 'kepala')}", "cases_to": seksi}


def transfer(browser: Browser, core: Core, unit_id: int, day: str = MONDAY, **more: str) -> str:
    """The whole flow; what its third page says."""
    with core.work() as work:  # a free seat for Eko
        work.session.scalars(select(Position).where(Position.code == "officer")).one().seats = 2
    address = f"/organisasi/unit/{unit_id}/tutup"
    preview = text_of(browser.post(address, {**first(day), **choices(core), **more, "step": "preview"}))
    kept = dict(KEPT.findall(preview))
    answer = browser.post(address, {**kept, "step": "act"})
    assert answer.status_code == 302, text_of(answer)
    return preview


def test_what_is_there_is_listed(secretariat: Browser, tu: int):
    page = text_of(secretariat.post(f"/organisasi/unit/{tu}/tutup", {**first(), "step": "look"}))
    for expected in ("Ani Lestari", "Citra Dewanti", "Pengadministrasi", "Catat", "Sebuah berkas", "Proses"):
        assert expected.lower() in page.lower()


def test_whoever_sees_nothing_of_it_is_marked(secretariat: Browser, core: Core, tu: int):
    with core.work() as work:
        work.session.scalars(select(Account).where(Account.employee_id == person(core, "dewi"))).one().is_active = False
    page = text_of(secretariat.post(f"/organisasi/unit/{tu}/tutup", {**first(), "step": "look"}))
    assert "Dewi Anggraini · Kepala Kantor – account closed" in page


def test_a_position_where_nobody_sees_the_work_is_marked_and_warned_of(secretariat: Browser, core: Core, tu: int):
    with core.work() as work:
        work.session.scalars(select(Account).where(Account.employee_id == person(core, "dewi"))).one().is_active = False
    page = text_of(secretariat.post(f"/organisasi/unit/{tu}/tutup", {**first(), "step": "look"}))
    assert "Kepala Kantor · Kantor – none of its holders can sign in" in page
    preview = transfer(secretariat, core, tu)
    assert "Kepala Kantor · Kantor: none of its holders can sign in. Nobody will see these tasks there" in preview


def test_what_has_nowhere_to_go_is_told_at_its_field(secretariat: Browser, tu: int):
    answer = secretariat.post(f"/organisasi/unit/{tu}/tutup", {**first(), "step": "preview"})
    page = text_of(answer)
    assert answer.status_code == 422
    assert 'id="work_to-error"' in page
    assert 'id="cases_to-error"' in page


@pytest.mark.parametrize("day", ["", "tomorrow", "0001-01-01"])
def test_a_wrong_day_is_told_on_the_first_page(secretariat: Browser, tu: int, day: str):
    answer = secretariat.post(f"/organisasi/unit/{tu}/tutup", {**first(day), "step": "look"})
    assert answer.status_code == 422
    assert 'id="day-error"' in text_of(answer)


def test_a_transfer_is_told_before_it_is_done(secretariat: Browser, core: Core, tu: int):
    preview = transfer(secretariat, core, tu)
    assert "From 23 November 2026 on, Subbagian Tata Usaha belongs to Kementerian Haji." in preview
    assert "Eko Prasetyo: gets the position Pranata Komputer" in preview
    assert "1 open task goes to Kepala Kantor" in preview


def test_people_and_positions_go_on_the_day(secretariat: Browser, core: Core, tu: int):
    transfer(secretariat, core, tu)
    assert row(core, select(Employee.left_on).where(Employee.nip == NIPS["ani"])) == date(2026, 11, 23)
    assert row(core, select(Employee.left_on).where(Employee.nip == NIPS["eko"])) is None
    held = select(Holding.starts_on).where(Holding.employee_id == person(core, "eko"), Holding.ends_on.is_(None))
    assert row(core, held) == date(2026, 11, 23)
    assert row(core, select(Position.closed_on).where(Position.code == "clerk")) == date(2026, 11, 23)


def test_work_cases_and_procedures_are_handed_on(secretariat: Browser, core: Core, tu: int, item: int):
    transfer(secretariat, core, tu)
    assert row(core, select(WorkItem.assignee_id).where(WorkItem.id == item)) == person(core, "dewi")
    assert row(core, select(Candidate.position_id).where(Candidate.work_item_id == item)) == position(core, "kepala")
    assert row(core, select(Instance.unit_id)) == row(core, select(Unit.id).where(Unit.code == "seksi"))
    assert row(core, select(DefinitionVersion.state)) == VersionState.RETIRED


def test_another_unit_may_keep_the_procedures(secretariat: Browser, core: Core, tu: int):
    kantor = row(core, select(Unit.id).where(Unit.code == "kantor"))
    transfer(secretariat, core, tu, procedures_to=str(kantor))
    assert row(core, select(ProcessDefinition.unit_id)) == kantor
    assert row(core, select(DefinitionVersion.state)) == VersionState.PUBLISHED


def test_until_its_day_the_work_stays_where_it_is(
    secretariat: Browser, core: Core, tu: int, item: int, clock: FrozenClock
):
    holder = row(core, select(WorkItem.assignee_id).where(WorkItem.id == item))
    transfer(secretariat, core, tu, DECEMBER)
    assert row(core, select(WorkItem.assignee_id).where(WorkItem.id == item)) == holder
    clock.set(datetime(2026, 12, 1, 1, tzinfo=UTC))
    core.run_due_jobs()
    assert row(core, select(WorkItem.assignee_id).where(WorkItem.id == item)) == person(core, "dewi")


def test_two_people_in_one_seat_are_told_beside_the_second(secretariat: Browser, core: Core, tu: int):
    seat = str(position(core, "vacant-seat"))
    both = {f"person-{person(core, name)}": seat for name in ("ani", "budi")}
    answer = secretariat.post(f"/organisasi/unit/{tu}/tutup", {**first(), **choices(core), **both, "step": "act"})
    assert answer.status_code == 422
    assert f'id="person-{person(core, "budi")}-error"' in text_of(answer)
    assert row(core, select(Unit.closed_on).where(Unit.id == tu)) is None


def test_a_unit_opened_again_before_its_day_keeps_its_procedures(
    secretariat: Browser, core: Core, tu: int, clock: FrozenClock
):
    transfer(secretariat, core, tu, DECEMBER)
    secretariat.post(f"/organisasi/unit/{tu}/buka")
    clock.set(datetime(2026, 12, 1, 1, tzinfo=UTC))
    core.run_due_jobs()
    assert row(core, select(DefinitionVersion.state)) == VersionState.PUBLISHED


def test_the_unit_stays_as_history_and_in_no_choice(secretariat: Browser, core: Core, tu: int):
    transfer(secretariat, core, tu)
    assert "transferred to Kementerian Haji since 23 November 2026" in text_of(secretariat.get("/organisasi"))
    assert f'value="{tu}"' not in text_of(secretariat.get("/organisasi/unit/baru"))


def test_it_is_not_closed_twice(secretariat: Browser, core: Core, tu: int):
    transfer(secretariat, core, tu)
    address = f"/organisasi/unit/{tu}/tutup"
    for answer in (
        secretariat.post(address, {**first(), "step": "act"}, follow_redirects=True),
        secretariat.get(address, follow_redirects=True),
    ):
        assert answer.request.path == f"/organisasi/unit/{tu}"
        assert "Subbagian Tata Usaha is closed already." in text_of(answer)


def test_units_below_go_on_below_another(secretariat: Browser, core: Core):
    kantor, seksi = (row(core, select(Unit.id).where(Unit.code == code)) for code in ("kantor", "seksi"))
    with core.work() as work:
        new = Unit(code="baru", name="Kantor baru")
        work.session.add(new)
        work.session.flush()
        new_id = new.id
    address = f"/organisasi/unit/{kantor}/tutup"
    secretariat.post(address, {"day": MONDAY, "below_to": str(new_id), "step": "act"})
    assert row(core, select(Unit.parent_id).where(Unit.id == seksi)) == new_id
    assert row(core, select(Unit.closed_on).where(Unit.id == kantor)) == date(2026, 11, 23)
