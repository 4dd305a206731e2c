"""The sample office, as a file and in the database."""

from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.access.model import Role
from engine.base.actor import Actor
from engine.organisation.importing import import_organisation
from engine.organisation.model import Employee, Position, Unit

SAMPLE = Path(__file__).parents[3] / "processes" / "sample_office" / "office.yaml"


@pytest.fixture
def office_file() -> bytes:
    return SAMPLE.read_bytes()


@pytest.fixture
def office(work, office_file, session) -> "Office":
    with work() as w:
        import_organisation(w, office_file)
    return Office(session)


class Office:
    """Finds by the readable names of the file."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def unit(self, code: str) -> int:
        return self.session.scalars(select(Unit.id).where(Unit.code == code)).one()

    def position(self, code: str) -> int:
        return self.session.scalars(select(Position.id).where(Position.code == code)).one()

    def person(self, name: str) -> int:
        return self.session.scalars(select(Employee.id).where(Employee.name.startswith(name))).one()


@pytest.fixture
def a_clerk() -> Actor:
    """Somebody who works here and keeps nothing."""
    return Actor(account_id=1, employee_id=None, name="Budi", roles=frozenset({Role.STAFF}))
