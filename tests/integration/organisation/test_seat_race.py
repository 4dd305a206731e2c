"""Two appointments to one seat at the same moment: one holds it, the other is told who does."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from sqlalchemy import select

from engine.core.core import Core
from engine.organisation.appointments import Appointment, appoint
from engine.organisation.keeping import OfficeRefused
from engine.organisation.model import HoldingKind, Position
from tests.support.small_office import load_small_office, person


@pytest.fixture
def database_url(postgresql_url: str) -> str:
    """On SQLite the writer is alone."""
    return postgresql_url


@pytest.fixture
def seat(core: Core) -> int:
    """The only one of its position, and empty."""
    load_small_office(core)
    with core.read() as reading:
        return reading.session.scalars(select(Position.id).where(Position.code == "vacant")).one()


def test_of_two_appointed_to_one_seat_at_once_one_is_refused_with_the_name_of_the_other(core: Core, seat: int):
    gate = Barrier(2)

    def appointed(name: str) -> str:
        """Her name, or why not."""
        who = person(core, name)
        facts = {"kind": HoldingKind.DEFINITIVE, "starts_on": date(2026, 12, 1)}
        try:
            with core.work(person(core, "fani")) as work:
                gate.wait()
                appoint(work, Appointment(employee_id=who.employee_id or 0, position_id=seat, **facts))
        except OfficeRefused as refusal:
            return refusal.fields[0].text("en")
        return who.name

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(appointed, ("ani", "budi")))
    (winner,) = {"Ani Lestari", "Budi Santosa"} & set(outcomes)
    (refused,) = set(outcomes) - {winner}
    assert refused.startswith(f"Every seat is taken: {winner} (")
