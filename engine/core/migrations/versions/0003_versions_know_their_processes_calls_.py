"""Versions know their processes, calls, decisions and what starts them"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "held_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("correlation", sa.String(length=200), nullable=True),
        sa.Column("variables", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held_message")),
        sa.UniqueConstraint("key", name=op.f("uq_held_message_key")),
    )
    with op.batch_alter_table("held_message", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_held_message_expires_at"), ["expires_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_held_message_name_correlation"), ["name", "correlation"], unique=False)

    op.create_table(
        "decision_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("source", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["definition_version.id"], name=op.f("fk_decision_text_version_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_text")),
        sa.UniqueConstraint("version_id", "filename", name=op.f("uq_decision_text_version_id_filename")),
    )
    op.create_table(
        "start_trigger",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("process_id", sa.String(length=120), nullable=False),
        sa.Column("element", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name=op.f("fk_start_trigger_job_id")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["definition_version.id"], name=op.f("fk_start_trigger_version_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_start_trigger")),
    )
    with op.batch_alter_table("start_trigger", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_start_trigger_kind_name"), ["kind", "name"], unique=False)
        batch_op.create_index(batch_op.f("ix_start_trigger_version_id"), ["version_id"], unique=False)

    op.create_table(
        "version_call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("process_id", sa.String(length=120), nullable=False),
        sa.Column("called_version_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["called_version_id"], ["definition_version.id"], name=op.f("fk_version_call_called_version_id")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["definition_version.id"], name=op.f("fk_version_call_version_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_version_call")),
        sa.UniqueConstraint("version_id", "process_id", name=op.f("uq_version_call_version_id_process_id")),
    )
    with op.batch_alter_table("version_call", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_version_call_called_version_id"), ["called_version_id"], unique=False)

    op.create_table(
        "version_process",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("process_id", sa.String(length=120), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["definition_version.id"], name=op.f("fk_version_process_version_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_version_process")),
        sa.UniqueConstraint("version_id", "process_id", name=op.f("uq_version_process_version_id_process_id")),
    )
    with op.batch_alter_table("version_process", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_version_process_process_id"), ["process_id"], unique=False)

    with op.batch_alter_table("activity_record", schema=None) as batch_op:
        batch_op.add_column(sa.Column("node", sa.String(length=400), server_default="", nullable=False))

    with op.batch_alter_table("instance", schema=None) as batch_op:
        batch_op.add_column(sa.Column("process_id", sa.String(length=120), server_default="", nullable=False))

    with op.batch_alter_table("work_item", schema=None) as batch_op:
        batch_op.add_column(sa.Column("node", sa.String(length=400), server_default="", nullable=False))
    op.execute(
        "UPDATE instance SET process_id = "
        "(SELECT key FROM process_definition WHERE process_definition.id = instance.definition_id)"
    )
    op.execute(
        "INSERT INTO version_process (version_id, process_id, name) SELECT definition_version.id, key, name "
        "FROM definition_version JOIN process_definition ON process_definition.id = definition_version.definition_id"
    )


def downgrade() -> None:
    with op.batch_alter_table("work_item", schema=None) as batch_op:
        batch_op.drop_column("node")

    with op.batch_alter_table("instance", schema=None) as batch_op:
        batch_op.drop_column("process_id")

    with op.batch_alter_table("activity_record", schema=None) as batch_op:
        batch_op.drop_column("node")

    with op.batch_alter_table("version_process", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_version_process_process_id"))

    op.drop_table("version_process")
    with op.batch_alter_table("version_call", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_version_call_called_version_id"))

    op.drop_table("version_call")
    with op.batch_alter_table("start_trigger", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_start_trigger_version_id"))
        batch_op.drop_index(batch_op.f("ix_start_trigger_kind_name"))

    op.drop_table("start_trigger")
    op.drop_table("decision_text")
    with op.batch_alter_table("held_message", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_held_message_name_correlation"))
        batch_op.drop_index(batch_op.f("ix_held_message_expires_at"))

    op.drop_table("held_message")
