"""The standard profile: PostgreSQL, Redis, and processes started by their documented commands."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from engine.base.clock import SystemClock
from engine.base.settings import Settings
from engine.core.core import Core
from tests.support.programs import environment


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
