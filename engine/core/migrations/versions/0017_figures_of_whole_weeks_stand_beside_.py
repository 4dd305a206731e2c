"""Figures of whole weeks stand beside those of days"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("step_figure", schema=None) as batch_op:
        batch_op.add_column(sa.Column("length", sa.Integer(), server_default="1", nullable=False))
        batch_op.drop_index(batch_op.f("ix_step_figure_day_definition_id"))
        batch_op.create_index(batch_op.f("ix_step_figure_length_day"), ["length", "day"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("step_figure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_step_figure_length_day"))
        batch_op.create_index(batch_op.f("ix_step_figure_day_definition_id"), ["day", "definition_id"], unique=False)
        batch_op.drop_column("length")
