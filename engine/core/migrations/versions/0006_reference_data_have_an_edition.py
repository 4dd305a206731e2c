"""What all steps read and few acts change has an edition: whoever changes it, the database gives it another mark"""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TABLES = (
    *("unit", "position", "employee", "holding", "holiday", "ramadan_period"),
    *("process_definition", "definition_version", "version_call"),
)
ACTS = ("insert", "update", "delete")
NEW_MARK = {"postgresql": "gen_random_uuid()::text", "sqlite": "lower(hex(randomblob(16)))"}


def upgrade() -> None:
    op.create_table(
        "edition",
        sa.Column("subject", sa.String(length=20), nullable=False),
        sa.Column("mark", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_edition")),
    )
    dialect = op.get_bind().dialect.name
    op.execute(f"INSERT INTO edition (subject, mark) VALUES ('reference', {NEW_MARK[dialect]})")  # noqa: S608  # ours
    change = f"UPDATE edition SET mark = {NEW_MARK[dialect]} WHERE subject = 'reference';"  # noqa: S608  # ours
    if dialect == "postgresql":
        op.execute(
            f"CREATE FUNCTION begin_edition() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {change} RETURN NULL; END $$"
        )
        for table in TABLES:
            op.execute(
                f"CREATE TRIGGER {table}_begins_edition AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION begin_edition()"
            )
        return
    for table, act in _acts():
        op.execute(f"CREATE TRIGGER {table}_begins_edition_{act} AFTER {act.upper()} ON {table} BEGIN {change} END")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for table in TABLES:
            op.execute(f"DROP TRIGGER {table}_begins_edition ON {table}")
        op.execute("DROP FUNCTION begin_edition()")
    else:
        for table, act in _acts():
            op.execute(f"DROP TRIGGER {table}_begins_edition_{act}")
    op.drop_table("edition")


def _acts() -> Iterator[tuple[str, str]]:
    return ((table, act) for table in TABLES for act in ACTS)
