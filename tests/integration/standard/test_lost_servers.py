"""Redis loses everything it held, and PostgreSQL crashes and recovers, under load: nothing lost, nothing done twice.

A PostgreSQL server of which one process dies by SIGKILL breaks every connection off and recovers from its log, as after
a crash of the machine. Redis is killed and comes back empty.
"""

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
import redis
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from engine.core.core import Core
from engine.core.schema import upgrade
from engine.execution.consistency import differences_of_running
from tests.integration.standard.books import imbalances, running
from tests.integration.standard.crowd import BROKEN, Crowd
from tests.integration.standard.killing import Restarted
from tests.support.patience import eventually
from tests.support.services import PostgreSQLServer, free_port, postgresql_server, redis_command

DURABLE: dict[str, str] = {}  # as PostgreSQL is by itself: what was committed is on the disk
LOSSES = 4
AT_WORK = 25  # so many answers, and people are at work again
MOST_AT_ONCE = 25
DOWN_SECONDS = 1.0


class LossyRedis:
    """A Redis server that keeps nothing, and comes back at its address after it was killed."""

    def __init__(self) -> None:
        self._port = free_port()
        self.url = f"redis://127.0.0.1:{self._port}/0"
        self.start()

    def start(self) -> None:
        self._process = subprocess.Popen(redis_command(self._port), stdout=subprocess.DEVNULL)
        assert eventually(self.answers)

    def answers(self) -> bool:
        with suppress(redis.ConnectionError):
            return bool(redis.Redis.from_url(self.url).ping())
        return False

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()


@pytest.fixture
def lossy_redis() -> Iterator[LossyRedis]:
    server = LossyRedis()
    yield server
    server.kill()


@pytest.fixture
def redis_url(lossy_redis: LossyRedis) -> str:
    return lossy_redis.url


@pytest.fixture(scope="module")
def durable_postgresql() -> Iterator[PostgreSQLServer]:
    with postgresql_server(DURABLE) as server:
        yield server


@pytest.fixture
def database_url(durable_postgresql: PostgreSQLServer, request: pytest.FixtureRequest) -> str:
    name = f"lost_{abs(hash(request.node.name))}"
    durable_postgresql.run(f"CREATE DATABASE {name}")
    upgrade(durable_postgresql.url(name))
    return durable_postgresql.url(name)


@pytest.mark.timeout(300)
def test_work_goes_on_when_redis_loses_everything(office, programs, address, lossy_redis):
    def lose_redis() -> None:
        lossy_redis.kill()
        time.sleep(DOWN_SECONDS)
        lossy_redis.start()

    crowd = at_work(office, address)
    lose_again_and_again(office, crowd, lose_redis)
    close_the_day(office, crowd, programs)
    assert imbalances(office, crowd) == []
    assert {*crowd.answers} <= {"good", "409"}


@pytest.mark.timeout(300)
def test_work_goes_on_when_postgresql_crashes_and_recovers(office, programs, address):
    crowd = at_work(office, address)
    lose_again_and_again(office, crowd, lambda: crash_postgresql(office))
    close_the_day(office, crowd, programs)
    assert imbalances(office, crowd) == []
    assert {*crowd.answers} <= {"good", BROKEN, "409", "503"}
    assert guesses(f"http://{address}") == [401] * 10 + [429] * 6  # its processes count together


def at_work(core: Core, address: str) -> Crowd:
    crowd = Crowd(core, f"http://{address}")
    for seed, name in enumerate(("eko", "citra", "ani", "budi")):
        crowd.let_in(name, seed, starts=name == "eko")
    return crowd


def lose_again_and_again(core: Core, crowd: Crowd, lose: Callable[[], None]) -> None:
    """Each time once people are at work again; what runs must then agree with its rows."""
    for _loss in range(LOSSES):
        heard = crowd.answers["good"]
        assert eventually(lambda heard=heard: crowd.answers["good"] >= heard + AT_WORK)
        crowd.may_start = running(core) < MOST_AT_ONCE
        lose()
        assert eventually(lambda: differences(core) == [])


def close_the_day(core: Core, crowd: Crowd, programs: tuple[Restarted, ...]) -> None:
    """A program that gave up is started again, as the supervisor of docker-compose.yml does."""

    def all_has_ended() -> bool:
        for program in programs:
            program.revive()
        return not running(core)

    crowd.may_start = False
    assert eventually(all_has_ended, seconds=120), [program.said() for program in programs]
    crowd.send_home()


def crash_postgresql(core: Core) -> None:
    """Kill the process that serves us; the server then breaks off all others too, and recovers."""
    with core.read() as reading:
        backend = reading.session.scalar(text("SELECT pg_backend_pid()"))
        os.kill(backend, signal.SIGKILL)
        with suppress(DBAPIError):
            reading.session.execute(text("SELECT 1"))


def guesses(address: str) -> list[int]:
    """What sixteen wrong passwords for one name are answered."""
    wrong = json.dumps({"username": "ani", "password": "salah-salah-salah", "label": "tebakan"}).encode()
    answers = []
    for _guess in range(16):
        try:
            urlopen(Request(f"{address}/api/v1/tokens", data=wrong, headers={"Content-Type": "application/json"}))
        except HTTPError as refusal:
            answers.append(refusal.code)
    return answers


def differences(core: Core) -> list[str] | None:
    """None while the database does not answer."""
    with suppress(DBAPIError), core.read() as reading:
        return [str(difference) for difference in differences_of_running(reading.session)]
    return None
