"""What a database is asked."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event

from engine.base.postgresql import MAY_WAIT


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
def trips(engine: Engine) -> Iterator[list[str]]:
    """The statements that do not wait for others while the block runs, and the commits: each is a trip to a server."""
    made: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, _values: Any, context: Any, _many: Any) -> None:
        if not statement.startswith("BEGIN") and not context.execution_options.get(MAY_WAIT, False):
            made.append(" ".join(statement.split()))

    def note_commit(_connection: Any) -> None:
        made.append("COMMIT")

    event.listen(engine, "before_cursor_execute", note)
    event.listen(engine, "commit", note_commit)
    try:
        yield made
    finally:
        event.remove(engine, "before_cursor_execute", note)
        event.remove(engine, "commit", note_commit)
