"""Before a version comes into force it is held against the office as it stands."""

import pytest
from sqlalchemy import select

from engine.core.core import Core
from engine.definitions.model import DefinitionVersion
from engine.execution.staffed import staffing_problems
from tests.integration.execution.conftest import Desk
from tests.integration.execution.test_four_eyes import CHECKED
from tests.support.diagrams import chain, diagram, end, extensions, person_task, start, user_task

ONE_FOR_TWO = diagram(
    *chain(
        start(),
        person_task("isi", "writer"),
        user_task("periksa", extensions('<tk:pelaksana jabatan="writer" bedaDari="isi"/>')),
        end(),
    )
)


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Only questions that others ask too."""
    return sqlite_url


def found(core: Core, desk: Desk, source: bytes) -> list[tuple[str, str | None]]:
    desk.publish(source)
    with core.read() as reading:
        version_id = reading.session.scalars(select(DefinitionVersion.id)).one()
        return [(problem.code, problem.element) for problem in staffing_problems(reading, version_id)]


def steps(position: str) -> bytes:
    return diagram(*chain(start(), person_task("langkah", position), end()))


def test_a_step_for_a_position_that_the_office_does_not_have(core: Core, desk: Desk):
    assert found(core, desk, steps("Kasi Haji")) == [("staffing.unknown", "langkah")]


def test_a_step_for_a_vacant_position(core: Core, desk: Desk):
    assert found(core, desk, steps("vacant")) == [("staffing.vacant", "langkah")]


def test_a_pair_that_only_one_person_could_do(core: Core, desk: Desk):
    assert [code for code, _element in found(core, desk, ONE_FOR_TWO)] == ["staffing.one_person"]


def test_a_pair_for_which_there_are_two(core: Core, desk: Desk):
    assert found(core, desk, CHECKED) == []
