"""Figures of a procedure stand in its index"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

NAME = "ix_work_item_done_by_procedure"
COLUMNS = ["definition_id", "closed_at"]
IS_DONE = sa.text("state = 'completed'")


def upgrade() -> None:
    op.drop_index(NAME, table_name="work_item")
    op.create_index(
        NAME,
        "work_item",
        COLUMNS,
        unique=False,
        postgresql_include=["element", "unit_id", "waited_minutes", "worked_minutes"],
        postgresql_where=IS_DONE,
        sqlite_where=IS_DONE,
    )


def downgrade() -> None:
    op.drop_index(NAME, table_name="work_item")
    op.create_index(NAME, "work_item", COLUMNS, unique=False, postgresql_where=IS_DONE, sqlite_where=IS_DONE)
