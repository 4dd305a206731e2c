"""Rows read and locked past the ORM, which takes longer over fifty columns than the database over a whole step."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Dialect
from sqlalchemy.orm import Session, make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.util import identity_key

from engine.base.database import Row
from engine.base.rows import KEPT, connection_of, place_in, read_text, table_of

Process = Callable[[Any], Any] | None


def find_rows(
    session: Session, models: tuple[type[Row], ...], more: str, where: str, *values: Any
) -> list[tuple[Any, ...]]:
    """An object of each model, which the session knows and which is as it is now, and the value of `more`.

    `where` is the SQL from FROM on, with `?` for its values. SQLite locks nothing: there the writer is alone.
    """
    connection = connection_of(session)
    selection = _selection_of(connection.dialect, models, more, where)
    return [tuple(selection.objects(session, row)) for row in read_text(connection, selection.text, values)]


@dataclass(frozen=True, slots=True)
class _Part:
    model: type[Row]
    columns: tuple[tuple[str, Process], ...]

    def known(self, session: Session, read: Sequence[Any]) -> Row:
        values = {
            name: value if process is None else process(value)
            for (name, process), value in zip(self.columns, read, strict=True)
        }
        row = session.identity_map.get(identity_key(self.model, (values["id"],)))
        if row is None:
            return _new(session, self.model, values)
        for name, value in values.items():
            set_committed_value(row, name, value)
        return row


@dataclass(frozen=True, slots=True)
class _Selection:
    text: str
    parts: tuple[_Part, ...]

    def objects(self, session: Session, read: Sequence[Any]) -> Iterator[Any]:
        first = 0
        for part in self.parts:
            yield part.known(session, read[first : first + len(part.columns)])
            first += len(part.columns)
        yield read[first]


def _new(session: Session, model: type[Row], values: dict[str, Any]) -> Row:
    row = model()
    vars(row).update(values)
    make_transient_to_detached(row)
    session.add(row)
    return row


@lru_cache(KEPT)
def _selection_of(dialect: Dialect, models: tuple[type[Row], ...], more: str, where: str) -> _Selection:
    wanted = [f"{table_of(model).name}.{column.name}" for model in models for column in table_of(model).columns]
    there = where.partition(" FOR UPDATE")[0] if dialect.name == "sqlite" else where
    text = f"SELECT {', '.join(wanted)}, {more} {there}"  # names of our own columns
    return _Selection(text.replace("?", place_in(dialect)), tuple(_part(dialect, model) for model in models))


def _part(dialect: Dialect, model: type[Row]) -> _Part:
    columns = table_of(model).columns
    return _Part(model, tuple((each.name, _process(dialect, each.type)) for each in columns))


def _process(dialect: Dialect, kind: Any) -> Process:
    process: Process = kind.dialect_impl(dialect).result_processor(dialect, None)
    return process
