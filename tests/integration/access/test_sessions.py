from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update

from engine.access.accounts import set_password
from engine.access.permissions import AdministratorsOnly
from engine.access.sessions import (
    SEEN_EVERY,
    SessionNotFound,
    end_other_sessions,
    end_own_session,
    end_session,
    note_seen,
    presence_of,
    renew_session,
    sessions_of,
)
from engine.access.signing_in import sign_in
from engine.access.tokens import bearer_of, issue_token, note_used
from engine.access.visitors import UNKNOWN, Visitor
from engine.organisation.model import Employee

from .conftest import PASSWORD

AT_HOME = Visitor(device="Firefox, Windows", address="203.0.113.7")


@pytest.fixture
def secret(work, bagas) -> str:
    with work() as w:
        return sign_in(w, "bagas", PASSWORD, AT_HOME).secret


def test_a_session_says_where_it_is(secret, look, bagas):
    (line,) = sessions_of(look(), bagas)
    assert (line.device, line.address, line.proved_by) == ("Firefox, Windows", "203.0.113.7", "password")


def test_a_session_that_stands_idle_is_over(secret, look, clock, settings):
    idle = replace(settings, session_idle_minutes=30)
    clock.advance(timedelta(minutes=29))
    assert presence_of(replace(look(), settings=idle), secret)
    clock.advance(timedelta(minutes=1))
    assert presence_of(replace(look(), settings=idle), secret) is None


def test_being_seen_keeps_it(work, secret, look, clock, settings):
    idle = replace(settings, session_idle_minutes=30)
    clock.advance(timedelta(minutes=20))
    presence = presence_of(look(), secret)
    assert presence is not None
    with work() as w:
        note_seen(w, presence.session_id, UNKNOWN)
    clock.advance(timedelta(minutes=20))
    assert presence_of(replace(look(), settings=idle), secret)


def test_being_seen_is_written_every_few_minutes_only(secret, look, clock):
    presence = presence_of(look(), secret)
    assert presence is not None
    assert presence.is_seen
    clock.advance(SEEN_EVERY)
    presence = presence_of(look(), secret)
    assert presence is not None
    assert not presence.is_seen


def test_one_ends_a_session_of_her_own(work, secret, look, bagas, as_actor):
    with work(as_actor(bagas)) as w:
        end_own_session(w, sessions_of(look(), bagas)[0].id)
    assert presence_of(look(), secret) is None


def test_a_session_of_somebody_else_is_not_known(work, secret, look, bagas, admin, as_actor):
    with pytest.raises(SessionNotFound), work(as_actor(admin)) as w:
        end_own_session(w, sessions_of(look(), bagas)[0].id)


def test_an_administrator_ends_it(work, secret, look, bagas, admin, as_actor):
    with work(as_actor(admin)) as w:
        end_session(w, bagas, sessions_of(look(), bagas)[0].id)
    assert presence_of(look(), secret) is None


def test_nobody_else_does(work, secret, look, bagas, as_actor):
    with pytest.raises(AdministratorsOnly), work(as_actor(bagas)) as w:
        end_session(w, bagas, sessions_of(look(), bagas)[0].id)


def test_all_others_end_at_once(work, secret, look, bagas, as_actor):
    kept = sessions_of(look(), bagas)[0].id
    with work() as w:
        other = sign_in(w, "bagas", PASSWORD).secret
    with work(as_actor(bagas)) as w:
        assert end_other_sessions(w, kept) == 1
    assert presence_of(look(), secret)
    assert presence_of(look(), other) is None


def test_a_session_goes_on_under_a_new_secret(work, secret, look, bagas):
    with work() as w:
        fresh = renew_session(w, sessions_of(look(), bagas)[0].id)
    assert presence_of(look(), fresh)
    assert presence_of(look(), secret) is None


def test_a_password_made_by_another_is_owed_a_new_one(work, bagas, look):
    with work() as w:
        set_password(w, bagas, "kambing-biru-menari-8")
        secret = sign_in(w, "bagas", "kambing-biru-menari-8").secret
    presence = presence_of(look(), secret)
    assert presence is not None
    assert presence.owes == "password"


def test_who_leaves_is_out_at_midnight_of_the_office(work, secret, look, bagas, as_actor, clock):
    """In Jakarta the 24th begins at 17:00 of the 23rd in UTC."""
    with work(as_actor(bagas)) as w:
        token = issue_token(w, "Ekspor", 30).secret
        w.session.execute(update(Employee).values(left_on=date(2026, 11, 24)))
    clock.advance(datetime(2026, 11, 23, 23, 59, tzinfo=ZoneInfo("Asia/Jakarta")) - clock.now())
    assert bearer_of(look(), token)
    clock.advance(timedelta(minutes=1))
    assert presence_of(look(), secret) is None
    assert bearer_of(look(), token) is None


def test_a_token_says_when_it_was_used_last(work, bagas, look, as_actor):
    with work(as_actor(bagas)) as w:
        token = issue_token(w, "Ekspor", 30, "read").secret
    bearer = bearer_of(look(), token)
    assert bearer is not None
    assert (bearer.scope, bearer.is_seen) == ("read", False)
    with work() as w:
        note_used(w, bearer.token_id)
    bearer = bearer_of(look(), token)
    assert bearer is not None
    assert bearer.is_seen
