from dataclasses import replace

import pytest
from sqlalchemy import update

from engine.access.accounts import create_account, deactivate, demand_new_password, set_email, set_roles
from engine.access.model import Role
from engine.access.provider import (
    AdministratorNotTied,
    Identity,
    IdentityTaken,
    NoAccountForIdentity,
    OtherIdentityLinked,
    TieRefused,
    agree_to_tie,
    sign_in_by_provider,
    tie,
    unlink,
)
from engine.access.queries import account
from engine.access.sessions import presence_of
from engine.access.signing_in import AccountClosed, EmployeeLeft
from engine.organisation.model import Employee

from .conftest import BAGAS_NIP, PASSWORD

HERS = Identity(issuer="https://sso.example", subject="u-17", nip=BAGAS_NIP)


def test_the_first_time_the_nip_finds_the_account(work, bagas, look):
    with work() as w:
        admission = sign_in_by_provider(w, HERS)
    presence = presence_of(look(), admission.secret)
    assert presence is not None
    assert presence.actor.account_id == bagas


def test_a_password_that_she_was_never_told_is_not_asked_for(work, bagas, look):
    with work() as w:
        demand_new_password(w, bagas)
    with work() as w:
        admission = sign_in_by_provider(w, HERS)
    presence = presence_of(look(), admission.secret)
    assert presence is not None
    assert presence.owes is None


@pytest.mark.parametrize(
    "identity",
    [HERS, replace(HERS, nip="", email="bagas@kantor.example"), replace(HERS, nip="", email="own@b.example")],
)
def test_an_administrator_is_found_by_nothing_that_others_write(work, bagas, identity):
    with work() as w:
        w.session.execute(update(Employee).where(Employee.nip == BAGAS_NIP).values(email="bagas@kantor.example"))
        set_roles(w, bagas, [Role.ADMINISTRATOR])
        set_email(w, bagas, "own@b.example")
    with pytest.raises(AdministratorNotTied), work() as w:
        sign_in_by_provider(w, identity)


def test_who_is_signed_in_ties_her_own_account(work, bagas, as_actor):
    with work() as w:
        set_roles(w, bagas, [Role.ADMINISTRATOR])
    with work(as_actor(bagas)) as w:
        agree_to_tie(w, PASSWORD)
        tie(w, HERS)
    with work() as w:
        assert sign_in_by_provider(w, HERS).account_id == bagas


def test_it_is_agreed_to_with_the_password(work, bagas, as_actor):
    with pytest.raises(TieRefused), work(as_actor(bagas)) as w:
        agree_to_tie(w, "another password")


def test_a_sign_in_of_somebody_else_is_not_tied(work, bagas, admin, as_actor):
    with work() as w:
        sign_in_by_provider(w, HERS)
    with pytest.raises(IdentityTaken), work(as_actor(admin)) as w:
        tie(w, HERS)


def test_whoever_becomes_administrator_ties_her_account_anew(work, bagas, look):
    with work() as w:
        secret = sign_in_by_provider(w, HERS).secret
    with work() as w:
        set_roles(w, bagas, [Role.STAFF, Role.ADMINISTRATOR])
    assert presence_of(look(), secret) is None
    with pytest.raises(AdministratorNotTied), work() as w:
        sign_in_by_provider(w, HERS)


def test_from_then_on_the_provider_s_own_name_for_her_counts(work, bagas):
    with work() as w:
        sign_in_by_provider(w, HERS)
        assert sign_in_by_provider(w, replace(HERS, nip="")).account_id == bagas


def test_a_verified_address_finds_it_too(work, bagas):
    with work() as w:
        set_email(w, bagas, "Bagas@kantor.example")
        assert sign_in_by_provider(w, replace(HERS, nip="", email="bagas@KANTOR.example")).account_id == bagas


@pytest.mark.parametrize(
    "identity",
    [
        replace(HERS, nip="199901012020011001"),
        replace(HERS, nip=""),
        replace(HERS, nip="\x00"),
        replace(HERS, nip="", email="a@b.example"),
        replace(HERS, nip="", email="\x00@b"),
    ],
)
def test_nobody_gets_an_account_silently(work, bagas, identity):
    with pytest.raises(NoAccountForIdentity), work() as w:
        sign_in_by_provider(w, identity)


def test_an_address_of_two_finds_neither(work, bagas, session):
    with work() as w:
        w.session.execute(update(Employee).values(email="bersama@kantor.example"))
        create_account(w, "galih", PASSWORD, account(w.session, bagas).employee_id + 1, [Role.STAFF])  # type: ignore[operator]
    with pytest.raises(NoAccountForIdentity), work() as w:
        sign_in_by_provider(w, replace(HERS, nip="", email="bersama@kantor.example"))


def test_an_account_without_an_employee_is_never_found(work, admin):
    with work() as w:
        set_email(w, admin, "admin@kantor.example")
    with pytest.raises(NoAccountForIdentity), work() as w:
        sign_in_by_provider(w, replace(HERS, nip="", email="admin@kantor.example"))


def test_a_second_identity_does_not_take_the_account_over(work, bagas):
    with work() as w:
        sign_in_by_provider(w, HERS)
    with pytest.raises(OtherIdentityLinked), work() as w:
        sign_in_by_provider(w, replace(HERS, subject="u-18"))


def test_the_same_subject_of_another_provider_is_another(work, bagas):
    with work() as w:
        sign_in_by_provider(w, HERS)
    with pytest.raises(NoAccountForIdentity), work() as w:
        sign_in_by_provider(w, replace(HERS, issuer="https://other.example", nip=""))


def test_an_administrator_unties_it(work, bagas, admin, as_actor):
    with work() as w:
        sign_in_by_provider(w, HERS)
    with work(as_actor(admin)) as w:
        unlink(w, bagas)
    with work() as w:
        assert sign_in_by_provider(w, replace(HERS, subject="u-18")).account_id == bagas


def test_a_closed_account_stays_closed(work, bagas):
    with work() as w:
        sign_in_by_provider(w, HERS)
    with work() as w:
        deactivate(w, bagas)
    with pytest.raises(AccountClosed), work() as w:
        sign_in_by_provider(w, HERS)


def test_who_has_left_does_not_come_in_by_the_provider(work, bagas, clock):
    with work() as w:
        w.session.execute(update(Employee).values(left_on=clock.now().date()))
    with pytest.raises(EmployeeLeft), work() as w:
        sign_in_by_provider(w, HERS)
