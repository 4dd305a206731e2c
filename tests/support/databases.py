"""Fixtures with a database: a test that asks for `database` runs on SQLite and on PostgreSQL.

A ring that needs one of the two only gives its own `database_url`, made of `sqlite_url` or `postgresql_url`.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from engine.audit.operations import write_entries
from engine.base.actor import SYSTEM, Actor
from engine.base.clock import FrozenClock
from engine.base.database import database_engine
from engine.base.settings import Settings
from engine.base.unit_of_work import UnitOfWork
from engine.core.core import Core
from engine.core.schema import upgrade
from tests.support.services import PostgreSQLServer, postgresql_server, redis_server

OpenWork = Callable[..., AbstractContextManager[UnitOfWork]]
_serial = count(1)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQLServer]:
    with postgresql_server() as server:
        yield server


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    with redis_server() as url:
        yield url


@pytest.fixture(scope="session")
def postgresql_template(postgresql: PostgreSQLServer) -> str:
    """The name of a migrated, empty database to copy."""
    postgresql.run("CREATE DATABASE template_tatakerja")
    upgrade(postgresql.url("template_tatakerja"))
    return "template_tatakerja"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty database file to copy."""
    path = tmp_path_factory.mktemp("template") / "tatakerja.sqlite"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of a fresh, migrated database."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'tatakerja.sqlite')}"


@pytest.fixture
def postgresql_url(postgresql: PostgreSQLServer, postgresql_template: str) -> Iterator[str]:
    name = f"test_{next(_serial)}"
    postgresql.run(f"CREATE DATABASE {name} TEMPLATE {postgresql_template}")
    yield postgresql.url(name)
    postgresql.run(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without any table."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.sqlite'}"
    server: PostgreSQLServer = request.getfixturevalue("postgresql")
    name = f"empty_{next(_serial)}"
    server.run(f"CREATE DATABASE {name}")
    return server.url(name)


@pytest.fixture
def database(database_url: str) -> Iterator[Engine]:
    """A fresh, migrated database, once SQLite and once PostgreSQL."""
    engine = database_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def session(database: Engine) -> Iterator[Session]:
    """For looking, and for rows that a test needs before it acts; commit before opening `work`."""
    with Session(database) as session:
        yield session


@pytest.fixture
def work(database: Engine, clock: FrozenClock, settings: Settings) -> OpenWork:
    """`with work() as w:` opens a unit of work at the clock's instant and commits it; `work(actor)` as somebody."""
    writers = database.execution_options(writes=True)

    @contextmanager
    def open_work(actor: Actor = SYSTEM) -> Iterator[UnitOfWork]:
        with Session(writers, expire_on_commit=False) as session, session.begin():
            work = UnitOfWork(session=session, actor=actor, now=clock.now(), settings=settings)
            yield work
            write_entries(work)

    return open_work


@pytest.fixture
def core(database: Engine, settings: Settings, clock: FrozenClock) -> Core:
    """The assembled house over the test's database; nobody nudges, so call `core.run_due_jobs()`."""
    return Core(settings, clock, engine=database)
