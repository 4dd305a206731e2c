"""A database that lives as long as its play, in one thread, and can be put back as it was."""

from collections.abc import Iterator
from contextlib import contextmanager
from sqlite3 import Connection
from typing import cast

from sqlalchemy import Engine

from engine.base.database import database_engine
from engine.core.models import METADATA


def memory_database() -> Engine:
    """Empty, with the schema of this version of the program."""
    engine = database_engine("sqlite://")
    METADATA.create_all(engine.execution_options(writes=True))
    return engine


def taken(engine: Engine) -> bytes:
    """All that is in it, to be put back later; a copy of memory, so it costs next to nothing."""
    with _driver(engine) as connection:
        return connection.serialize()


def put_back(engine: Engine, image: bytes) -> None:
    with _driver(engine) as connection:
        connection.deserialize(image)


@contextmanager
def _driver(engine: Engine) -> Iterator[Connection]:
    pooled = engine.raw_connection()
    try:
        yield cast(Connection, pooled.driver_connection)
    finally:
        pooled.close()
