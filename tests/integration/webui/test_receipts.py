"""An applicant gets a receipt, and follows her case by it without signing in."""

import re
import sys
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pytest
from apiflask import APIFlask
from sqlalchemy import select

from engine.audit.model import AuditEntry
from engine.core.core import Core
from engine.execution.beginning import Started
from tests.integration.webui.conftest import Browser, text_of
from webui.application import create_app
from webui.security import limiter

BrowserOf = Callable[[str], Browser]
PIN = re.compile(r'id="pin">(\d{6})<')


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """What the databases do differently is tested with the operations."""
    return sqlite_url


@pytest.fixture
def public(app: APIFlask) -> Browser:
    """Somebody who is signed in nowhere, and whom nobody has counted yet."""
    with app.app_context():
        limiter.reset()
    browser = Browser(app.test_client())
    browser.get("/lacak?bahasa=en")
    return browser


def receipt_of(browser: Browser, case: Started) -> str:
    fields = {"applicant_name": "Sari <Wulandari>", "applicant_contact": "0812"}
    assert browser.post(f"/berkas/{case.number}/pemohon", fields).status_code == 302
    return text_of(browser.post(f"/berkas/{case.number}/tanda-terima"))


def pin_on(receipt: str) -> str:
    found = PIN.search(receipt)
    assert found is not None
    return found[1]


def test_an_applicant_at_the_front_door_finds_where_to_follow_her_case(public: Browser):
    assert 'href="/lacak"' in text_of(public.get("/masuk"))


def test_a_case_is_started_for_its_applicant(browser_of: BrowserOf, case: Started):
    ani = browser_of("ani")
    fields = {"title": "Cuti", "applicant_name": "Sari Wulandari", "applicant_contact": "0812"}
    page = text_of(ani.post("/prosedur/proses/mulai", fields, follow_redirects=True))
    assert "Sari Wulandari" in page


def test_an_applicant_without_a_name_is_asked_for_it_and_no_case_starts(browser_of: BrowserOf, case: Started):
    fields = {"title": "Cuti", "applicant_contact": "0812-99"}
    answer = browser_of("ani").post("/prosedur/proses/mulai", fields)
    assert answer.status_code == 422
    assert "Say who the applicant is" in text_of(answer)
    assert "0812-99" in text_of(answer)
    assert "00002" not in text_of(browser_of("ani").get("/berkas"))


def test_the_receipt_has_number_square_and_pin(browser_of: BrowserOf, case: Started):
    receipt = receipt_of(browser_of("ani"), case)
    assert case.number in receipt
    assert "<svg" in receipt
    assert "Sari &lt;Wulandari&gt;" in receipt
    assert " style=" not in receipt


@pytest.mark.parametrize("who", ["eko", "fani"])
def test_who_takes_no_part_makes_no_receipt(browser_of: BrowserOf, case: Started, who: str):
    assert browser_of(who).get(f"/berkas/{case.number}/pemohon").status_code == 403
    assert browser_of(who).post(f"/berkas/{case.number}/tanda-terima").status_code == 403


def test_number_and_pin_show_how_it_stands_and_nobodys_name(browser_of: BrowserOf, public: Browser, case: Started):
    pin = pin_on(receipt_of(browser_of("ani"), case))
    page = public.post("/lacak", {"number": case.number, "pin": pin})
    assert "being worked on" in text_of(page)
    assert "Catat" in text_of(page)
    assert not [word for word in ("Sari", "Ani", "0812", "Sebuah berkas") if word in text_of(page)]
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert page.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("typed", ["{0} {1} {2}", "{0}{1}{2}", " {0} – {1} / {2} "])
def test_a_number_is_found_as_people_copy_it(browser_of: BrowserOf, public: Browser, case: Started, typed: str):
    pin = pin_on(receipt_of(browser_of("ani"), case))
    number = typed.format(*case.number.split("-")).lower()
    assert "being worked on" in text_of(public.post("/lacak", {"number": number, "pin": f"{pin[:3]} {pin[3:]}"}))


