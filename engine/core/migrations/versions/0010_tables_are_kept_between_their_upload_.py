"""Tables are kept between their upload and their import"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "column_mapping",
        sa.Column("headings", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.String(length=12), nullable=False),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("headings", name=op.f("pk_column_mapping")),
    )
    op.create_table(
        "office_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("subject", sa.String(length=12), nullable=False),
        sa.Column("heading_row", sa.Integer(), nullable=False),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.Column("choices", sa.Text(), nullable=False),
        sa.Column("plan", sa.LargeBinary(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_office_import_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_import")),
    )
    with op.batch_alter_table("office_import", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_office_import_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_office_import_expires_at"), ["expires_at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("office_import", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_office_import_expires_at"))
        batch_op.drop_index(batch_op.f("ix_office_import_account_id"))

    op.drop_table("office_import")
    op.drop_table("column_mapping")
