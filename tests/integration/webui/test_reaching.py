"""Nobody is said to have been told who cannot see it."""

import re
from collections.abc import Callable

import pytest
from sqlalchemy import select

from engine.access.model import Account
from engine.core.core import Core
from engine.definitions.model import ProcessDefinition
from engine.execution.beginning import Started
from engine.worklist.model import WorkItem
from engine.worklist.operations import claim
from engine.worklist.queries import open_items_of_case
from tests.integration.webui.conftest import Browser, text_of
from tests.support.small_office import person

BrowserOf = Callable[[str], Browser]


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """What the databases do differently is tested with the operations."""
    return sqlite_url


@pytest.fixture
def closed(core: Core) -> int:
    """Eko's account is closed; his number as an employee."""
    eko = person(core, "eko").employee_id
    assert eko is not None
    with core.work() as work:
        work.session.scalars(select(Account).where(Account.employee_id == eko)).one().is_active = False
    return eko


def test_a_grant_to_a_closed_account_says_that_nobody_sees_it(browser_of: BrowserOf, case: Started, closed: int):
    fields = {"tk:rekan-terpilih": closed, "until": "2026-11-30", "reason": "Audit"}
    page = text_of(browser_of("citra").post(f"/berkas/{case.number}/pembaca", fields, follow_redirects=True))
    assert "the account of Eko Prasetyo is closed" in page
    assert "has been told" not in page


def test_whom_nothing_reaches_is_marked_while_she_is_chosen(browser_of: BrowserOf, closed: int):
    assert "account closed" in text_of(browser_of("citra").get("/rekan", query_string={"tk:rekan": "Eko"}))


def test_a_mention_of_a_closed_account_is_told(browser_of: BrowserOf, case: Started, closed: int):
    fields = {"comment": "Mohon dicek", "tk:sebut": closed}
    page = text_of(browser_of("ani").post(f"/berkas/{case.number}/catatan", fields, follow_redirects=True))
    assert "the account of Eko Prasetyo is closed" in page


def test_a_step_of_a_closed_account_is_listed_with_what_nobody_can_do(
    core: Core, browser_of: BrowserOf, case: Started, item: int, closed: int
):
    assert case.number not in text_of(browser_of("citra").get("/berkas?keadaan=tanpa-pelaksana"))
    with core.work() as work:
        work.session.get_one(WorkItem, item).assignee_id = closed
    assert case.number in text_of(browser_of("citra").get("/berkas?keadaan=tanpa-pelaksana"))
    assert "account closed" in text_of(browser_of("citra").get(f"/tugas/{item}"))


def test_a_colleague_of_the_case_is_marked_where_one_mentions_her(
    core: Core, browser_of: BrowserOf, case: Started, item: int, closed: int
):
    with core.work() as work:
        work.session.get_one(WorkItem, item).assignee_id = closed
    marked = re.compile(rf'name="tk:sebut" value="{closed}".*account closed')
    for address in (f"/berkas/{case.number}/catatan", f"/tugas/{item}"):
        assert marked.search(text_of(browser_of("citra").get(address)))


def test_who_completes_a_step_is_told_that_the_next_holder_sees_nothing(
    core: Core, browser_of: BrowserOf, case: Started, item: int, closed: int
):
    citra = person(core, "citra").employee_id
    with core.work() as work:
        work.session.scalars(select(Account).where(Account.employee_id == citra)).one().is_active = False
    page = browser_of("ani").post(f"/tugas/{item}/selesai", {"perihal": "Undangan"}, follow_redirects=True)
    assert "the account of Citra Dewanti is closed" in text_of(page)


def test_who_returns_a_case_is_told_that_its_holder_sees_nothing(
    core: Core, browser_of: BrowserOf, case: Started, item: int
):
    browser_of("ani").post(f"/tugas/{item}/selesai", {"perihal": "Undangan"})
    with core.work() as work:
        ani = person(core, "ani").employee_id
        work.session.scalars(select(Account).where(Account.employee_id == ani)).one().is_active = False
        following = open_items_of_case(work.session, case.instance_id)[0].work_item_id
    fields = {"step": item, "reason": "Perihal keliru"}
    page = browser_of("citra").post(f"/tugas/{following}/revisi", fields, follow_redirects=True)
    assert "the account of Ani Lestari is closed" in text_of(page)


def test_a_bulk_hand_over_warns_of_whom_nothing_reaches(browser_of: BrowserOf, item: int, closed: int):
    fields = {"pilih": item, "to": closed}
    page = text_of(browser_of("citra").post("/tugas/serahkan", fields, follow_redirects=True))
    assert "the account of Eko Prasetyo is closed" in page


def test_a_transfer_warns_of_whom_nothing_reaches(
    core: Core, browser_of: BrowserOf, case: Started, item: int, closed: int
):
    ani = person(core, "ani").employee_id
    with core.work(person(core, "ani")) as work:
        claim(work, item)
    fani = browser_of("fani")
    assert "account closed" in text_of(fani.get("/organisasi/mutasi?cari=Eko"))
    leaving = {"day": "2026-12-01", f"item-{item}": closed}
    page = fani.post(f"/organisasi/mutasi?pegawai={ani}&keluar=1", leaving, follow_redirects=True)
    assert "the account of Eko Prasetyo is closed" in text_of(page)


@pytest.mark.parametrize(
    ("who", "address", "more"),
    [
        ("ani", "/tugas/{item}/tanya", {"question": "Sudah?"}),
        ("citra", "/organisasi/pelimpahan/baru", {"ends_at": "2026-11-30T16:00", "which": "all"}),
        ("citra", "/berkas/{number}/pembaca", {"until": "2026-11-30", "reason": "Audit"}),
        ("ani", "/berkas/{number}/catatan", {"comment": "Mohon dicek"}),
        ("ani", "/tugas/{item}/catatan", {"comment": "Mohon dicek"}),
    ],
)
def test_a_name_of_several_asks_whom_and_marks_whom_nothing_reaches(
    browser_of: BrowserOf, case: Started, item: int, closed: int, who: str, address: str, more: dict[str, str]
):
    where = address.format(item=item, number=case.number)
    page = text_of(browser_of(who).post(where, {"tk:rekan": "e", **more}))
    assert "Whom do you mean?" in page
    assert "account closed" in page
    assert 'value="e"' in page


def test_a_plan_for_people_asks_whom_too(core: Core, browser_of: BrowserOf, case: Started, closed: int):
    fani = browser_of("fani")
    with core.read() as reading:
        procedure = reading.session.scalars(select(ProcessDefinition.id)).one()
    plan = {"name": "KGB", "every_months": "24", "lead_days": "30", "on_holiday": "before", "procedure": procedure}
    address = fani.post("/prosedur/rencana/baru?untuk=pegawai", plan).headers["Location"]
    page = text_of(fani.post(f"{address}/pegawai", {"tk:rekan": "e", "next_on": "2027-03-01"}))
    assert "Whom do you mean?" in page
    assert "account closed" in page
