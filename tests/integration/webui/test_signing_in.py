"""The front door: who comes in, where she lands, and what is kept out."""

from collections.abc import Callable

import pytest
from apiflask import APIFlask
from sqlalchemy import select

from engine.access.failed_sign_ins import FAILED_JOB
from engine.access.model import Account
from engine.access.passwords import hashed
from engine.audit.model import AuditEntry
from engine.core.core import Core
from engine.jobs.model import Job
from engine.organisation.queries import find_employee_by_nip
from tests.integration.webui.conftest import Browser, text_of
from tests.support.small_office import NIPS
from webui.identity import COOKIE
from webui.language import COOKIE as LANGUAGE

PASSWORD = "tiga-ekor-kucing-belang"


@pytest.fixture
def ani(core: Core) -> str:
    with core.work() as work:
        employee = find_employee_by_nip(work.session, NIPS["ani"])
        assert employee is not None
        work.session.get_one(Account, employee.id).password_hash = hashed(PASSWORD)
    return "ani"


@pytest.fixture
def stranger(app: APIFlask) -> Browser:
    browser = Browser(app.test_client())
    browser.client.set_cookie(LANGUAGE, "en")
    browser.get("/masuk")
    return browser


def test_a_page_asks_to_sign_in_and_is_come_back_to(stranger: Browser, ani: str):
    asked = stranger.get("/berkas?cari=cuti")
    assert asked.location == "/masuk?next=/berkas?cari%3Dcuti"
    answer = stranger.post(asked.location, {"username": ani, "password": PASSWORD})
    assert answer.location == "/berkas?cari=cuti"


def test_staff_land_in_their_inbox(stranger: Browser, ani: str):
    stranger.post("/masuk", {"username": ani, "password": PASSWORD})
    assert stranger.get("/").location == "/tugas"


def test_the_session_cookie_is_for_the_browser_alone(stranger: Browser, ani: str):
    answer = stranger.post("/masuk", {"username": ani, "password": PASSWORD})
    cookie = next(value for value in answer.headers.getlist("Set-Cookie") if value.startswith(COOKIE))
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_a_wrong_password_is_told_without_telling_which_part_is_wrong(stranger: Browser, ani: str):
    answer = stranger.post("/masuk", {"username": ani, "password": "salah"})
    assert answer.status_code == 422
    assert '<a href="#username">Username: The username or the password is not right.</a>' in text_of(answer)
    assert 'aria-describedby="username-error"' in text_of(answer)


def test_who_was_refused_stands_in_the_trail_and_what_was_typed_does_not(core: Core, stranger: Browser, ani: str):
    stranger.post("/masuk", {"username": " Ani", "password": "salah"})
    stranger.post("/masuk", {"username": PASSWORD, "password": ""})
    core.run_due_jobs()
    with core.read() as reading:
        noted = reading.session.scalars(select(AuditEntry.facts).where(AuditEntry.act == "account.sign_in_failed"))
        assert list(noted) == [{"username": "ani", "address": "127.0.0.1"}]
        jobs = reading.session.scalars(select(Job.payload).where(Job.kind == FAILED_JOB)).all()
    assert PASSWORD not in str(jobs)


def test_signing_in_leads_to_no_other_site(stranger: Browser, ani: str):
    answer = stranger.post("/masuk?next=//evil.example/", {"username": ani, "password": PASSWORD})
    assert answer.location == "/"


def test_one_name_cannot_be_tried_for_ever(stranger: Browser, ani: str):
    for _attempt in range(10):
        stranger.post("/masuk", {"username": "nobody", "password": "salah"})
    assert stranger.post("/masuk", {"username": "nobody", "password": "salah"}).status_code == 429
    assert stranger.post("/masuk", {"username": ani, "password": PASSWORD}).status_code == 302


def test_what_strangers_try_keeps_nobody_out_of_her_own_browser(app: APIFlask, stranger: Browser, ani: str):
    stranger.post("/masuk", {"username": ani, "password": PASSWORD})
    other = Browser(app.test_client())
    other.client.set_cookie(LANGUAGE, "en")
    other.get("/masuk")
    answers = [other.post("/masuk", {"username": "Ani", "password": "salah"}) for _attempt in range(11)]
    assert "Please try again after" in text_of(answers[-1])
    assert other.post("/masuk", {"username": ani, "password": PASSWORD}).status_code == 429
    assert stranger.post("/masuk", {"username": ani, "password": PASSWORD}).status_code == 302


def test_whoever_signed_out_is_a_stranger_again(browser_of: Callable[[str], Browser]):
    budi = browser_of("budi")
    budi.get("/tugas")
    budi.post("/keluar")
    assert budi.get("/tugas").status_code == 302


def test_a_forged_session_opens_nothing(browser_of: Callable[[str], Browser]):
    assert browser_of("forged").get("/tugas").location == "/masuk?next=/tugas"


def test_a_form_without_its_token_changes_nothing(browser_of: Callable[[str], Browser]):
    answer = browser_of("ani").client.post("/keluar", data={})
    assert answer.status_code == 400
    assert browser_of("ani").get("/tugas").status_code == 200


def test_a_form_sent_after_the_session_ended_leads_back_to_its_page(stranger: Browser):
    assert stranger.post("/prosedur/proses/mulai").location == "/masuk?next=/prosedur/proses/mulai"
    assert stranger.post("/berkas/SM-2026-00001/dokumen").location == "/masuk?next=/berkas/SM-2026-00001/dokumen"
