"""Signing in by another provider: a real one, in a process of its own."""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from apiflask import APIFlask

from engine.base.clock import FrozenClock
from engine.base.settings import Settings
from engine.core.core import Core
from tests.integration.webui.conftest import Browser, text_of
from tests.support.identity_provider import CLIENT_ID, CLIENT_SECRET, Provider, identity_provider
from tests.support.small_office import NIPS
from webui.application import create_app
from webui.language import COOKIE as LANGUAGE

PEOPLE = {
    "ani": {"sub": "u-1", "nip": NIPS["ani"]},
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


def sent_back(browser: Browser, who: str, wanted: str = "") -> str:
    """Where the provider sends her after she has signed in there: a path of ours."""
    asked = browser.get(f"/masuk/penyedia?next={wanted}")
    answer = requests.post(asked.location, data={"who": who}, allow_redirects=False, timeout=10)
    return answer.headers["Location"].removeprefix("http://localhost")


def test_whom_the_provider_knows_comes_in_where_she_wanted(stranger: Browser):
    answer = stranger.get(sent_back(stranger, "ani", "/berkas"))
    assert answer.location == "/berkas"
    assert "Ani Lestari" in text_of(stranger.get("/berkas"))


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
