"""An office with one case."""

import pytest
from sqlalchemy.orm import Session

from engine.base.clock import FrozenClock
from tests.support.offices import SmallOffice, a_small_office, an_instance


@pytest.fixture
def office(session: Session) -> SmallOffice:
    office = a_small_office(session)
    session.commit()
    return office


@pytest.fixture
def instance_id(session: Session, clock: FrozenClock) -> int:
    instance_id = an_instance(session, clock.now())
    session.commit()
    return instance_id
