"""Figures of days are found by unit and procedure"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("instance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_instance_ended_at"), ["ended_at"], unique=False)
        batch_op.create_index(
            "ix_instance_running",
            ["unit_id", "definition_id"],
            unique=False,
            postgresql_where=sa.text("state IN ('active', 'incident')"),
            sqlite_where=sa.text("state IN ('active', 'incident')"),
        )
        batch_op.create_index(batch_op.f("ix_instance_started_at"), ["started_at"], unique=False)

    with op.batch_alter_table("step_figure", schema=None) as batch_op:
        batch_op.add_column(sa.Column("title", sa.String(length=300), server_default="", nullable=False))
        batch_op.create_index(batch_op.f("ix_step_figure_definition_id_day"), ["definition_id", "day"], unique=False)
        batch_op.create_index(batch_op.f("ix_step_figure_unit_id_day"), ["unit_id", "day"], unique=False)

    with op.batch_alter_table("work_item", schema=None) as batch_op:
        batch_op.create_index(
            "ix_work_item_done_by_procedure",
            ["definition_id", "closed_at"],
            unique=False,
            postgresql_where=sa.text("state = 'completed'"),
            sqlite_where=sa.text("state = 'completed'"),
        )

    with op.batch_alter_table("work_return", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_work_return_returned_at"), ["returned_at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("work_return", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_work_return_returned_at"))

    with op.batch_alter_table("work_item", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_work_item_done_by_procedure",
            postgresql_where=sa.text("state = 'completed'"),
            sqlite_where=sa.text("state = 'completed'"),
        )

    with op.batch_alter_table("step_figure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_step_figure_unit_id_day"))
        batch_op.drop_index(batch_op.f("ix_step_figure_definition_id_day"))
        batch_op.drop_column("title")

    with op.batch_alter_table("instance", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_instance_started_at"))
        batch_op.drop_index(
            "ix_instance_running",
            postgresql_where=sa.text("state IN ('active', 'incident')"),
            sqlite_where=sa.text("state IN ('active', 'incident')"),
        )
        batch_op.drop_index(batch_op.f("ix_instance_ended_at"))
