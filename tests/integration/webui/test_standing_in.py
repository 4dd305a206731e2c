"""Pages on which people let others act for them, say that they will be away, and make an exception of four eyes."""

from collections.abc import Callable

import pytest

from engine.core.core import Core
from engine.execution.beginning import Started
from engine.execution.cases import start_case
from engine.worklist.queries import open_items_of_case
from tests.integration.execution.test_four_eyes import CHECKED
from tests.integration.webui.conftest import Browser, text_of
from tests.support.publishing import publish_diagram
from tests.support.small_office import person

BrowserOf = Callable[[str], Browser]
FORM = "/organisasi/pelimpahan/baru"
ABSENCE = {"kind": "sick", "starts_on": "2026-11-23", "ends_on": "2026-11-27", "note": "demam"}


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """The operations behind these pages are tested on both databases."""
    return sqlite_url


def give(browser: Browser, **fields: str) -> str:
    answer = browser.post(FORM, {"tk:rekan": "Eko", "ends_at": "2026-11-30T16:00", "which": "all", **fields})
    return text_of(answer) if answer.status_code == 422 else text_of(browser.get("/organisasi/pelimpahan"))


def test_a_delegation_is_given_and_stands_in_the_list(browser_of: BrowserOf):
    assert "Eko Prasetyo on behalf of Citra Dewanti" in give(browser_of("citra"))


def test_to_oneself_it_is_refused_at_the_field(browser_of: BrowserOf):
    assert "Nobody acts on behalf of herself" in give(browser_of("citra"), **{"tk:rekan": "Citra Dewanti"})


@pytest.mark.parametrize("field", ["starts_at", "ends_at"])
def test_a_delegation_of_a_far_year_is_refused_as_such(browser_of: BrowserOf, field: str):
    assert "The year 9999 lies too far away" in give(browser_of("citra"), **{field: "9999-12-31T23:59"})


def test_what_was_typed_comes_back_with_the_problem(browser_of: BrowserOf):
    page = give(browser_of("citra"), ends_at="2020-01-01T08:00", reason="Cuti tahunan")
    assert "It must end after it begins" in page
    assert "Cuti tahunan" in page


def test_the_work_of_colleagues_is_not_given_away(browser_of: BrowserOf, core: Core):
    ani = person(core, "ani").employee_id
    assert browser_of("budi").get(f"{FORM}?pegawai={ani}").status_code == 403


def test_it_is_ended_by_a_button(browser_of: BrowserOf):
    citra = browser_of("citra")
    give(citra)
    citra.post("/organisasi/pelimpahan/1/akhiri")
    assert "Eko Prasetyo on behalf of" not in text_of(citra.get("/organisasi/pelimpahan"))


def test_an_absence_is_kept_and_warns_of_open_work(browser_of: BrowserOf, case: Started):
    browser = browser_of("ani")
    browser.post("/organisasi/ketidakhadiran/baru", ABSENCE)
    page = text_of(browser.get("/organisasi/ketidakhadiran"))
    assert "1 open task waits meanwhile" in page
    assert "Sick leave" in page


def test_colleagues_see_that_she_is_away_but_not_why(browser_of: BrowserOf):
    browser_of("ani").post("/organisasi/ketidakhadiran/baru", ABSENCE)
    page = text_of(browser_of("budi").get("/organisasi/ketidakhadiran"))
    assert "away until 27 November 2026" in page
    assert "Sick leave" not in page
    assert "demam" not in page


def test_an_absence_that_ends_before_it_begins_is_refused_at_the_field(browser_of: BrowserOf):
    answer = browser_of("ani").post("/organisasi/ketidakhadiran/baru", {**ABSENCE, "ends_on": "2026-11-01"})
    assert answer.status_code == 422
    assert "ends_on-error" in text_of(answer)


@pytest.mark.parametrize("year", ["9999", "1026"])
def test_an_absence_of_a_far_year_is_refused_as_such(browser_of: BrowserOf, year: str):
    far = {**ABSENCE, "ends_on": f"{year}-12-24"}
    page = text_of(browser_of("ani").post("/organisasi/ketidakhadiran/baru", far))
    assert f"The year {year} lies too far away" in page


def test_she_comes_back_earlier(browser_of: BrowserOf):
    browser = browser_of("ani")
    browser.post("/organisasi/ketidakhadiran/baru", ABSENCE)
    browser.post("/organisasi/ketidakhadiran/1", {**ABSENCE, "ends_on": "2026-11-24"})
    assert "away until 24 November 2026" in text_of(browser.get("/organisasi/ketidakhadiran"))


def test_the_board_says_whose_holder_is_away(browser_of: BrowserOf, case: Started):
    browser_of("ani").post("/organisasi/ketidakhadiran/baru", ABSENCE)
    assert "away today" in text_of(browser_of("citra").get("/pemantauan"))


@pytest.fixture
def second_step(core: Core) -> int:
    """Of a pair whose first Ani has done; it waits for Budi."""
    publish_diagram(core, CHECKED)
    with core.work(person(core, "ani")) as work:
        case = start_case(work, "proses", "Sebuah berkas")
    return case.instance_id


def open_item(core: Core, instance_id: int) -> int:
    with core.read() as reading:
        return open_items_of_case(reading.session, instance_id)[0].work_item_id


def test_the_refusal_keeps_what_was_typed_and_an_exception_needs_a_reason(
    browser_of: BrowserOf, core: Core, second_step: int
):
    ani = browser_of("ani")
    ani.post(f"/tugas/{open_item(core, second_step)}/selesai")
    item = open_item(core, second_step)
    browser_of("budi").post(f"/tugas/{item}/kembalikan")
    refused = ani.post(f"/tugas/{item}/selesai", {"comment": "sudah diperiksa"})
    fani = browser_of("fani")
    without = fani.post(f"/tugas/{item}/pengecualian", {"reason": " "})
    fani.post(f"/tugas/{item}/pengecualian", {"reason": "Satu petugas hari ini"})
    assert (refused.status_code, without.status_code) == (403, 422)
    assert "did “Isi” of this case" in text_of(refused)
    pages = (f"/tugas/{item}", f"/berkas/nomor/{second_step}")
    assert all("Satu petugas hari ini" in text_of(fani.get(page, follow_redirects=True)) for page in pages)
