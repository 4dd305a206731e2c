"""Open work is found by its case"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

NAME = "ix_work_item_open_of_case"
IS_OPEN = sa.text("state = 'open'")


def upgrade() -> None:
    op.create_index(NAME, "work_item", ["instance_id"], unique=False, postgresql_where=IS_OPEN, sqlite_where=IS_OPEN)


def downgrade() -> None:
    op.drop_index(NAME, table_name="work_item")
