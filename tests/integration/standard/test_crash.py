"""The standard profile under load, killed twenty times: nothing lost, nothing done twice.

Web and worker die by SIGKILL at moments that a seeded chance chooses, while people work, timers fire within seconds,
services number letters, and messages go from step to step. After each death the rows of every running case must follow
from its state; at the end the books must balance.
"""

import sys
import time
from collections import Counter
from functools import partial
from random import Random

import pytest
from sqlalchemy import func, select

from engine.core.core import Core
from engine.execution.consistency import differences_of_running
from engine.execution.timer_rows import TIMER_JOB
from engine.jobs.model import Job, JobState
from tests.integration.standard.books import imbalances, running
from tests.integration.standard.crowd import BROKEN, Crowd
from tests.integration.standard.killing import Restarted
from tests.support.patience import eventually

SEED = 20261123
KILLS = 20
MOST_AT_ONCE = 25
AT_WORK = 12  # so many answers, and people are at work again


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
    assert imbalances(office, crowd) == []
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
