"""The embedded profile: SQLite, and everything in this process."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from celery import Celery

from engine.base.clock import SystemClock
from engine.base.settings import Settings
from engine.core.core import Core
from workers.application import application
from workers.tasks import add_tasks


@pytest.fixture
def core(settings: Settings, sqlite_url: str) -> Iterator[Core]:
    core = Core(replace(settings, database_url=sqlite_url), SystemClock())
    yield core
    core.close()


@pytest.fixture
def app(core: Core) -> Celery:
    app = application(core.settings)
    add_tasks(app, core)
    return app


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url
