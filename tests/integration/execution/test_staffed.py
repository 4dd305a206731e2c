"""Before a version comes into force it is held against the office as it stands."""

import pytest
from sqlalchemy import select, update

from engine.access.model import Account, AccountRole, Role
from engine.core.core import Core
from engine.definitions.model import DefinitionVersion
from engine.execution.staffed import staffing_problems
from engine.organisation.model import Employee
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


@pytest.fixture(autouse=True)
def _accounts(core: Core) -> None:
    with core.work() as work:
        for employee_id in work.session.scalars(select(Employee.id)).all():
            work.session.add(
                Account(
                    username=f"u{employee_id}",
                    password_hash="",
                    employee_id=employee_id,
                    language="en",
                    created_at=work.now,
                    roles=[AccountRole(role=Role.STAFF)],
                )
            )


def found(core: Core, desk: Desk, source: bytes, *, open_accounts: bool = True) -> list[tuple[str, str | None]]:
    desk.publish(source)
    with core.work() as work:
        work.session.execute(update(Account).values(is_active=open_accounts))
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


def test_a_step_whose_people_cannot_sign_in(core: Core, desk: Desk):
    assert found(core, desk, steps("clerk"), open_accounts=False) == [("staffing.unseen", "langkah")]


@pytest.mark.parametrize("who", ['samaDengan="isi"', 'peran="pemulai"'])
def test_a_pair_that_the_diagram_gives_to_one_person(core: Core, desk: Desk, who: str):
    first = user_task("isi", extensions('<tk:pelaksana peran="pemulai"/>'))
    second = user_task("periksa", extensions(f'<tk:pelaksana {who} bedaDari="isi"/>'))
    assert found(core, desk, diagram(*chain(start(), first, second, end()))) == [("staffing.same_person", "periksa")]


def test_a_pair_for_which_there_are_two(core: Core, desk: Desk):
    assert found(core, desk, CHECKED) == []
