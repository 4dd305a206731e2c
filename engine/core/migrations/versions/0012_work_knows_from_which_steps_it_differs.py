"""Work knows from which steps it differs, and whether it is strategic"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Not in a batch: SQLite would build the table anew for it.
    op.add_column("work_item", sa.Column("differs_from", sa.Text(), nullable=True))
    op.add_column("work_item", sa.Column("is_strategic", sa.Boolean(), server_default="0", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("work_item", schema=None) as batch_op:
        batch_op.drop_column("is_strategic")
        batch_op.drop_column("differs_from")