def test_a_receipt_that_is_sent_again_makes_no_second_pin(browser_of: BrowserOf, public: Browser, case: Started):
    ani = browser_of("ani")
    pin = pin_on(receipt_of(ani, case))
    again = ani.post(f"/berkas/{case.number}/tanda-terima", follow_redirects=True)
    assert "No new PIN was made" in text_of(again)
    assert public.post("/lacak", {"number": case.number, "pin": pin}).status_code == 200


def test_a_new_pin_is_made_once_it_is_confirmed(browser_of: BrowserOf, public: Browser, case: Started):
    ani, address = browser_of("ani"), f"/berkas/{case.number}/tanda-terima"
    former = pin_on(receipt_of(ani, case))
    mark = re.search(r'name="instead_of" value="(\w+)"', text_of(ani.get(address)))
    assert mark is not None
    pin_on(text_of(ani.post(address, {"instead_of": mark[1]})))
    assert public.post("/lacak", {"number": case.number, "pin": former}).status_code == 422


def test_wrong_number_and_wrong_pin_are_answered_alike(browser_of: BrowserOf, public: Browser, case: Started):
    pin = pin_on(receipt_of(browser_of("ani"), case))
    wrong = f"{(int(pin) + 1) % 1_000_000:06d}"
    answers = [
        public.post("/lacak", {"number": number, "pin": given})
        for number, given in ((case.number, wrong), ("XX-2026-00099", pin), ("", ""), ("\x00", "x" * 5_000))
    ]
    assert {answer.status_code for answer in answers} == {422}
    assert all("No case is known by this number and PIN" in text_of(answer) for answer in answers)


def test_who_tries_pins_is_stopped(browser_of: BrowserOf, public: Browser, case: Started):
    receipt_of(browser_of("ani"), case)
    statuses = [public.post("/lacak", {"number": case.number, "pin": str(each)}).status_code for each in range(12)]
    assert statuses == [422] * 10 + [429] * 2


def test_who_tries_pins_keeps_no_applicant_out(browser_of: BrowserOf, public: Browser, case: Started):
    pin = pin_on(receipt_of(browser_of("ani"), case))
    for each in range(40):
        public.post("/lacak", {"number": case.number, "pin": str(each)})
    applicant = {"REMOTE_ADDR": "203.0.113.7"}
    answer = public.post("/lacak", {"number": case.number, "pin": pin}, environ_base=applicant)
    assert answer.status_code == 200


def test_the_page_speaks_both_languages(public: Browser):
    assert '<html lang="id"' in text_of(public.get("/lacak?bahasa=id"))
    assert '<html lang="en"' in text_of(public.get("/lacak?bahasa=en"))


def test_an_infected_file_is_refused_and_noted(core: Core, case: Started, item: int):
    scanner = (sys.executable, "-c", "import sys; sys.exit(1)")
    core.settings = replace(core.settings, scan_command=scanner)
    client = create_app(core).test_client()
    client.set_cookie("tatakerja_session", "ani")
    file = (BytesIO(b"%PDF-1.7\n"), "surat.pdf")
    answer = Browser(client).post(f"/tugas/{item}/lampiran", {"files": file, "perihal": "Undangan"})
    assert answer.status_code == 422
    assert "The virus scan found something" in text_of(answer)
    assert 'value="Undangan"' in text_of(answer)
    with core.read() as reading:
        assert "attachment.infected" in reading.session.scalars(select(AuditEntry.act)).all()


def test_a_page_named_pdf_is_refused_with_place_and_remedy(browser_of: BrowserOf, case: Started, item: int):
    file = (BytesIO(b"<html><script>alert(1)</script>"), "surat.pdf")
    answer = browser_of("ani").post(f"/tugas/{item}/lampiran", {"files": file})
    assert answer.status_code == 422
    assert "“surat.pdf” is not what its name says (PDF). Open it, save it again as PDF" in text_of(answer)
