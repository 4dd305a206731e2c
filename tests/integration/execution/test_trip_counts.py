"""How often a step goes to PostgreSQL and back: what nobody waits for goes along."""

import pytest

from engine.core.core import Core
from engine.execution import user_tasks
from engine.execution.cases import start_case
from tests.integration.execution.conftest import Desk
from tests.support.diagrams import boundary, chain, diagram, end, flow, person_task, start, timer
from tests.support.small_office import person
from tests.support.statements import trips


@pytest.fixture
def database_url(postgresql_url: str) -> str:
    return postgresql_url


@pytest.fixture
def desk(core: Core) -> Desk:
    desk = Desk(core)
    desk.publish(diagram(*chain(start(), person_task("isi", "writer"), person_task("setujui", "kasubbag"), end())))
    desk.complete(desk.start(), "isi", by="eko")
    return desk


def test_starting_a_case(core: Core, desk: Desk):
    eko = person(core, "eko")
    with trips(core.engine) as made, core.work(eko) as work:
        start_case(work, "proses", "Undangan")
    assert made == [5]


def test_completing_a_step(core: Core, desk: Desk):
    item, eko = desk.item(desk.start(), "isi"), person(core, "eko")
    with trips(core.engine) as made, core.work(eko) as work:
        user_tasks.complete(work, item, {})
    assert made == [3]


def test_completing_a_step_with_a_timer_at_its_border(core: Core, desk: Desk):
    step = (person_task("isi", "writer"), boundary("ingat", "isi", timer(), cancelActivity="false"), end("tepi"))
    desk.publish(diagram(*chain(start(), step[0], end()), *step[1:], flow("ingat", "tepi")))
    item, eko = desk.item(desk.start(), "isi"), person(core, "eko")
    with trips(core.engine) as made, core.work(eko) as work:
        user_tasks.complete(work, item, {})
    assert made == [2]
