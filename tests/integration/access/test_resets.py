from datetime import timedelta

import pytest
from sqlalchemy import select, update

from engine.access.accounts import deactivate, set_email, set_roles
from engine.access.model import OneTimeSecret, Role
from engine.access.resets import (
    NewPasswordRefused,
    Reset,
    ResetOver,
    ask_for_reset,
    begin_reset,
    is_open,
    reset_password,
)
from engine.access.sessions import presence_of
from engine.access.signing_in import sign_in
from engine.jobs.model import Job
from engine.organisation.model import Employee

from .conftest import PASSWORD

NEW_PASSWORD = "kambing-biru-menari-8"
EMAIL = "bagas@kantor.example"


@pytest.fixture
def reset(work, bagas) -> Reset:
    with work() as w:
        set_email(w, bagas, EMAIL)
        reset = begin_reset(w, "bagas")
    assert reset is not None
    return reset


def test_the_link_gives_a_new_password(work, reset):
    with work() as w:
        reset_password(w, reset.secret, NEW_PASSWORD)
        assert sign_in(w, "bagas", NEW_PASSWORD)


def test_the_link_works_once(work, reset, look):
    with work() as w:
        reset_password(w, reset.secret, NEW_PASSWORD)
    assert not is_open(look(), reset.secret)
    with pytest.raises(ResetOver), work() as w:
        reset_password(w, reset.secret, "another-good-password-9")


def test_the_link_works_for_half_an_hour(work, reset, clock, look):
    clock.advance(timedelta(minutes=30))
    assert not is_open(look(), reset.secret)
    with pytest.raises(ResetOver), work() as w:
        reset_password(w, reset.secret, NEW_PASSWORD)


def test_a_second_link_ends_the_first(work, reset, look):
    with work() as w:
        begin_reset(w, "bagas")
    assert not is_open(look(), reset.secret)


def test_a_new_password_ends_all_sessions(work, reset, look):
    with work() as w:
        secret = sign_in(w, "bagas", PASSWORD).secret
    with work() as w:
        reset_password(w, reset.secret, NEW_PASSWORD)
    assert presence_of(look(), secret) is None


def test_a_weak_password_is_refused_and_the_link_stays(work, reset, look):
    with pytest.raises(NewPasswordRefused), work() as w:
        reset_password(w, reset.secret, "password12345")
    assert is_open(look(), reset.secret)


def test_the_secret_is_not_in_the_database(reset, session):
    assert reset.secret not in str(session.scalars(select(OneTimeSecret.digest)).all())


def test_an_address_finds_its_account_in_any_case(work, reset):
    with work() as w:
        found = begin_reset(w, EMAIL)
    assert found is not None
    assert found.username == "bagas"


def test_an_address_of_two_accounts_finds_none(work, reset, admin):
    with work() as w:
        set_email(w, admin, EMAIL.upper())
        assert begin_reset(w, EMAIL) is None


@pytest.mark.parametrize(("role", "address"), [(Role.STAFF, EMAIL), (Role.ADMINISTRATOR, None)])
def test_the_employee_s_own_address_serves_all_but_administrators(work, bagas, role, address):
    with work() as w:
        w.session.execute(update(Employee).values(email=EMAIL))
        set_roles(w, bagas, [role])
        reset = begin_reset(w, "bagas")
    assert (reset and reset.email) == address


@pytest.mark.parametrize("name", ["nobody", "", "bagas\x00", "a@b.example", "' OR 1=1 --"])
def test_nobody_gets_no_link(work, reset, name):
    with work() as w:
        assert begin_reset(w, name) is None


def test_who_has_left_gets_no_link(work, reset, clock):
    with work() as w:
        w.session.execute(update(Employee).values(left_on=clock.now().date()))
        assert begin_reset(w, "bagas") is None


def test_a_closed_account_gets_no_link(work, reset, bagas):
    with work() as w:
        deactivate(w, bagas)
        assert begin_reset(w, "bagas") is None


def test_asking_is_the_same_for_everybody(work, reset, session):
    with work() as w:
        ask_for_reset(w, "bagas")
        ask_for_reset(w, "nobody")
    assert [job.payload for job in session.scalars(select(Job).order_by(Job.id))] == [
        {"name": "bagas"},
        {"name": "nobody"},
    ]
