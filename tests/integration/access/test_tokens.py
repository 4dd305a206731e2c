from datetime import timedelta

import pytest

from engine.access.accounts import deactivate, reactivate
from engine.access.permissions import SignInNeeded
from engine.access.queries import tokens_of
from engine.access.tokens import TokenNotFound, TokenRefused, bearer_of, issue_token, revoke_token


@pytest.fixture
def token(work, bagas, as_actor) -> str:
    with work(as_actor(bagas)) as w:
        return issue_token(w, " Ekspor mingguan ", 30).secret


def test_token_acts_for_its_account(token, session, look, clock, bagas):
    bearer = bearer_of(look(), token)
    assert token.startswith("tk_")
    assert bearer is not None
    assert bearer.actor.account_id == bagas


def test_token_is_listed_without_its_secret(token, session, look, clock, bagas):
    (line,) = tokens_of(session, bagas, clock.now())
    assert (line.label, line.is_expired) == ("Ekspor mingguan", False)
    assert token not in str(line)


def test_token_ends_after_its_days(token, session, look, clock, bagas):
    clock.advance(timedelta(days=30))
    assert bearer_of(look(), token) is None
    assert tokens_of(session, bagas, clock.now())[0].is_expired


def test_revoked_token_is_nobody(work, token, session, look, clock, bagas, as_actor):
    with work(as_actor(bagas)) as w:
        revoke_token(w, tokens_of(w.session, bagas, clock.now())[0].id)
    assert bearer_of(look(), token) is None


def test_token_of_another_is_not_known(work, token, session, look, clock, bagas, admin, as_actor):
    token_id = tokens_of(session, bagas, clock.now())[0].id
    session.commit()
    with pytest.raises(TokenNotFound), work(as_actor(admin)) as w:
        revoke_token(w, token_id)


def test_closing_an_account_ends_its_tokens_for_good(work, token, session, look, clock, bagas):
    with work() as w:
        deactivate(w, bagas)
        reactivate(w, bagas)
    assert bearer_of(look(), token) is None


@pytest.mark.parametrize("secret", ["", "tk_", "tk_forged", "Bearer x", "tk_\ud800\x00"])
def test_forged_token_is_nobody(token, session, look, clock, secret):
    assert bearer_of(look(), secret) is None


@pytest.mark.parametrize(("label", "days"), [("", 30), ("x" * 81, 30), ("a\x00b", 30), ("ok", 0), ("ok", 400)])
def test_token_needs_a_purpose_and_an_end(work, bagas, as_actor, label, days):
    with pytest.raises(TokenRefused), work(as_actor(bagas)) as w:
        issue_token(w, label, days)


def test_system_needs_no_token(work):
    with pytest.raises(SignInNeeded), work() as w:
        issue_token(w, "x", 1)
