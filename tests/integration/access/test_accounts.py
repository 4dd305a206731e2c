import pytest
from sqlalchemy import select

from engine.access.accounts import (
    AccountRefused,
    OwnAccount,
    PasswordRefused,
    change_language,
    change_password,
    create_account,
    deactivate,
    set_password,
    set_roles,
)
from engine.access.model import Role
from engine.access.permissions import AdministratorsOnly
from engine.access.queries import AccountNotFound, account, accounts, managed_units
from engine.access.sample import create_sample_accounts, sample_specs
from engine.access.sessions import presence_of
from engine.access.signing_in import SignInFailed, sign_in
from engine.audit.model import AuditEntry
from engine.organisation.model import Employee, Unit

from .conftest import PASSWORD, SAMPLE_OFFICE

NEW_PASSWORD = "kambing-biru-menari-8"


def test_account_shows_its_person_and_roles(bagas, session):
    line = account(session, bagas)
    assert (line.username, line.name, line.roles) == ("bagas", "Bagaskara Tirtonadi, A.Md.", {Role.STAFF})


def test_accounts_are_listed_by_username(bagas, admin, session):
    assert [line.username for line in accounts(session).items] == ["admin", "bagas"]


def test_all_that_is_wrong_is_told_at_once(work, bagas):
    with pytest.raises(AccountRefused) as refusal, work() as w:
        create_account(w, "Ba", "short", 999, ["chief"])
    assert [each.name for each in refusal.value.fields] == ["username", "employee_id", "roles", "password"]


def test_username_and_employee_have_one_account(work, bagas, session):
    employee_id = account(session, bagas).employee_id
    session.commit()
    with pytest.raises(AccountRefused) as refusal, work() as w:
        create_account(w, "BAGAS", PASSWORD, employee_id, [Role.STAFF])
    assert [(each.name, each.code) for each in refusal.value.fields] == [
        ("username", "taken"),
        ("employee_id", "taken"),
    ]


def test_only_administrators_open_accounts(work, bagas, as_actor):
    with pytest.raises(AdministratorsOnly), work(as_actor(bagas)) as w:
        create_account(w, "another", PASSWORD, None, [])


def test_new_password_ends_sessions_and_the_old_password(work, bagas, admin, session, look, as_actor):
    with work() as w:
        secret = sign_in(w, "bagas", PASSWORD).secret
    with work(as_actor(admin)) as w:
        set_password(w, bagas, NEW_PASSWORD)
    assert presence_of(look(), secret) is None
    session.commit()
    with pytest.raises(SignInFailed), work() as w:
        sign_in(w, "bagas", PASSWORD)


def test_own_password_is_changed_by_who_knows_it(work, bagas, as_actor):
    with work(as_actor(bagas)) as w:
        change_password(w, PASSWORD, NEW_PASSWORD)
        assert sign_in(w, "bagas", NEW_PASSWORD)


def test_own_password_is_not_changed_without_the_present_one(work, bagas, as_actor):
    with pytest.raises(PasswordRefused), work(as_actor(bagas)) as w:
        change_password(w, "not it at all", NEW_PASSWORD)


def test_weak_password_is_refused(work, bagas, as_actor):
    with pytest.raises(PasswordRefused), work(as_actor(bagas)) as w:
        change_password(w, PASSWORD, "bagas-bagas-bagas")


def test_language_is_ones_own_choice(work, bagas, session, as_actor):
    with work(as_actor(bagas)) as w:
        change_language(w, "en")
    assert as_actor(bagas).language == "en"


def test_unknown_language_is_refused(work, bagas, as_actor):
    with pytest.raises(AccountRefused), work(as_actor(bagas)) as w:
        change_language(w, "fr")


def test_roles_are_replaced(work, bagas, session):
    with work() as w:
        set_roles(w, bagas, [Role.STAFF, Role.DESIGNER])
    with work() as w:
        set_roles(w, bagas, [Role.DESIGNER])
    assert account(session, bagas).roles == {Role.DESIGNER}


def test_administrator_does_not_lock_herself_out(work, admin, as_actor):
    with pytest.raises(OwnAccount), work(as_actor(admin)) as w:
        deactivate(w, admin)
    with pytest.raises(OwnAccount), work(as_actor(admin)) as w:
        set_roles(w, admin, [Role.STAFF])


def test_unknown_account_is_not_found(work, session):
    with pytest.raises(AccountNotFound):
        account(session, 999)


def test_trail_tells_of_accounts_but_of_no_password(work, bagas, admin, session, as_actor):
    with work(as_actor(admin)) as w:
        set_password(w, bagas, NEW_PASSWORD)
    entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [entry.act for entry in entries] == ["account.created", "account.created", "account.password_set"]
    assert NEW_PASSWORD not in str([entry.facts for entry in entries])


def test_sample_accounts_sign_in_with_the_passwords_they_were_given(work, office):
    specs = sample_specs((SAMPLE_OFFICE / "accounts.yaml").read_bytes())[:2]
    with work() as w:
        given = create_sample_accounts(w, specs)
        assert all(sign_in(w, each.username, each.password) for each in given)
    assert given[0].employee_name.startswith("Galih")


def test_sample_accounts_are_opened_once(work, office):
    specs = sample_specs((SAMPLE_OFFICE / "accounts.yaml").read_bytes())[:1]
    with work() as w:
        create_sample_accounts(w, specs)
    with work() as w:
        assert create_sample_accounts(w, specs) == ()


def test_manager_leads_her_unit_and_all_below(office, session, clock):
    bima = session.scalars(select(Employee.id).where(Employee.name.startswith("Bimantara"))).one()
    led = managed_units(session, bima, clock.now().date())
    codes = set(session.scalars(select(Unit.code).where(Unit.id.in_(led))))
    assert codes == {"seksi-bimas-islam", "kua-purwodadi", "kua-gubug"}


def test_who_acts_as_head_leads_that_unit_too(office, session, clock):
    jati = session.scalars(select(Employee.id).where(Employee.name.startswith("Jatikusuma"))).one()
    led = managed_units(session, jati, clock.now().date())
    assert set(session.scalars(select(Unit.code).where(Unit.id.in_(led)))) == {"seksi-penmad", "seksi-pais"}


def test_who_heads_nothing_leads_nothing(office, session, clock):
    melati = session.scalars(select(Employee.id).where(Employee.name.startswith("Melati"))).one()
    assert managed_units(session, melati, clock.now().date()) == frozenset()
