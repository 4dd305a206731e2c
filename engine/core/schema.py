"""The database's schema, carried from one revision to the next; no file names an address."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, event

from engine.base.database import database_engine

MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(url: str, revision: str = "head") -> None:
    with configuration(url) as config:
        command.upgrade(config, revision)


def downgrade(url: str, revision: str = "base") -> None:
    with configuration(url) as config:
        command.downgrade(config, revision)


def is_at_head(engine: Engine) -> bool:
    """Whether the database has the schema that this program was written for."""
    with engine.connect() as connection:
        revision = MigrationContext.configure(connection).get_current_revision()
    return revision == _head()


@cache
def _head() -> str | None:
    return ScriptDirectory(str(MIGRATIONS)).get_current_head()


@contextmanager
def configuration(url: str) -> Iterator[Config]:
    """Alembic's configuration with an open connection, committed when the block is left."""
    engine = database_engine(url).execution_options(writes=True)
    if engine.dialect.name == "sqlite":
        # SQLite alters a table by building it anew; with its keys guarded, dropping the old one would empty others.
        event.listen(engine, "connect", lambda connection, _record: connection.execute("PRAGMA foreign_keys=OFF"))
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        yield config
    engine.dispose()
