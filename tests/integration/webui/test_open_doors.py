"""A link stands only where it opens: nobody is led to a page that refuses her."""

import re

import pytest
from sqlalchemy import select

from engine.access.model import Account, AccountRole, Role
from engine.core.core import Core
from engine.execution.beginning import Started
from tests.integration.webui.conftest import Browser, text_of
from tests.support.small_office import person

LINK = re.compile(r'href="(/[^"#?]*)')
HERE = re.compile(r'class="nav-item-link" href="([^"]+)" aria-current="page"')
MOST_LINKS = 150  # of one role: the front pages and where they lead


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Which links a page has is the same on both databases."""
    return sqlite_url


@pytest.mark.parametrize("role", list(Role))
def test_no_link_of_the_front_pages_leads_to_a_refusal(core: Core, browser_of, case: Started, item: int, role: Role):
    give_role(core, "eko", role)
    eko = browser_of("eko")
    front = links_of(eko, "/tugas")
    found = {link for page in front for link in (page, *links_of(eko, page))}
    assert len(found) < MOST_LINKS
    assert not {link for link in sorted(found) if eko.get(link).status_code == 403}


@pytest.mark.parametrize(
    ("address", "door"),
    [
        ("/administrasi/eskalasi", "/administrasi"),
        ("/organisasi/kalender/jam-kerja", "/organisasi"),
        ("/pertanyaan", "/tugas"),
        ("/akun", None),
    ],
)
def test_the_menu_says_behind_which_door_a_page_lies(browser_of, address: str, door: str | None):
    page = text_of(browser_of("fani").get(address))
    assert set(HERE.findall(page)) == ({door} if door else set())


def give_role(core: Core, name: str, role: Role) -> None:
    with core.work() as work:
        whose = Account.employee_id == person(core, name).employee_id
        account = work.session.scalars(select(Account).where(whose)).one()
        account.roles = []
        work.session.flush()
        account.roles = [AccountRole(role=role)]


def links_of(browser: Browser, address: str) -> set[str]:
    """Where a page leads, but not to files and other forms of itself."""
    answer = browser.get(address)
    if answer.status_code != 200 or "html" not in answer.content_type:
        return set()
    links = {each.replace("&amp;", "&") for each in LINK.findall(text_of(answer))}
    return {each for each in links if not each.startswith(("/static", "/keluar", "/api"))}
