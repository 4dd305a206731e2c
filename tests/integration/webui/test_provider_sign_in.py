"""Signing in by another provider: a real one, in a process of its own."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from apiflask import APIFlask
from sqlalchemy import update

from engine.access.model import Account
from engine.access.passwords import hashed
from engine.base.clock import FrozenClock
from engine.base.settings import Settings
from engine.core.core import Core
from tests.integration.webui.conftest import Browser, text_of
from tests.support.identity_provider import CLIENT_ID, CLIENT_SECRET, Provider, identity_provider
from tests.support.small_office import NIPS
from webui.application import create_app
from webui.identity import COOKIE
from webui.language import COOKIE as LANGUAGE

PASSWORD = "kuda-biru-berlari-9"
HASH = hashed(PASSWORD)  # once: hashing takes its time, which is its purpose
PEOPLE = {
    "ani": {"sub": "u-1", "nip": NIPS["ani"]},
    "fani": {"sub": "u-9", "nip": NIPS["ani"]},
    "nobody": {"sub": "u-2", "nip": "199901012020011001"},
    "unverified": {"sub": "u-3", "email": "budi@kantor.example", "email_verified": False},
}


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Provider]:
    with identity_provider(tmp_path_factory.mktemp("provider"), PEOPLE) as running:
        yield running


@pytest.fixture
def settings(settings: Settings, provider: Provider) -> Settings:
    provider.lie()
    return replace(
        settings,
        oidc_issuer=provider.issuer,
        oidc_client_id=CLIENT_ID,
        oidc_client_secret=CLIENT_SECRET,
        public_url="http://localhost",
    )


@pytest.fixture
def stranger(app: APIFlask) -> Browser:
    browser = Browser(app.test_client())
    browser.client.set_cookie(LANGUAGE, "en")
    return browser


@pytest.fixture
def administrator(core: Core, browser_of: Callable[[str], Browser]) -> Browser:
    with core.work() as work:
        work.session.execute(update(Account).where(Account.username == "fani").values(password_hash=HASH))
    return browser_of("fani")


def sent_back(browser: Browser, who: str, wanted: str = "") -> str:
    """Where the provider sends her after she has signed in there: a path of ours."""
    return signed_in_there(browser.get(f"/masuk/penyedia?next={wanted}").location, who)


def signed_in_there(question: str, who: str) -> str:
    answer = requests.post(question, data={"who": who}, allow_redirects=False, timeout=10)
    return answer.headers["Location"].removeprefix("http://localhost")


def test_whom_the_provider_knows_comes_in_where_she_wanted(stranger: Browser):
    answer = stranger.get(sent_back(stranger, "ani", "/berkas"))
    assert answer.location == "/berkas"
    assert "Ani Lestari" in text_of(stranger.get("/berkas"))


def test_who_is_signed_in_ties_her_account_and_comes_in_by_it(administrator: Browser, stranger: Browser):
    assert administrator.post("/akun/penyedia", {"password": "another password"}).status_code == 422
    assert administrator.get("/akun/penyedia").location.startswith("/akun")
    administrator.post("/akun/penyedia", {"password": PASSWORD})
    asked = administrator.get("/akun/penyedia")
    answer = administrator.get(signed_in_there(asked.location, "fani"), follow_redirects=True)
    assert "tied to the office" in text_of(answer)
    assert stranger.get(sent_back(stranger, "fani", "/administrasi")).location == "/administrasi"


def test_a_tie_is_for_whoever_is_still_signed_in(administrator: Browser):
    administrator.post("/akun/penyedia", {"password": PASSWORD})
    asked = administrator.get("/akun/penyedia")
    administrator.client.delete_cookie(COOKIE)
    assert administrator.get(signed_in_there(asked.location, "fani")).status_code == 403


def test_the_question_is_tied_to_this_browser(stranger: Browser):
    asked = parse_qs(urlsplit(stranger.get("/masuk/penyedia").location).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert len(asked["state"][0]) > 20
    assert len(asked["nonce"][0]) > 15


def test_nobody_gets_an_account_silently(stranger: Browser):
    answer = stranger.get(sent_back(stranger, "nobody"))
    assert answer.status_code == 403
    assert "no account here belongs to you" in text_of(answer)


def test_an_address_that_is_not_verified_proves_nothing(stranger: Browser):
    assert stranger.get(sent_back(stranger, "unverified")).status_code == 403


@pytest.mark.parametrize(
    "lie",
    [
        {"key": "another"},
        {"claims": {"nonce": "another"}},
        {"claims": {"aud": "another"}},
        {"claims": {"iss": "https://another.example"}},
        {"claims": {"exp": 1_000_000_000}},
    ],
)
def test_a_statement_that_is_not_right_is_refused(stranger: Browser, provider: Provider, lie: dict[str, object]):
    provider.lie(**lie)
    answer = stranger.get(sent_back(stranger, "ani"))
    assert answer.status_code == 403
    assert stranger.get("/tugas").status_code == 302


def test_an_answer_that_this_browser_did_not_ask_for_is_refused(stranger: Browser, app: APIFlask):
    somebody_elses = sent_back(Browser(app.test_client()), "ani")
    assert stranger.get(somebody_elses).status_code == 403


def test_an_answer_counts_once(stranger: Browser):
    back = sent_back(stranger, "ani")
    stranger.get(back)
    assert stranger.get(back).status_code == 403


@pytest.mark.parametrize("query", ["", "?code=x", "?state=x", "?error=access_denied", "?code=%00&state=%00"])
def test_an_answer_of_nonsense_is_refused(stranger: Browser, query: str):
    assert stranger.get(f"/masuk/penyedia/kembali{query}").status_code == 403


def test_a_silent_provider_leaves_the_password(settings: Settings, clock: FrozenClock, core: Core):
    core.settings = replace(settings, oidc_issuer="http://127.0.0.1:9")
    answer = create_app(core).test_client().get("/masuk/penyedia")
    assert answer.status_code == 503
    assert 'name="password"' in answer.text
