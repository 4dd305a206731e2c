"""The standard profile under load, killed twenty times: nothing lost, nothing done twice.

Web and worker die by SIGKILL at moments that a seeded chance chooses, while people work, timers fire within seconds,
services number letters, and messages go from step to step. After each death the rows of every running case must follow
from its state; at the end the books must balance.
"""

import sys
import time
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import func, select

from engine.core.core import Core
from engine.definitions.examination import Upload, examine
from engine.definitions.operations import deploy, publish
from engine.execution.consistency import differences_of_running
from engine.execution.model import Instance
from engine.execution.recording import TIMER_JOB
from engine.execution.standing import RUNNING
from engine.jobs.model import Job, JobState
from tests.integration.standard.books import books
from tests.integration.standard.crowd import BROKEN, Crowd, open_office
from tests.integration.standard.killing import Restarted, running_until_the_end
from tests.support.diagrams import (
    arrows,
    boundary,
    catch,
    chain,
    diagram,
    element,
    end,
    event,
    extensions,
    parallel,
    person_task,
    service_task,
    start,
    throw,
    timer,
)
from tests.support.patience import eventually
from tests.support.programs import answers
from tests.support.services import quiet_port
from workers.application import application

SEED = 20261123
KILLS = 20
MOST_AT_ONCE = 25
AT_WORK = 12  # so many answers, and people are at work again
MESSAGE = element("message", "balasan", extensions('<tk:korelasi nilai="judul"/>'), name="Balasan")
BY_MESSAGE = event("message", messageRef="balasan")
PROCESS = diagram(
    *chain(start(), person_task("isi", "writer"), service_task("nomori", "number_letter"), parallel("bagi")),
    *(boundary("telat", "isi", timer("PT2S"), cancelActivity="false"), person_task("tegur", "kasubbag"), end("sudah")),
    *arrows("telat", "tegur", "sudah"),
    *(person_task("periksa", "kasubbag"), throw("kirim", BY_MESSAGE), catch("tunggu", BY_MESSAGE)),
    *(catch("jeda", timer("PT1S")), parallel("gabung")),
    *arrows("bagi", "periksa", "kirim", "tunggu", "gabung"),
    *arrows("bagi", "jeda", "gabung", "kabari"),
    *chain(service_task("kabari", "notify"), person_task("setujui", "clerk"), end()),
    outside=(MESSAGE,),
)


@pytest.fixture
def office(core: Core) -> Core:
    open_office(core)
    with core.work() as work:
        publish(work, deploy(work, examine(Upload(filename="proses.bpmn", source=PROCESS))).version_id)
    return core


@pytest.fixture
def address() -> str:
    return f"127.0.0.1:{quiet_port()}"


@pytest.fixture
def programs(office: Core, env: dict[str, str], tmp_path: Path, address: str) -> Iterator[tuple[Restarted, Restarted]]:
    """Web and worker, which will be killed; the beat ticks beside them."""
    control = application(office.settings).control

    def worker_answers() -> bool:
        return bool(control.ping(timeout=0.5, limit=1))

    web = Restarted(
        "web", "--bind", address, folder=tmp_path, env=env, answers=lambda: answers(f"http://{address}/readyz")
    )
    worker = Restarted("worker", folder=tmp_path, env=env, answers=worker_answers)
    beat = Restarted("beat", folder=tmp_path, env=env)
    with running_until_the_end(web, worker, beat):
        assert eventually(web.answers), web.said()
        assert eventually(worker.answers), worker.said()
        yield web, worker


@pytest.mark.timeout(420)
def test_nothing_is_lost_and_nothing_is_done_twice(office, programs, address, capsys):
    crowd = Crowd(office, f"http://{address}")
    for seed, name in enumerate(("eko", "eko", "citra", "citra", "ani", "budi")):
        crowd.let_in(name, SEED + seed, starts=name == "eko")
    began = time.monotonic()
    killed = kill_again_and_again(office, crowd, programs)
    survived = time.monotonic() - began
    crowd.may_start = False
    eventually(lambda: not running(office), seconds=120)
    crowd.send_home()
    with capsys.disabled():
        sys.stdout.write(report(office, crowd, killed, survived, time.monotonic() - began))
    with office.read() as reading:
        balance = books(reading.session, crowd)
    assert [f"{rule}: {found}, not {due}" for rule, (found, due) in balance.items() if found != due] == []
    assert {*crowd.answers} <= {"good", BROKEN, "409"}


def kill_again_and_again(core: Core, crowd: Crowd, programs: tuple[Restarted, ...]) -> Counter[str]:
    """After each death, what runs must agree with its rows; a program that has not come back is left to recover."""
    chance, killed = Random(SEED), Counter[str]()
    while killed.total() < KILLS:
        heard = crowd.answers["good"]
        eventually(partial(has_heard, crowd, heard + AT_WORK))
        time.sleep(chance.uniform(0, 0.6))
        crowd.may_start = running(core) < MOST_AT_ONCE
        alive = [program for program in programs if program.answers()]
        if alive:
            killed[chance.choice(alive).kill(chance)] += 1
            with core.read() as reading:
                assert [str(difference) for difference in differences_of_running(reading.session)] == []
    return killed


def has_heard(crowd: Crowd, number: int) -> bool:
    return crowd.answers["good"] >= number


def running(core: Core) -> int:
    with core.read() as reading:
        return reading.session.scalar(select(func.count()).where(Instance.state.in_(RUNNING))) or 0


def report(core: Core, crowd: Crowd, killed: Counter[str], survived: float, took: float) -> str:
    with core.read() as reading:
        fired = select(Job.due_at, Job.finished_at).where(Job.kind == TIMER_JOB, Job.state == JobState.DONE)
        waits = sorted((finished - due).total_seconds() for due, finished in reading.session.execute(fired))
        retried = reading.session.scalar(select(func.count()).where(Job.attempts > 1))
    kills = ", ".join(f"{count} times {name}" for name, count in sorted(killed.items()))
    return (
        f"\n  killed {killed.total()} times in {survived:.0f} s ({kills}); the books were closed after {took:.0f} s\n"
        f"  {len(crowd.started)} starts, {len(crowd.completed)} completions confirmed; answers {dict(crowd.answers)}\n"
        f"  {len(waits)} timers fired, half within {waits[len(waits) // 2]:.1f} s of their moment, all within "
        f"{waits[-1]:.1f} s; {retried} jobs needed a second attempt\n"
    )
