"""Rows written at once, past the ORM's unit of work, whose flush costs as much as a whole step may.

The statements are texts in the driver's own style, made once: to have SQLAlchemy compose one takes longer than running
it. Where nobody reads what came of them they may wait, and go out together (see base/postgresql).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any, cast

import psycopg
from sqlalchemy import Connection, Dialect, Insert, Table, insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value

from engine.base.database import Row
from engine.base.postgresql import patient_of

AT_ONCE = 16
KEPT = 512
Values = Mapping[str, Any]
Shape = tuple[tuple[str, "int | _Elsewhere"], ...]


@dataclass(frozen=True, slots=True)
class Those:
    """What a column holds in the rows of another table in which each named column has the given value."""

    model: type[Row]
    name: str
    where: Values


def insert_rows(session: Session, model: type[Row], rows: Sequence[Values], otherwise: str = "") -> None:
    """Add rows that all give the same columns; few of them go out in one statement.

    `otherwise` is the SQL that follows the values: what to do with those that are there.
    """
    if rows:
        connection, names = connection_of(session), tuple(rows[0])
        for portion in _portions(rows):
            statement = _insert_of(connection.dialect, model, names, len(portion), otherwise)
            statement.write(connection, [row[name] for row in portion for name in names])


def insert_and_read(
    session: Session, model: type[Row], rows: Sequence[Values], otherwise: str
) -> list[tuple[Any, ...]]:
    """The same at once; the values that `otherwise` returns."""
    if not rows:
        return []
    connection, names = connection_of(session), tuple(rows[0])
    found: list[tuple[Any, ...]] = []
    for portion in _portions(rows):
        statement = _insert_of(connection.dialect, model, names, len(portion), otherwise)
        found += statement.read(connection, [row[name] for row in portion for name in names])
    return found


def insert_numbered(session: Session, model: type[Row], rows: Sequence[Values]) -> Sequence[int]:
    """The same; the ids that the database gave them, in their order."""
    if len(rows) < 2:  # several have no order of their own when they come back, one needs none
        return [identity for (identity,) in insert_and_read(session, model, rows, "RETURNING id")]
    return connection_of(session).scalars(_insert_returning(model), rows).all()


def insert_row(session: Session, row: Row) -> None:
    """Add a row that was just made and gets its number from the database; the session knows it from now on."""
    given = {column.name: vars(row)[column.name] for column in table_of(type(row)).columns if column.name in vars(row)}
    (identity,) = insert_numbered(session, type(row), [given])
    set_committed_value(row, "id", identity)
    make_transient_to_detached(row)
    session.add(row)


def update_row(session: Session, row: Row, **values: Any) -> None:
    """Write columns of a loaded row, which shows them from now on."""
    update_where(session, type(row), {key.name: getattr(row, key.name) for key in row.__mapper__.primary_key}, values)
    for name, value in values.items():
        set_committed_value(row, name, value)


def update_where(session: Session, model: type[Row], where: Mapping[str, Any], values: Values) -> None:
    """Write columns of the rows in which each named column has the given value, one of a list, or one of `Those`."""
    connection, (shape, wanted) = connection_of(session), _wanted(where)
    _update_of(connection.dialect, model, tuple(values), shape).write(connection, [*values.values(), *wanted])


def delete_where(session: Session, model: type[Row], where: Mapping[str, Any]) -> None:
    """Remove those rows; none for an empty list."""
    connection, (shape, wanted) = connection_of(session), _wanted(where)
    if all(count for _name, count in shape):
        _where_of(connection.dialect, model, "DELETE", shape).write(connection, wanted)


def read_where(
    session: Session, model: type[Row], names: tuple[str, ...], where: Mapping[str, Any]
) -> Sequence[tuple[Any, ...]]:
    """Columns of those rows as the driver gives them: numbers and texts."""
    connection, (shape, wanted) = connection_of(session), _wanted(where)
    return _where_of(connection.dialect, model, f"SELECT {', '.join(names)}", shape).read(connection, wanted)


def table_of(model: type[Row]) -> Table:
    """A statement on the table itself passes the ORM by."""
    return cast(Table, model.__table__)


def read_text(connection: Connection, text: str, values: Sequence[Any]) -> Sequence[tuple[Any, ...]]:
    """What a statement in the driver's style gives: SQLAlchemy takes longer over its rows than the server."""
    patient = patient_of(connection)
    if patient is None:
        return [tuple(row) for row in connection.exec_driver_sql(text, tuple(values))]
    try:
        return patient.ask(text, values)
    except psycopg.Error as error:
        raise DBAPIError.instance(text, tuple(values), error, psycopg.Error, dialect=connection.dialect) from error


