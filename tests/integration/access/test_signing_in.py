from datetime import timedelta

import pytest
from sqlalchemy import select, update

from engine.access.accounts import deactivate
from engine.access.model import Account, Role, SignInSession
from engine.access.sessions import delete_expired_sessions, presence_of, sign_out
from engine.access.signing_in import AccountClosed, EmployeeLeft, SignInFailed, sign_in
from engine.audit.queries import trail
from engine.organisation.model import Employee

from .conftest import PASSWORD


@pytest.fixture
def signed_in(work, bagas) -> str:
    with work() as w:
        return sign_in(w, "bagas", PASSWORD).secret


def test_session_knows_its_person(signed_in, look, bagas):
    presence = presence_of(look(), signed_in)
    assert presence is not None
    actor = presence.actor
    assert (actor.account_id, actor.name, actor.roles) == (bagas, "Bagaskara Tirtonadi, A.Md.", {Role.STAFF})


def test_the_trail_names_who_signed_in(signed_in, session):
    [line] = [line for line in trail(session).items if line.act == "account.signed_in"]
    assert line.actor_name == "Bagaskara Tirtonadi, A.Md."


def test_secret_is_not_in_the_database(signed_in, session):
    (row,) = session.scalars(select(SignInSession))
    assert signed_in not in (row.digest, str(row.id))


def test_username_is_taken_in_any_case(work, bagas):
    with work() as w:
        assert sign_in(w, " Bagas ", PASSWORD)


@pytest.mark.parametrize(
    ("username", "password"),
    [
        ("bagas", "wrong"),
        ("nobody", PASSWORD),
        ("", ""),
        ("bagas\x00", PASSWORD),
        ("\ud800", "\ud800"),
        ("bagas", "x" * 1_000_000),
        ("' OR 1=1 --", "x"),
    ],
)
def test_wrong_sign_in_does_not_say_what_is_wrong(work, bagas, username, password):
    with pytest.raises(SignInFailed), work() as w:
        sign_in(w, username, password)


def test_closed_account_cannot_sign_in(work, bagas):
    with work() as w:
        deactivate(w, bagas)
    with pytest.raises(AccountClosed), work() as w:
        sign_in(w, "bagas", PASSWORD)


def test_who_left_cannot_sign_in(work, bagas, clock):
    with work() as w:
        w.session.execute(update(Employee).values(left_on=clock.now().date()))
    with pytest.raises(EmployeeLeft), work() as w:
        sign_in(w, "bagas", PASSWORD)


def test_session_ends_with_the_account(work, signed_in, session, look, clock, bagas):
    with work() as w:
        w.session.execute(update(Account).values(is_active=False))
    assert presence_of(look(), signed_in) is None


def test_session_ends_when_its_person_leaves(work, signed_in, session, look, clock):
    with work() as w:
        w.session.execute(update(Employee).values(left_on=clock.now().date()))
    assert presence_of(look(), signed_in) is None


def test_session_ends_after_its_hours(signed_in, session, look, clock, settings):
    clock.advance(timedelta(hours=settings.session_hours))
    assert presence_of(look(), signed_in) is None


def test_session_ends_by_signing_out(work, signed_in, session, look, clock):
    with work() as w:
        sign_out(w, signed_in)
        sign_out(w, signed_in)
    assert presence_of(look(), signed_in) is None


@pytest.mark.parametrize("secret", ["", "forged", "\x00", "\ud800", "x" * 10_000])
def test_forged_secret_is_nobody(signed_in, session, look, clock, secret):
    assert presence_of(look(), secret) is None


def test_expired_sessions_are_cleared_away(work, signed_in, session, look, clock):
    clock.advance(timedelta(days=2))
    with work() as w:
        sign_in(w, "bagas", PASSWORD)
        delete_expired_sessions(w)
    assert len(session.scalars(select(SignInSession)).all()) == 1
