"""Registers of letters count by themselves"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "letter_register",
        sa.Column("register", sa.String(length=40), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("register", "year", name=op.f("pk_letter_register")),
    )
    # Until now both counted in one table. All are carried over: a gap can be explained, a number given twice cannot.
    op.execute("INSERT INTO letter_register (register, year, last) SELECT prefix, year, last FROM case_serial")


def downgrade() -> None:
    op.drop_table("letter_register")
