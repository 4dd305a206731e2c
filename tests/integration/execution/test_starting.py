"""The register says of each procedure whether one may start it, with as few questions as there are desks."""

import pytest

from engine.core.core import Core
from engine.definitions.queries import in_force, procedures
from engine.execution.cases import may_start
from engine.execution.starting import startable
from tests.integration.execution.conftest import Desk
from tests.support.diagrams import chain, definitions, end, extensions, person_task, process, start, user_task
from tests.support.small_office import NIPS, person
from tests.support.statements import asked

FIRST_STEPS = {
    "clerks": person_task("a", "clerk"),
    "writer_by_title": person_task("a", "  analis  SDM "),
    "vacant": person_task("a", "vacant"),
    "unknown": person_task("a", "tidak-ada"),
    "named": user_task("a", extensions(f'<tk:pelaksana pegawai="{NIPS["eko"]}"/>')),
    "head": user_task("a", extensions('<tk:pelaksana peran="kepala-unit"/>')),
    "initiator": user_task("a", extensions('<tk:pelaksana peran="pemulai"/>')),
}


@pytest.fixture
def register(desk: Desk) -> None:
    for key, step in FIRST_STEPS.items():
        desk.publish(definitions(process(*chain(start(), step, end()), identity=key, name=key)))


@pytest.mark.parametrize("name", list(NIPS))
def test_the_register_answers_like_each_procedure_alone(core: Core, register: None, name: str):
    with core.read(person(core, name)) as reading:
        found = startable(reading, procedures(reading.session))
        alone = {
            in_force(reading.session, key).definition_id
            for key in FIRST_STEPS
            if may_start(reading, in_force(reading.session, key))
        }
    assert found == alone


def test_a_longer_register_asks_no_more(core: Core, desk: Desk, register: None):
    with core.read(person(core, "ani")) as reading, asked(core.engine) as few:
        startable(reading, procedures(reading.session))
    for number in range(20):
        more = process(*chain(start(), person_task("a", "clerk"), end()), identity=f"p{number}", name=f"P{number}")
        desk.publish(definitions(more))
    with core.read(person(core, "ani")) as reading:
        startable(reading, procedures(reading.session))
    with core.read(person(core, "ani")) as reading, asked(core.engine) as many:
        startable(reading, procedures(reading.session))
    assert len(many) <= len(few)
