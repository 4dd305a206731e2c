"""How often the database is asked: a fixed number of times, however much lies in it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from engine.base.clock import FrozenClock
from engine.core.core import Core
from engine.execution import user_tasks
from engine.execution.cases import start_case
from engine.execution.consistency import differences_of_running
from engine.execution.timer_rows import TIMER_JOB
from engine.jobs.model import Job
from engine.worklist.operations import claim, release
from tests.integration.execution.conftest import Desk, form
from tests.support.diagrams import (
    boundary,
    chain,
    diagram,
    end,
    extensions,
    flow,
    person_task,
    standard_time,
    start,
    timer,
    user_task,
)
from tests.support.small_office import person
from tests.support.statements import asked

FILLED_IN = extensions('<tk:pelaksana peran="pemulai"/><tk:formulir kunci="isian"/>', standard_time(10, "menit"))
WITH_EVERYTHING = diagram(
    *chain(start(), user_task("isi", FILLED_IN), person_task("setujui", "kasubbag"), end()),
    *(boundary("telat", "isi", timer("PT2H"), cancelActivity="false"), person_task("tegur", "kasubbag")),
    *(end("sudah"), flow("telat", "tegur"), flow("tegur", "sudah")),
)
LETTER = {"type": "textfield", "key": "perihal", "label": "Perihal"}


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """The statements are the same on both databases."""
    return sqlite_url


@pytest.fixture(params=[1, 10, 100], ids="among {} cases".format)
def desk(core: Core, request: pytest.FixtureRequest) -> Desk:
    """What is compiled once for all has been: the first case is through its first step."""
    desk = Desk(core)
    desk.publish(WITH_EVERYTHING, isian=form(LETTER))
    desk.complete(desk.start(), "isi", by="eko", answers={"perihal": "Pertama"})
    for _case in range(request.param):
        desk.start()
    return desk


def test_starting_a_case(core: Core, desk: Desk):
    eko = person(core, "eko")
    with asked(core.engine) as statements, core.work(eko) as work:
        start_case(work, "proses", "Undangan")
    assert len(statements) <= 13


def test_completing_a_step_that_has_a_form_and_a_timer(core: Core, desk: Desk):
    item, eko = desk.item(desk.start(), "isi"), person(core, "eko")
    with asked(core.engine) as statements, core.work(eko) as work:
        user_tasks.complete(work, item, {"perihal": "Undangan"})
    assert len(statements) <= 14


def test_taking_work_from_the_pool_of_a_position(core: Core):
    """Whose position it is, and the hours of its unit, are known since the last one was taken."""
    desk, ani = Desk(core), person(core, "ani")
    desk.publish(diagram(*chain(start(), person_task("catat", "clerk"), end())))
    first, second = (desk.item(desk.start(by="budi"), "catat") for _case in range(2))
    for item in (first, second):
        with core.work(person(core, "budi")) as work:
            release(work, item)
    with core.work(ani) as work:
        claim(work, first)
    with asked(core.engine) as statements, core.work(ani) as work:
        claim(work, second)
    assert len(statements) <= 6


def test_firing_a_timer_that_opens_work(core: Core, desk: Desk, clock: FrozenClock):
    clock.advance(timedelta(hours=3))
    with core.read() as reading:
        job = reading.session.scalars(select(Job.id).where(Job.kind == TIMER_JOB, Job.state == "waiting")).first()
    with asked(core.engine) as statements:
        core.run_job(job or 0)
    assert len(statements) <= 13


def test_verifying_all_cases_in_portions_of_a_hundred(core: Core, desk: Desk):
    with core.read() as reading, asked(core.engine) as statements:
        assert list(differences_of_running(reading.session)) == []
    assert len(statements) <= 17
