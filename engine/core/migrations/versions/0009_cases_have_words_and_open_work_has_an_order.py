"""Cases are found by their words, and open work stands in the order of its lists"""

import json
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

AT_ONCE = 500
MOST_WORDS = 400
WORD = re.compile(r"[^\W_]+")
OPEN = sa.text("state = 'open'")
PREFERRED = sa.text("state = 'open' AND priority <> 0")
INSTANCE = sa.table(
    "instance", sa.column("id"), sa.column("number"), sa.column("title"), sa.column("variables"), sa.column("words")
)


def upgrade() -> None:
    # Not in a batch: nothing of the table changes, and it may be large.
    op.add_column("instance", sa.Column("words", sa.Text(), server_default="", nullable=False))
    _fill()
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE INDEX ix_instance_words ON instance USING gin (array_to_tsvector(string_to_array(words, ' ')))"
        )
    op.create_index("ix_work_item_open_by_due", "work_item", ["due_at", "id"], postgresql_where=OPEN, sqlite_where=OPEN)
    op.create_index(
        "ix_work_item_open_by_priority",
        "work_item",
        ["priority", "due_at", "id"],
        postgresql_where=PREFERRED,
        sqlite_where=PREFERRED,
    )


def downgrade() -> None:
    op.drop_index("ix_work_item_open_by_priority", "work_item")
    op.drop_index("ix_work_item_open_by_due", "work_item")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP INDEX ix_instance_words")
    op.drop_column("instance", "words")


def _fill() -> None:
    """The words of the cases that there are."""
    connection, last = op.get_bind(), 0
    write = sa.update(INSTANCE).where(INSTANCE.c.id == sa.bindparam("which")).values(words=sa.bindparam("said"))
    page = sa.select(INSTANCE.c.id, INSTANCE.c.number, INSTANCE.c.title, INSTANCE.c.variables)
    while rows := connection.execute(page.where(INSTANCE.c.id > last).order_by(INSTANCE.c.id).limit(AT_ONCE)).all():
        connection.execute(
            write, [{"which": row.id, "said": _words(row.number, row.title, json.loads(row.variables))} for row in rows]
        )
        last = rows[-1].id


def _words(*values: Any) -> str:
    words: dict[str, None] = {}
    for text in _texts(values):
        words |= dict.fromkeys(word[:40] for word in WORD.findall(unicodedata.normalize("NFKC", text).casefold()))
    return " ".join(list(words)[:MOST_WORDS])


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)
    elif value is not None and not isinstance(value, bool):
        yield str(value)
