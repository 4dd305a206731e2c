"""Nobody is said to have been told who cannot see it."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from engine.access.model import Account
from engine.core.core import Core
from engine.execution.beginning import Started
from engine.worklist.model import WorkItem
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
