"""How often a page asks the database: a fixed number of times, however many lines it has."""

import pytest

from engine.core.core import Core
from engine.execution.cases import start_case
from tests.support.statements import asked

PAGES = [
    "/tugas",
    "/tugas?tampilan=antrean",
    "/berkas",
    "/pemantauan",
    "/prosedur",
    "/pemberitahuan",
    "/berkas/{number}",
    "/berkas/{number}/diagram",
    "/tugas/{item}",
]


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """The statements are the same on both databases."""
    return sqlite_url


def begin(core: Core, number: int) -> None:
    """As the system: so they wait in the pool, where everyone of the unit sees them."""
    with core.work() as work:
        for each in range(number):
            start_case(work, "proses", f"Berkas {each}")


@pytest.mark.parametrize("address", PAGES)
def test_a_page_asks_no_more_for_a_hundred_cases_than_for_ten(core, browser_of, case, item, address):
    citra = browser_of("citra")
    page = address.format(number=case.number, item=item)
    citra.get(page)
    asked_for = []
    for more in (9, 90):
        begin(core, more)
        with asked(core.engine) as statements:
            assert citra.get(page).status_code == 200
        asked_for.append(len(statements))
    assert asked_for[0] == asked_for[1] <= 22
