"""The sample office with accounts of known passwords."""

from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.access.accounts import create_account
from engine.access.model import Account, Role
from engine.access.queries import actor_of
from engine.base.actor import SYSTEM, Actor
from engine.base.unit_of_work import Reading
from engine.organisation.importing import import_organisation
from engine.organisation.queries import find_employee_by_nip

SAMPLE_OFFICE = Path(__file__).parents[3] / "processes" / "sample_office"
PASSWORD = "sapi-hijau-melompat-7"
BAGAS_NIP = "198806052011011003"


@pytest.fixture
def office(work) -> None:
    with work() as w:
        import_organisation(w, (SAMPLE_OFFICE / "office.yaml").read_bytes())


@pytest.fixture
def bagas(work, office) -> int:
    with work() as w:
        employee = find_employee_by_nip(w.session, BAGAS_NIP)
        assert employee is not None
        return create_account(w, "bagas", PASSWORD, employee.id, [Role.STAFF])


@pytest.fixture
def admin(work) -> int:
    with work() as w:
        return create_account(w, "admin", PASSWORD, None, [Role.ADMINISTRATOR])


@pytest.fixture
def look(session: Session, clock, settings):
    """A reading of this moment."""

    def look() -> Reading:
        session.rollback()  # or it would still see what was there when it looked last
        return Reading(session=session, actor=SYSTEM, now=clock.now(), settings=settings)

    return look


@pytest.fixture
def as_actor(session: Session, clock):
    """The account as the actor it is."""

    def find(account_id: int) -> Actor:
        account = session.scalars(select(Account).where(Account.id == account_id)).one()
        actor = actor_of(account, clock.now().date())
        session.commit()
        assert actor is not None
        return actor

    return find
