"""States are packed quickly

Packing and unpacking the state of a case with five hundred open steps costs the server several times as much in its
own old way as in LZ4, which it has unless it was built without. What is stored already stays readable.
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

KNOWS = sa.text("SELECT 'lz4' = ANY(enumvals) FROM pg_settings WHERE name = 'default_toast_compression'")


def upgrade() -> None:
    pack("lz4")


def downgrade() -> None:
    pack("pglz")


def pack(how: str) -> None:
    if op.get_bind().dialect.name == "postgresql" and op.get_bind().scalar(KNOWS):
        op.execute(f"ALTER TABLE instance ALTER COLUMN state_text SET COMPRESSION {how}")
