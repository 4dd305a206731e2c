"""What Alembic runs for each command; the connection comes from `engine.core.schema`."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection, text

from engine.base.database import Instant, Json
from engine.core.models import METADATA

# Two starting at once: the second waits here and finds nothing left to do.
MIGRATION_LOCK = 20_261_123


def as_plain_type(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Migrations name the database's types, so that an old one still says the same when our types have changed."""
    if kind == "type" and isinstance(item, Instant):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Json):
        return "sa.Text()"
    return False


def migrate(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": MIGRATION_LOCK})
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        transactional_ddl=True,
        render_as_batch=context.config.attributes.get("render_as_batch", True),
        render_item=as_plain_type,
    )
    with context.begin_transaction():
        context.run_migrations()


migrate(context.config.attributes["connection"])
