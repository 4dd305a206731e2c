"""Cases answer in the conversation in which they began"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "answered_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_answered_request_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answered_request")),
        sa.UniqueConstraint("account_id", "key", name=op.f("uq_answered_request_account_id_key")),
    )
    with op.batch_alter_table("answered_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_answered_request_answered_at"), ["answered_at"], unique=False)

    with op.batch_alter_table("held_message", schema=None) as batch_op:
        batch_op.add_column(sa.Column("sender_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("bound_to", sa.String(length=200), nullable=True))
        batch_op.create_index(batch_op.f("ix_held_message_sender_id"), ["sender_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_held_message_sender_id"), "instance", ["sender_id"], ["id"], ondelete="CASCADE"
        )

    with op.batch_alter_table("instance", schema=None) as batch_op:
        batch_op.add_column(sa.Column("correlation", sa.String(length=200), nullable=True))
        batch_op.create_index(batch_op.f("ix_instance_correlation"), ["correlation"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("instance", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_instance_correlation"))
        batch_op.drop_column("correlation")

    with op.batch_alter_table("held_message", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_held_message_sender_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_held_message_sender_id"))
        batch_op.drop_column("bound_to")
        batch_op.drop_column("sender_id")

    with op.batch_alter_table("answered_request", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_answered_request_answered_at"))

    op.drop_table("answered_request")
