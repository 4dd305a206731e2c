"""The database: base of all rows, column types, and engines for SQLite and PostgreSQL."""

import json
from datetime import UTC, datetime
from select import POLLIN, poll
from typing import Any

from sqlalchemy import DateTime, Engine, MetaData, Text, TypeDecorator, create_engine, event
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.orm import DeclarativeBase

from engine.base.postgresql import READS_ONLY, make_few_trips

# To compile a statement takes half a second; ours take milliseconds, whatever the planner estimates. Pages are read in
# any order from memory or an SSD: at the cost of a turning disk a young table is read whole, row by row.
OPTIONS = "-c jit=off -c random_page_cost=1.1"
BUSY_SECONDS = 15


class Row(DeclarativeBase):
    """Base of all rows; constraints get names so that migrations can find them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Instant(TypeDecorator[datetime]):
    """An aware moment, kept in UTC; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a zone cannot be stored")
        instant = value.astimezone(UTC)
        return instant.replace(tzinfo=None) if dialect.name == "sqlite" else instant

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Json(TypeDecorator[Any]):
    """A JSON value kept as text: the same bytes come back on both databases."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else json.loads(value)


def database_engine(url: str, pool_size: int = 10) -> Engine:
    """An engine for `url`; `sqlite://` or `postgresql+psycopg://`."""
    if not url.startswith("sqlite"):
        engine = create_engine(
            url,
            pool_size=pool_size,
            max_overflow=pool_size,
            pool_use_lifo=True,  # the connection used last has all at hand that is needed again
            connect_args={"options": OPTIONS},
        )
        event.listen(engine, "checkout", _leave_the_dead)
        make_few_trips(engine)
        return engine
    # Without an isolation level the driver begins nothing by itself: `_begin_sqlite` does.
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS, "isolation_level": None})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def for_reading(engine: Engine) -> Engine:
    """The same engine, whose transactions see one instant and cannot write; SQLite's readers see one by nature."""
    if engine.dialect.name == "sqlite":
        return engine
    return engine.execution_options(**{READS_ONLY: True})


def for_writing(engine: Engine) -> Engine:
    return engine.execution_options(writes=True)


def _leave_the_dead(connection: Any, _record: Any, _proxy: Any) -> None:
    """A connection that a restarted server has closed is replaced before anyone uses it.

    Nothing was asked on it, so it has something to read only when the server has said goodbye; a ping would tell the
    same and cost each piece of work a question to the server.
    """
    if connection.closed:
        raise DisconnectionError
    waiting = poll()
    waiting.register(connection.fileno(), POLLIN)
    if waiting.poll(0):
        raise DisconnectionError


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_SECONDS * 1000}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # Writers take their place at once: a reader that turns writer half way cannot wait, it fails.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
