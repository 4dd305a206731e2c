"""Time has tables, clocks, ladders, ways and figures"""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

# As in 0006: what every step reads and few acts change begins an edition.
TABLES = ("hours_table", "unit_day", "ladder", "rung")
ACTS = ("insert", "update", "delete")


def upgrade() -> None:
    op.create_table(
        "figure_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_figure_day")),
    )
    op.create_table(
        "notice_channel",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("sealed_address", sa.Text(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_channel")),
        sa.UniqueConstraint("name", name=op.f("uq_notice_channel_name")),
    )
    op.create_table(
        "notice_wording",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("kind", "language", name=op.f("pk_notice_wording")),
    )
    op.create_table(
        "quiet_hours",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("from_minute", sa.Integer(), nullable=False),
        sa.Column("until_minute", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiet_hours")),
    )
    op.create_table(
        "channel_target",
        sa.Column("channel_id", sa.Integer(), nullable=False),
        sa.Column("employee_id", sa.Integer(), nullable=False),
        sa.Column("target", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["channel_id"], ["notice_channel.id"], name=op.f("fk_channel_target_channel_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employee.id"], name=op.f("fk_channel_target_employee_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("channel_id", "employee_id", name=op.f("pk_channel_target")),
    )
    op.create_table(
        "delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("employee_id", sa.Integer(), nullable=False),
        sa.Column("way", sa.String(length=20), nullable=False),
        sa.Column("notice_ids", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employee.id"], name=op.f("fk_delivery_employee_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint("key", name=op.f("uq_delivery_key")),
    )
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_delivery_employee_id"), ["employee_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_delivery_state_id"), ["state", "id"], unique=False)

    op.create_table(
        "hours_table",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("week", sa.Text(), nullable=False),
        sa.Column("legal_basis", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_hours_table_unit_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hours_table")),
        sa.UniqueConstraint("unit_id", "kind", "first_day", name=op.f("uq_hours_table_unit_id_kind_first_day")),
    )
    op.create_table(
        "notice_preference",
        sa.Column("employee_id", sa.Integer(), nullable=False),
        sa.Column("mail", sa.String(length=10), nullable=False),
        sa.Column("digest_minute", sa.Integer(), nullable=True),
        sa.Column("muted", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employee.id"], name=op.f("fk_notice_preference_employee_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("employee_id", name=op.f("pk_notice_preference")),
    )
    op.create_table(
        "unit_day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("is_working", sa.Boolean(), nullable=False),
        sa.Column("shifts", sa.Text(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("legal_basis", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unit_day_unit_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_day")),
        sa.UniqueConstraint("unit_id", "day", name=op.f("uq_unit_day_unit_id_day")),
    )
    op.create_table(
        "case_figure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("definition_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("started", sa.Integer(), nullable=False),
        sa.Column("completed", sa.Integer(), nullable=False),
        sa.Column("cancelled", sa.Integer(), nullable=False),
        sa.Column("met", sa.Integer(), nullable=False),
        sa.Column("missed", sa.Integer(), nullable=False),
        sa.Column("elapsed_minutes", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["definition_id"], ["process_definition.id"], name=op.f("fk_case_figure_definition_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_case_figure_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_figure")),
    )
    with op.batch_alter_table("case_figure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_figure_day_definition_id"), ["day", "definition_id"], unique=False)

    op.create_table(
        "ladder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("definition_id", sa.Integer(), nullable=True),
        sa.Column("element", sa.String(length=200), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["definition_id"], ["process_definition.id"], name=op.f("fk_ladder_definition_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ladder")),
        sa.UniqueConstraint("definition_id", "element", name=op.f("uq_ladder_definition_id_element")),
    )
    op.create_index(
        "ix_ladder_of_the_office",
        "ladder",
        ["element"],
        unique=True,
        postgresql_where=sa.text("definition_id IS NULL"),
        sqlite_where=sa.text("definition_id IS NULL"),
    )
    op.create_table(
        "start_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("definition_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("crontab", sa.String(length=120), nullable=True),
        sa.Column("every_months", sa.Integer(), nullable=True),
        sa.Column("lead_days", sa.Integer(), nullable=False),
        sa.Column("on_holiday", sa.String(length=10), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("variables", sa.Text(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=200), nullable=False),
        sa.CheckConstraint("(crontab IS NULL) <> (every_months IS NULL)", name=op.f("ck_start_plan_one_of_two")),
        sa.ForeignKeyConstraint(["definition_id"], ["process_definition.id"], name=op.f("fk_start_plan_definition_id")),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name=op.f("fk_start_plan_job_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_start_plan_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_start_plan")),
    )
    with op.batch_alter_table("start_plan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_start_plan_definition_id"), ["definition_id"], unique=False)

    op.create_table(
        "step_figure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("definition_id", sa.Integer(), nullable=False),
        sa.Column("element", sa.String(length=200), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("employee_id", sa.Integer(), nullable=True),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("met", sa.Integer(), nullable=False),
        sa.Column("missed", sa.Integer(), nullable=False),
        sa.Column("returned", sa.Integer(), nullable=False),
        sa.Column("waited_minutes", sa.Integer(), nullable=False),
        sa.Column("worked_minutes", sa.Integer(), nullable=False),
        sa.Column("stopped_minutes", sa.Integer(), nullable=False),
        sa.Column("norm_minutes", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["definition_id"], ["process_definition.id"], name=op.f("fk_step_figure_definition_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_step_figure_employee_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_step_figure_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_step_figure")),
    )
    with op.batch_alter_table("step_figure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_step_figure_day_definition_id"), ["day", "definition_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_step_figure_employee_id_day"), ["employee_id", "day"], unique=False)

    op.create_table(
        "planned_person",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("employee_id", sa.Integer(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=False),
        sa.Column("day_of_month", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employee.id"], name=op.f("fk_planned_person_employee_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["start_plan.id"], name=op.f("fk_planned_person_plan_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("plan_id", "employee_id", name=op.f("pk_planned_person")),
    )
    op.create_table(
        "rung",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ladder_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("anchor", sa.String(length=6), nullable=False),
        sa.Column("after_minutes", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(length=24), nullable=False),
        sa.Column("repeats", sa.Integer(), nullable=False),
        sa.Column("every_minutes", sa.Integer(), nullable=True),
        sa.CheckConstraint("(repeats = 0) = (every_minutes IS NULL)", name=op.f("ck_rung_repeats_have_a_pause")),
        sa.ForeignKeyConstraint(["ladder_id"], ["ladder.id"], name=op.f("fk_rung_ladder_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rung")),
        sa.UniqueConstraint("ladder_id", "position", name=op.f("uq_rung_ladder_id_position")),
    )
    op.create_table(
        "planned_start",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("employee_id", sa.Integer(), nullable=True),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("came_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("instance_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=True),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_planned_start_employee_id")),
        sa.ForeignKeyConstraint(
            ["instance_id"], ["instance.id"], name=op.f("fk_planned_start_instance_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["start_plan.id"], name=op.f("fk_planned_start_plan_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planned_start")),
    )
    with op.batch_alter_table("planned_start", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_planned_start_plan_id_id"), ["plan_id", "id"], unique=False)

    op.create_table(
        "climb",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("work_item_id", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(length=24), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("climbed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["work_item_id"], ["work_item.id"], name=op.f("fk_climb_work_item_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_climb")),
        sa.UniqueConstraint(
            "work_item_id",
            "due_at",
            "planned_at",
            "action",
            name=op.f("uq_climb_work_item_id_due_at_planned_at_action"),
        ),
    )
    with op.batch_alter_table("climb", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_climb_climbed_at"), ["climbed_at"], unique=False)

    op.create_table(
        "clock_stop",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("instance_id", sa.Integer(), nullable=False),
        sa.Column("work_item_id", sa.Integer(), nullable=True),
        sa.Column("activity_id", sa.Integer(), nullable=True),
        sa.Column("waits_for", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stopped_by_id", sa.Integer(), nullable=True),
        sa.Column("stopped_by", sa.String(length=200), nullable=False),
        sa.Column("resumed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resumed_by", sa.String(length=200), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["instance_id"], ["instance.id"], name=op.f("fk_clock_stop_instance_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["stopped_by_id"], ["employee.id"], name=op.f("fk_clock_stop_stopped_by_id")),
        sa.ForeignKeyConstraint(
            ["work_item_id"], ["work_item.id"], name=op.f("fk_clock_stop_work_item_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_stop")),
    )
    with op.batch_alter_table("clock_stop", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_clock_stop_instance_id"), ["instance_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_clock_stop_work_item_id"), ["work_item_id"], unique=False)

    # Not in a batch: SQLite would build the tables anew for it.
    op.add_column("instance", sa.Column("risk_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("instance", sa.Column("due_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("instance", sa.Column("overdue_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("instance", sa.Column("clock_stopped_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("instance", sa.Column("stopped_minutes", sa.Integer(), server_default="0", nullable=False))
    op.add_column("instance", sa.Column("elapsed_minutes", sa.Integer(), nullable=True))
    op.add_column("work_item", sa.Column("standard_minutes", sa.Integer(), nullable=True))
    op.add_column("work_item", sa.Column("norm_minutes", sa.Integer(), nullable=True))
    op.add_column("work_item", sa.Column("clock_stopped_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("work_item", sa.Column("stopped_minutes", sa.Integer(), server_default="0", nullable=False))
    op.add_column("work_item", sa.Column("waited_minutes", sa.Integer(), nullable=True))
    op.add_column("work_item", sa.Column("worked_minutes", sa.Integer(), nullable=True))
    op.create_index(
        "ix_work_item_done",
        "work_item",
        ["closed_at"],
        unique=False,
        postgresql_where=sa.text("state = 'completed'"),
        sqlite_where=sa.text("state = 'completed'"),
    )
    for name, rest in _triggers():
        op.execute(f"CREATE TRIGGER {name} {rest}")


def downgrade() -> None:
    with op.batch_alter_table("work_item", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_work_item_done",
            postgresql_where=sa.text("state = 'completed'"),
            sqlite_where=sa.text("state = 'completed'"),
        )
        batch_op.drop_column("worked_minutes")
        batch_op.drop_column("waited_minutes")
        batch_op.drop_column("stopped_minutes")
        batch_op.drop_column("clock_stopped_at")
        batch_op.drop_column("norm_minutes")
        batch_op.drop_column("standard_minutes")

    with op.batch_alter_table("instance", schema=None) as batch_op:
        batch_op.drop_column("elapsed_minutes")
        batch_op.drop_column("stopped_minutes")
        batch_op.drop_column("clock_stopped_at")
        batch_op.drop_column("overdue_at")
        batch_op.drop_column("due_at")
        batch_op.drop_column("risk_at")

    with op.batch_alter_table("clock_stop", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_clock_stop_work_item_id"))
        batch_op.drop_index(batch_op.f("ix_clock_stop_instance_id"))

    op.drop_table("clock_stop")
    with op.batch_alter_table("climb", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_climb_climbed_at"))

    op.drop_table("climb")
    with op.batch_alter_table("planned_start", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_planned_start_plan_id_id"))

    op.drop_table("planned_start")
    op.drop_table("rung")
    op.drop_table("planned_person")
    with op.batch_alter_table("step_figure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_step_figure_employee_id_day"))
        batch_op.drop_index(batch_op.f("ix_step_figure_day_definition_id"))

    op.drop_table("step_figure")
    with op.batch_alter_table("start_plan", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_start_plan_definition_id"))

    op.drop_table("start_plan")
    op.drop_table("ladder")
    with op.batch_alter_table("case_figure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_figure_day_definition_id"))

    op.drop_table("case_figure")
    op.drop_table("unit_day")
    op.drop_table("notice_preference")
    op.drop_table("hours_table")
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_delivery_state_id"))
        batch_op.drop_index(batch_op.f("ix_delivery_employee_id"))

    op.drop_table("delivery")
    op.drop_table("channel_target")
    op.drop_table("quiet_hours")
    op.drop_table("notice_wording")
    op.drop_table("notice_channel")
    op.drop_table("figure_day")


def _triggers() -> Iterator[tuple[str, str]]:
    """The name of each trigger and what stands behind it; they go with their tables."""
    if op.get_bind().dialect.name == "postgresql":
        for table in TABLES:
            when = f"AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}"
            yield f"{table}_begins_edition", f"{when} FOR EACH STATEMENT EXECUTE FUNCTION begin_edition()"
        return
    change = "UPDATE edition SET mark = lower(hex(randomblob(16))) WHERE subject = 'reference';"
    for table, act in ((table, act) for table in TABLES for act in ACTS):
        yield f"{table}_begins_edition_{act}", f"AFTER {act.upper()} ON {table} BEGIN {change} END"
