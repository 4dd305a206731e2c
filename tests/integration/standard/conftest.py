"""The standard profile: PostgreSQL, Redis, and processes started by their documented commands."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from engine.base.clock import SystemClock
from engine.base.settings import Settings
from engine.core.core import Core
from engine.definitions.examination import Upload, examine
from engine.definitions.operations import deploy, publish
from tests.integration.standard.crowd import open_office
from tests.integration.standard.killing import Restarted, running_until_the_end
from tests.support.busy_procedure import busy_procedure
from tests.support.patience import eventually
from tests.support.programs import answers, environment
from tests.support.services import quiet_port
from workers.application import application


@pytest.fixture
def database_url(postgresql_url: str) -> str:
    return postgresql_url


@pytest.fixture
def env(database_url: str, redis_url: str, settings: Settings) -> dict[str, str]:
    return environment(
        DATABASE_URL=database_url,
        REDIS_URL=redis_url,
        SECRET_KEY=settings.secret_key,
        DATA=str(settings.data_folder),
    )


@pytest.fixture
def core(settings: Settings, redis_url: str) -> Iterator[Core]:
    """A door beside the processes, in the test's own hands."""
    core = Core(replace(settings, redis_url=redis_url), SystemClock())
    yield core
    core.close()


@pytest.fixture
def office(core: Core) -> Core:
    open_office(core)
    with core.work() as work:
        publish(work, deploy(work, examine(Upload(filename="proses.bpmn", source=busy_procedure()))).version_id)
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
