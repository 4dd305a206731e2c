"""Rows written at once, past the ORM's unit of work, whose flush costs as much as a whole step may."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any, cast

from sqlalchemy import Insert, Table, TextClause, Update, bindparam, insert, text, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from engine.base.database import Row

AT_ONCE = 16
Values = Mapping[str, Any]


def insert_rows(session: Session, model: type[Row], rows: Sequence[Values], otherwise: str = "") -> list[Any]:
    """Add rows that all give the same columns; few of them go out in one statement.

    `otherwise` is the SQL that follows the values: what to do with those that are there, and what to return.
    """
    if not rows:
        return []
    session.flush()  # what the ORM still holds may be what these rows refer to
    connection = session.connection()
    found: list[Any] = []
    for portion in _portions(rows):
        statement = _insert_of(model, tuple(portion[0]), len(portion), otherwise)
        values = {f"{name}_{n}": value for n, row in enumerate(portion) for name, value in row.items()}
        result = connection.execute(statement, values)
        found += result.all() if otherwise else ()
    return found


def insert_numbered(session: Session, model: type[Row], rows: Sequence[Values]) -> Sequence[int]:
    """The same; the ids that the database gave them, in their order."""
    if len(rows) < 2:  # several have no order of their own when they come back, one needs none
        return [row.id for row in insert_rows(session, model, rows, "RETURNING id")]
    session.flush()  # as above
    return session.connection().scalars(_insert_returning(model), rows).all()


def update_row(session: Session, row: Row, **values: Any) -> None:
    """Write columns of a loaded row, which shows them from now on."""
    session.flush()  # as above
    identity = {f"key_{column.name}": getattr(row, column.name) for column in row.__mapper__.primary_key}
    session.connection().execute(_update_of(type(row), tuple(values)), {**identity, **values})
    for name, value in values.items():
        set_committed_value(row, name, value)


def table_of(model: type[Row]) -> Table:
    """A statement on the table itself passes the ORM by."""
    return cast(Table, model.__table__)


def _portions(rows: Sequence[Values]) -> Iterator[tuple[Values, ...]]:
    remaining = iter(rows)
    while portion := tuple(islice(remaining, AT_ONCE)):
        yield portion


@lru_cache
def _insert_of(model: type[Row], names: tuple[str, ...], count: int, otherwise: str) -> TextClause:
    """Text, because SQLAlchemy compiles an insert of several rows anew each time."""
    table = table_of(model)
    places = ", ".join(f"({', '.join(f':{name}_{n}' for name in names)})" for n in range(count))
    statement = text(f"INSERT INTO {table.name} ({', '.join(names)}) VALUES {places} {otherwise}")  # noqa: S608  # names of our own columns
    binds = [bindparam(f"{name}_{n}", type_=table.c[name].type) for n in range(count) for name in names]
    return statement.bindparams(*binds)


@lru_cache
def _insert_returning(model: type[Row]) -> Insert:
    table = table_of(model)
    return insert(table).returning(table.c.id, sort_by_parameter_order=True)


@lru_cache
def _update_of(model: type[Row], names: tuple[str, ...]) -> Update:
    table = table_of(model)
    is_it = [column == bindparam(f"key_{column.name}") for column in model.__mapper__.primary_key]
    return update(table).where(*is_it).values({name: bindparam(name) for name in names})