@dataclass(frozen=True, slots=True)
class _Statement:
    """A text with a place for each value, and how each becomes what the driver takes."""

    text: str
    processes: tuple[Callable[[Any], Any] | None, ...]

    def write(self, connection: Connection, values: Sequence[Any]) -> None:
        """Nobody reads what comes of it, so it may wait where there is a trip to be saved."""
        patient = patient_of(connection)
        if patient is None:
            connection.exec_driver_sql(self.text, self._processed(values))
        else:
            patient.let_wait(self.text, self._processed(values))

    def read(self, connection: Connection, values: Sequence[Any]) -> Sequence[tuple[Any, ...]]:
        return read_text(connection, self.text, self._processed(values))

    def _processed(self, values: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(
            value if process is None else process(value) for value, process in zip(values, self.processes, strict=True)
        )


def connection_of(session: Session) -> Connection:
    session.flush()  # what the ORM still holds may be what these rows refer to
    return session.connection()


def _portions(rows: Sequence[Values]) -> Iterator[tuple[Values, ...]]:
    remaining = iter(rows)
    while portion := tuple(islice(remaining, AT_ONCE)):
        yield portion


def _wanted(where: Mapping[str, Any]) -> tuple[Shape, list[Any]]:
    """How many values each column may have, and these values."""
    shape: list[tuple[str, int | _Elsewhere]] = []
    wanted: list[Any] = []
    for name, value in where.items():
        if isinstance(value, Those):
            inner, among = _wanted(value.where)
            shape.append((name, _Elsewhere(value.model, value.name, inner)))
        else:
            among = value if isinstance(value, list) else [value]
            shape.append((name, len(among)))
        wanted += among
    return tuple(shape), wanted


@dataclass(frozen=True, slots=True)
class _Elsewhere:
    """Those, without their values."""

    model: type[Row]
    name: str
    shape: Shape


@lru_cache(KEPT)
def _insert_of(dialect: Dialect, model: type[Row], names: tuple[str, ...], count: int, otherwise: str) -> _Statement:
    table, place = table_of(model), place_in(dialect)
    places = ", ".join([f"({', '.join(place for _name in names)})"] * count)
    text = f"INSERT INTO {table.name} ({', '.join(names)}) VALUES {places} {otherwise}"  # noqa: S608  # columns of ours
    return _Statement(text, tuple(_process(dialect, table, name) for name in names) * count)


@lru_cache(KEPT)
def _update_of(dialect: Dialect, model: type[Row], names: tuple[str, ...], shape: Shape) -> _Statement:
    table, place = table_of(model), place_in(dialect)
    told = ", ".join(f"{name} = {place}" for name in names)
    text = f"UPDATE {table.name} SET {told} WHERE {_condition(place, shape)}"  # noqa: S608  # as above
    return _Statement(text, (*(_process(dialect, table, name) for name in names), *_processes(dialect, table, shape)))


@lru_cache(KEPT)
def _where_of(dialect: Dialect, model: type[Row], act: str, shape: Shape) -> _Statement:
    table = table_of(model)
    text = f"{act} FROM {table.name} WHERE {_condition(place_in(dialect), shape)}"
    return _Statement(text, tuple(_processes(dialect, table, shape)))


def _condition(place: str, shape: Shape) -> str:
    return " AND ".join(f"{name} IN ({_among(place, what)})" for name, what in shape)


def _among(place: str, what: int | _Elsewhere) -> str:
    if isinstance(what, int):
        return ", ".join([place] * what)
    return f"SELECT {what.name} FROM {table_of(what.model).name} WHERE {_condition(place, what.shape)}"  # noqa: S608


def _processes(dialect: Dialect, table: Table, shape: Shape) -> Iterator[Callable[[Any], Any] | None]:
    for name, what in shape:
        if isinstance(what, int):
            yield from [_process(dialect, table, name)] * what
        else:
            yield from _processes(dialect, table_of(what.model), what.shape)


def place_in(dialect: Dialect) -> str:
    return "?" if dialect.paramstyle == "qmark" else "%s"


def _process(dialect: Dialect, table: Table, name: str) -> Callable[[Any], Any] | None:
    return table.c[name].type.dialect_impl(dialect).bind_processor(dialect)


@lru_cache
def _insert_returning(model: type[Row]) -> Insert:
    table = table_of(model)
    return insert(table).returning(table.c.id, sort_by_parameter_order=True)
