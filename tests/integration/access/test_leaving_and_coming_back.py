"""Who leaves and comes back: an office cannot lock itself out, and nobody comes back by an old browser."""

import pytest
from sqlalchemy import select

from engine.access.accounts import create_account
from engine.access.keys_to_the_house import LastAdministrator
from engine.access.model import Role
from engine.access.sessions import presence_of
from engine.access.signing_in import sign_in
from engine.core.core import Core
from engine.core.office_keeping import end_employment, take_back
from engine.organisation.importing import import_organisation
from engine.organisation.model import Employee
from tests.conftest import MONDAY_MORNING
from tests.support.small_office import NIPS, OFFICE, load_small_office, person

PASSWORD = "tiga-ekor-kucing-belang"


@pytest.fixture
def office(core: Core) -> Core:
    """Fani alone administers it."""
    load_small_office(core)
    administer(core, "fani")
    return core


def administer(core: Core, name: str) -> None:
    with core.work() as work:
        employee_id = work.session.scalar(select(Employee.id).where(Employee.nip == NIPS[name]))
        create_account(work, name, PASSWORD, employee_id, {Role.ADMINISTRATOR})


def let_go(core: Core, name: str) -> None:
    employee_id = person(core, name).employee_id
    assert employee_id is not None
    with core.work() as work:
        end_employment(work, employee_id, MONDAY_MORNING.date())


def test_the_only_administrator_does_not_leave(office: Core):
    with pytest.raises(LastAdministrator):
        let_go(office, "fani")
    with office.read() as reading:
        assert reading.session.scalar(select(Employee.left_on).where(Employee.nip == NIPS["fani"])) is None


def test_one_of_two_may_leave(office: Core):
    administer(office, "eko")
    let_go(office, "fani")
    with office.read() as reading:
        assert reading.session.scalar(select(Employee.left_on).where(Employee.nip == NIPS["fani"])) is not None


def test_a_file_without_her_is_refused(office: Core):
    without = "\n".join(line for line in OFFICE.splitlines() if NIPS["fani"] not in line)
    with pytest.raises(LastAdministrator), office.work() as work:
        import_organisation(work, without.encode())


def test_who_comes_back_signs_in_anew(office: Core):
    administer(office, "eko")
    with office.work() as work:
        secret = sign_in(work, "fani", PASSWORD).secret
    fani = person(office, "fani").employee_id or 0
    let_go(office, "fani")
    with office.work() as work:
        take_back(work, fani)
    with office.read() as reading:
        assert presence_of(reading, secret) is None
