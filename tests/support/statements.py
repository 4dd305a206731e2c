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
def trips(engine: Engine) -> Iterator[list[str]]:
    """The trips to PostgreSQL while the block runs: statements that do not wait for others, and commits."""

    def note_commit(_connection: Any) -> None:
        made.append("COMMIT")

    with asked(engine) as made:
        event.listen(engine, "commit", note_commit)
        try:
            yield made
        finally:
            event.remove(engine, "commit", note_commit)
