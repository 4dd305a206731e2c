"""The office has one table of hours for a first day"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

INDEX = "uq_hours_table_of_office"
OF_OFFICE = sa.text("unit_id IS NULL")


def upgrade() -> None:
    columns = ["kind", "first_day"]
    op.create_index(INDEX, "hours_table", columns, unique=True, postgresql_where=OF_OFFICE, sqlite_where=OF_OFFICE)


def downgrade() -> None:
    op.drop_index(INDEX, "hours_table")
