"""My account: password, second factor, sessions and tokens; and what is owed before anything else."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from apiflask import APIFlask
from pyotp import TOTP
from sqlalchemy import select

from engine.access.accounts import demand_new_password
from engine.access.model import Account, SignInSession
from engine.access.passwords import hashed
from engine.audit.model import AuditEntry
from engine.base.clock import FrozenClock
from engine.base.settings import Settings
from engine.core.core import Core
from tests.integration.webui.conftest import Browser, text_of
from tests.support.mail_server import MailBox, mail_server
from tests.support.small_office import person
from webui.language import COOKIE as LANGUAGE

BrowserOf = Callable[[str], Browser]
PASSWORD, NEW_PASSWORD = "tiga-ekor-kucing-belang", "kambing-biru-menari-8"
HASH = hashed(PASSWORD)
KEY = re.compile(r'id="secret">(\w+)<')


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url


@pytest.fixture(scope="module")
def mails() -> Iterator[MailBox]:
    with mail_server() as box:
        yield box


@pytest.fixture
def settings(settings: Settings, mails: MailBox) -> Settings:
    mails.messages.clear()
    return replace(settings, smtp_host="127.0.0.1", smtp_port=mails.port, smtp_starttls=False)


@pytest.fixture
def ani(core: Core, browser_of: BrowserOf) -> Browser:
    with core.work() as work:
        account = work.session.get_one(Account, person(core, "ani").account_id)
        account.password_hash, account.email = HASH, "ani@kantor.example"
    return browser_of("ani")


@pytest.fixture
def stranger(app: APIFlask) -> Browser:
    browser = Browser(app.test_client())
    browser.client.set_cookie(LANGUAGE, "en")
    browser.get("/masuk")
    return browser


def set_up(browser: Browser, clock: FrozenClock) -> TOTP:
    browser.get("/akun/faktor-kedua")
    browser.post("/akun/faktor-kedua")
    phone = TOTP(KEY.findall(text_of(browser.get("/akun/faktor-kedua")))[0])
    answer = browser.post("/akun/faktor-kedua/kode", {"code": phone.at(clock.now())})
    assert len(re.findall("shown-once", text_of(answer))) == 10
    assert answer.headers["Cache-Control"] == "no-store"
    return phone


def test_the_picture_for_the_phone_is_drawn_into_the_page(ani: Browser):
    ani.post("/akun/faktor-kedua")
    page = ani.get("/akun/faktor-kedua")
    assert "<svg" in text_of(page).split("qr-frame")[1]
    assert "style=" not in text_of(page)
    assert page.headers["Cache-Control"] == "no-store"


def test_with_a_second_factor_the_password_leads_to_the_code(
    core: Core, ani: Browser, stranger: Browser, clock: FrozenClock
):
    phone = set_up(ani, clock)
    clock.advance(timedelta(minutes=1))
    asked = stranger.post("/masuk?next=/berkas", {"username": "ani", "password": PASSWORD})
    assert asked.location == "/masuk/kode"
    assert stranger.get("/tugas").status_code == 302
    assert '<a href="#code">Code: This code is not right' in text_of(stranger.post("/masuk/kode", {"code": "000000"}))
    assert stranger.post("/masuk/kode", {"code": phone.at(clock.now())}).location == "/berkas"
    assert stranger.get("/tugas").status_code == 200
    with core.read() as reading:
        assert "account.code_wrong" in reading.session.scalars(select(AuditEntry.act)).all()


def test_codes_cannot_be_tried_for_ever(ani: Browser, stranger: Browser, clock: FrozenClock):
    set_up(ani, clock)
    stranger.post("/masuk", {"username": "ani", "password": PASSWORD})
    answers = [stranger.post("/masuk/kode", {"code": "000000"}).status_code for _ in range(11)]
    assert answers == [422] * 10 + [429]


def test_without_the_first_step_there_is_no_second(stranger: Browser):
    assert stranger.get("/masuk/kode").location == "/masuk"
    assert stranger.post("/masuk/kode", {"code": "123456"}).location == "/masuk"


def test_a_changed_password_keeps_this_browser_and_ends_the_others(core: Core, ani: Browser, app: APIFlask):
    other = Browser(app.test_client())
    other.get("/masuk")
    other.post("/masuk", {"username": "ani", "password": PASSWORD})
    answer = ani.post("/akun/sandi", {"current": PASSWORD, "password": NEW_PASSWORD})
    assert answer.status_code == 302
    assert ani.get("/tugas").status_code == 200
    assert other.get("/tugas").status_code == 302


@pytest.mark.parametrize(
    ("current", "password", "said"),
    [
        ("salah", NEW_PASSWORD, "This is not your present password."),
        (PASSWORD, "pendek", "at least 12 characters"),
        (PASSWORD, "kementerianagama", "strangers try first"),
        (PASSWORD, PASSWORD, "Choose another one"),
    ],
)
def test_a_password_that_cannot_be_is_told_kindly(ani: Browser, current: str, password: str, said: str):
    answer = ani.post("/akun/sandi", {"current": current, "password": password})
    assert answer.status_code == 422
    assert said in text_of(answer)


def test_who_owes_a_password_sees_no_other_page(core: Core, ani: Browser):
    with core.work() as work:
        demand_new_password(work, person(core, "ani").account_id or 0)
    assert ani.get("/tugas").location == "/akun/sandi"
    assert ani.get("/akun/sandi").status_code == 200
    ani.post("/akun/sandi", {"current": PASSWORD, "password": NEW_PASSWORD})
    assert ani.get("/tugas").status_code == 200


def test_where_a_role_demands_it_the_second_factor_comes_first(core: Core, ani: Browser, clock: FrozenClock):
    core.settings = replace(core.settings, second_factor_roles=frozenset({"staff"}))
    assert ani.get("/tugas").location == "/akun/faktor-kedua"
    set_up(ani, clock)
    assert ani.get("/tugas").status_code == 200


def test_signing_in_gives_a_new_session_and_ends_the_one_before(core: Core, ani: Browser):
    ani.post("/masuk", {"username": "ani", "password": PASSWORD})
    with core.read() as reading:
        assert reading.session.query(SignInSession).filter_by(account_id=person(core, "ani").account_id).count() == 1


def test_a_token_is_shown_once_and_ends_with_a_click(ani: Browser):
    page = ani.post("/akun/token", {"label": "Ekspor", "days": "30", "scope": "read"})
    token = re.findall(r"tk_[\w-]+", text_of(page))[0]
    bearer = {"Authorization": f"Bearer {token}"}
    assert ani.client.get("/api/v1/me", headers=bearer).status_code == 200
    refused = ani.client.post("/api/v1/work-items/1/claim", headers=bearer, json={})
    assert refused.json["code"] == "access.scope_too_small"
    listed = text_of(ani.get("/akun"))
    assert token not in listed
    ani.post(re.findall(r"/akun/token/\d+/cabut", listed)[0])
    assert ani.client.get("/api/v1/me", headers=bearer).status_code == 401


def test_a_forgotten_password_comes_back_by_mail(core: Core, ani: Browser, stranger: Browser, mails: MailBox):
    stranger.post("/lupa-sandi", {"username": "ani"})
    core.run_due_jobs()
    (mail,) = mails.messages
    assert mail["To"] == "ani@kantor.example"
    path = re.findall(r"/sandi-baru/[\w-]+", mail.get_content())[0]
    assert stranger.get(path).status_code == 200
    assert stranger.post(path, {"password": "pendek"}).status_code == 422
    stranger.post(path, {"password": NEW_PASSWORD})
    assert stranger.get(path).status_code == 410
    assert stranger.post("/masuk", {"username": "ani", "password": NEW_PASSWORD}).location == "/"
    assert ani.get("/tugas").status_code == 302


def test_whether_there_is_an_account_shows_in_no_answer(core: Core, ani: Browser, stranger: Browser, mails: MailBox):
    known = stranger.post("/lupa-sandi", {"username": "ani"}, follow_redirects=True)
    unknown = stranger.post("/lupa-sandi", {"username": "nobody"}, follow_redirects=True)
    assert text_of(known).count("a mail is on its way") == text_of(unknown).count("a mail is on its way") == 1
    core.run_due_jobs()
    assert len(mails.messages) == 1


def test_letters_to_one_name_are_few(core: Core, ani: Browser, stranger: Browser):
    answers = [stranger.post("/lupa-sandi", {"username": "ani"}).status_code for _ in range(4)]
    assert answers == [302, 302, 302, 429]


def test_the_new_password_is_kept_under_the_name_that_signs_in(ani: Browser):
    assert 'name="username" value="ani"' in text_of(ani.get("/akun/sandi"))
