"""What a database is asked."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event


@contextmanager
def asked(engine: Engine) -> Iterator[list[str]]:
    """The statements that are run while the block runs, in their order."""
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if not statement.startswith("BEGIN"):  # SQLite's; PostgreSQL's go with the statement that follows
            statements.append(" ".join(statement.split()))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)


@contextmanager
def trips(engine: Engine) -> Iterator[list[int]]:
    """How often each connection to PostgreSQL that is used while the block runs goes there and back."""
    before: dict[Any, int] = {}
    made: list[int] = []

    def begin(connection: Any, *_more: Any) -> None:
        before[connection] = connection.trips

    def end(connection: Any, *_more: Any) -> None:
        made.append(connection.trips - before.pop(connection))

    event.listen(engine, "checkout", begin)
    event.listen(engine, "checkin", end)
    try:
        yield made
    finally:
        event.remove(engine, "checkout", begin)
        event.remove(engine, "checkin", end)
