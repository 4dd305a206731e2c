"""Cases are found, started and followed."""

import re
from collections.abc import Callable
from io import BytesIO

import pytest

from engine.execution.beginning import Started
from tests.integration.webui.conftest import Browser, text_of

BrowserOf = Callable[[str], Browser]


def test_a_case_starts_with_ones_own_first_step(browser_of: BrowserOf, case: Started):
    answer = browser_of("budi").post("/prosedur/proses/mulai", {"title": "Surat kedua"}, follow_redirects=True)
    assert answer.request.path.startswith("/tugas/")
    assert "Surat kedua" in text_of(answer)


def test_a_form_that_is_sent_twice_begins_one_case(browser_of: BrowserOf, case: Started):
    ani = browser_of("ani")
    form = re.search(r'name="formulir" value="([^"]+)"', text_of(ani.get("/prosedur/proses/mulai")))
    sent = {"title": "Surat undangan", "formulir": form[1] if form else ""}
    first, second = (ani.post("/prosedur/proses/mulai", sent) for _press in range(2))
    assert second.location == first.location
    assert text_of(ani.get("/berkas")).count("Surat undangan") == 1


def test_a_case_needs_a_title(browser_of: BrowserOf, case: Started):
    answer = browser_of("budi").post("/prosedur/proses/mulai", {"title": "  "})
    assert answer.status_code == 422
    assert "Give the case a title" in text_of(answer)


def test_only_those_who_hold_the_first_step_are_offered_to_start(browser_of: BrowserOf, case: Started):
    assert "/prosedur/proses/mulai" in text_of(browser_of("budi").get("/prosedur"))
    assert "/prosedur/proses/mulai" not in text_of(browser_of("eko").get("/prosedur"))


@pytest.mark.parametrize("part", ["", "/diagram", "/data", "/dokumen", "/catatan", "/proses.bpmn"])
def test_each_part_of_a_case_has_its_address(browser_of: BrowserOf, case: Started, part: str):
    assert browser_of("ani").get(f"/berkas/{case.number}{part}").status_code == 200


@pytest.mark.parametrize("part", ["", "/diagram", "/data", "/dokumen", "/catatan", "/proses.bpmn"])
def test_who_takes_no_part_sees_no_part(browser_of: BrowserOf, case: Started, part: str):
    assert browser_of("eko").get(f"/berkas/{case.number}{part}").status_code == 403


def test_a_case_is_found_by_a_word_of_its_title(browser_of: BrowserOf, case: Started):
    ani = browser_of("ani")
    assert case.number in text_of(ani.get("/berkas?cari=sebuah"))
    assert case.number not in text_of(ani.get("/berkas?cari=lain"))


def test_a_file_of_a_case_is_given_to_participants_only_and_never_shown(browser_of: BrowserOf, case: Started):
    ani = browser_of("ani")
    ani.post(f"/berkas/{case.number}/dokumen", {"files": (BytesIO(b"Catatan rapat"), "catatan.txt")})
    given = ani.get("/lampiran/1")
    assert given.headers["Content-Disposition"].startswith("attachment")
    assert browser_of("eko").get("/lampiran/1").status_code == 403


def test_a_comment_is_read_by_the_others(browser_of: BrowserOf, case: Started):
    browser_of("ani").post(f"/berkas/{case.number}/catatan", {"comment": "Mohon dicek"})
    assert "Mohon dicek" in text_of(browser_of("citra").get(f"/berkas/{case.number}/catatan"))


def test_the_journey_says_why_each_step_was_hers(browser_of: BrowserOf, case: Started, item: int):
    ani = browser_of("ani")
    ani.get(f"/tugas/{item}")
    ani.post(f"/tugas/{item}/selesai", {"perihal": "Undangan"})
    page = text_of(ani.get(f"/berkas/{case.number}"))
    assert "Ani Lestari started this case." in page
    assert "Citra Dewanti is the only holder of the position Kasubbag TU today." in page
