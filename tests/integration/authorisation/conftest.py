"""The office of the matrix: made once for all that a worker asks, on SQLite; a slice of it on PostgreSQL."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.base.clock import FrozenClock
from engine.base.settings import settings_from
from engine.core.core import Core
from tests.integration.authorisation.asking import Office
from tests.integration.authorisation.ground import Ground, prepare
from tests.support.services import PostgreSQLServer
from webui.application import create_app
from webui.security import limiter

MONDAY_MORNING = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def office(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("matrix")
    database = Path(shutil.copy(sqlite_template, folder / "tatakerja.sqlite"))
    core = core_of(folder, f"sqlite:///{database}")
    ground = prepare(core)
    core.close()
    kept = Path(shutil.copy(database, folder / "kept.sqlite"))
    yield office_over(core, ground, database, kept)
    core.close()


@pytest.fixture(scope="session")
def office_on_postgresql(
    postgresql: PostgreSQLServer, postgresql_template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Office]:
    """For looking only: it is never put back."""
    postgresql.run(f"CREATE DATABASE matrix TEMPLATE {postgresql_template}")
    folder = tmp_path_factory.mktemp("matrix")
    core = core_of(folder, postgresql.url("matrix"))
    yield office_over(core, prepare(core), folder, folder)
    core.close()
    postgresql.run("DROP DATABASE matrix WITH (FORCE)")


def core_of(folder: Path, database_url: str) -> Core:
    settings = settings_from(
        {
            "TATAKERJA_DATA": str(folder / "data"),
            "TATAKERJA_SECRET_KEY": "a secret only for tests",
            "TATAKERJA_DATABASE_URL": database_url,
        }
    )
    return Core(settings, FrozenClock(MONDAY_MORNING))


def office_over(core: Core, ground: Ground, database: Path, kept: Path) -> Office:
    app = create_app(core)
    app.config["WTF_CSRF_ENABLED"] = False
    return Office(app=app, core=core, ground=ground, described=dict(app.spec), database=database, kept=kept)


@pytest.fixture(autouse=True)
def nobody_is_throttled() -> Iterator[None]:
    """One address asks some thousand times here."""
    limiter.enabled = False
    yield
    limiter.enabled = True
