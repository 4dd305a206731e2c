import pytest
from sqlalchemy import select

from engine.access.accounts import AccountRefused, set_roles
from engine.access.model import Role
from engine.access.permissions import Permission, allows, audits_office
from engine.access.queries import audited_units, led_units
from engine.base.actor import Reach
from engine.organisation.model import Unit


@pytest.fixture
def unit_id(session, office) -> int:
    found = session.scalars(select(Unit.id).where(Unit.code == "seksi-bimas-islam")).one()
    session.commit()
    return found


def codes(session, ids) -> set[str]:
    return set(session.scalars(select(Unit.code).where(Unit.id.in_(ids))))


def give(work, account_id: int, role: Role, scope: str, unit_id: int | None) -> None:
    with work() as w:
        set_roles(w, account_id, [Role.STAFF, role], [Reach(role=role, scope=scope, unit_id=unit_id)])


def test_a_manager_leads_what_was_given_besides_what_she_heads(work, bagas, unit_id, session, as_actor, clock):
    give(work, bagas, Role.MANAGER, "subtree", unit_id)
    led = led_units(session, as_actor(bagas), clock.now().date())
    assert codes(session, led) == {"seksi-bimas-islam", "kua-purwodadi", "kua-gubug"}


def test_a_manager_of_one_unit_leads_none_below(work, bagas, unit_id, session, as_actor, clock):
    give(work, bagas, Role.MANAGER, "unit", unit_id)
    assert led_units(session, as_actor(bagas), clock.now().date()) == {unit_id}


def test_a_manager_of_the_office_leads_all(work, bagas, unit_id, session, as_actor, clock):
    give(work, bagas, Role.MANAGER, "office", None)
    assert led_units(session, as_actor(bagas), clock.now().date()) == set(session.scalars(select(Unit.id)))


def test_an_auditor_sees_the_office_unless_a_part_was_named(work, bagas, unit_id, session, as_actor):
    with work() as w:
        set_roles(w, bagas, [Role.AUDITOR])
    assert audits_office(as_actor(bagas))
    give(work, bagas, Role.AUDITOR, "unit", unit_id)
    auditor = as_actor(bagas)
    assert not audits_office(auditor)
    assert audited_units(session, auditor) == {unit_id}


def test_the_trail_of_the_whole_office_is_for_auditors_of_the_whole_office(work, bagas, unit_id, as_actor):
    give(work, bagas, Role.AUDITOR, "unit", unit_id)
    assert not allows(as_actor(bagas), Permission.SEE_AUDIT)


@pytest.mark.parametrize(
    ("role", "scope", "unit"),
    [
        (Role.STAFF, "office", None),
        (Role.MANAGER, "unit", None),
        (Role.MANAGER, "own", None),
        (Role.MANAGER, "world", None),
        (Role.MANAGER, "unit", 999),
        (Role.MANAGER, "unit", 2**40),
        (Role.AUDITOR, "office", 1),
    ],
)
def test_a_reach_that_makes_no_sense_is_refused(work, bagas, role, scope, unit):
    with pytest.raises(AccountRefused), work() as w:
        set_roles(w, bagas, [role], [Reach(role=role, scope=scope, unit_id=unit)])
