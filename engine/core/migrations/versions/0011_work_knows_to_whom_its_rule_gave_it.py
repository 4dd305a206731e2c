"""Work knows to whom its rule gave it"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "turn",
        sa.Column("definition_id", sa.Integer(), nullable=False),
        sa.Column("last", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["definition_id"], ["process_definition.id"], name=op.f("fk_turn_definition_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("definition_id", name=op.f("pk_turn")),
    )
    # Not in a batch: SQLite would build the table anew for it.
    op.add_column("work_item", sa.Column("routed_to_id", sa.Integer(), nullable=True))
    op.add_column("work_item", sa.Column("four_eyes_waiver", sa.Text(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("work_item", schema=None) as batch_op:
        batch_op.drop_column("four_eyes_waiver")
        batch_op.drop_column("routed_to_id")

    op.drop_table("turn")
