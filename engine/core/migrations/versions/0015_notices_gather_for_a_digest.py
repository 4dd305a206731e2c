"""Notices gather for a digest"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "gathered_notice",
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("employee_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employee.id"], name=op.f("fk_gathered_notice_employee_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notice.id"], name=op.f("fk_gathered_notice_notice_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("notice_id", name=op.f("pk_gathered_notice")),
    )
    with op.batch_alter_table("gathered_notice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gathered_notice_employee_id"), ["employee_id"], unique=False)


def downgrade() -> None:
    op.drop_table("gathered_notice")
