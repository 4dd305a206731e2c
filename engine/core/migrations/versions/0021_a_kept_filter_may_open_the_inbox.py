"""A kept filter may open the inbox"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

NAME = "ix_saved_filter_opening"
OPENS_INBOX = sa.text("opens_inbox")


def upgrade() -> None:
    op.add_column("saved_filter", sa.Column("opens_inbox", sa.Boolean(), server_default="0", nullable=False))
    op.create_index(
        NAME,
        "saved_filter",
        ["employee_id"],
        unique=True,
        postgresql_where=OPENS_INBOX,
        sqlite_where=OPENS_INBOX,
    )


def downgrade() -> None:
    op.drop_index(NAME, table_name="saved_filter")
    op.drop_column("saved_filter", "opens_inbox")
