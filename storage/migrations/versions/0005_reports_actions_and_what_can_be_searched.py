"""Reports, actions and what can be searched."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "meeting_chats",
        sa.Column("conversation_id", sa.String(length=420), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("teams_id", sa.String(length=420), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_meeting_chats_meeting_id")),
        sa.PrimaryKeyConstraint("conversation_id", name=op.f("pk_meeting_chats")),
    )
    with op.batch_alter_table("meeting_chats", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meeting_chats_meeting_id"), ["meeting_id"], unique=False)

    op.create_table(
        "report_sources",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_report_sources_meeting_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_report_sources_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_sources")),
        sa.UniqueConstraint("meeting_id", "digest", name=op.f("uq_report_sources_meeting_id_digest")),
    )
    with op.batch_alter_table("report_sources", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_report_sources_person_id"), ["person_id"], unique=False)

    op.create_table(
        "report_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("lines", JSON, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_report_versions_by_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_report_versions_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_versions")),
        sa.UniqueConstraint("meeting_id", "number", name=op.f("uq_report_versions_meeting_id_number")),
    )
    op.create_table(
        "reports",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asks", sa.Integer(), server_default="0", nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("release", sa.String(length=20), nullable=True),
        sa.Column("released_by_id", sa.Integer(), nullable=True),
        sa.Column("held", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default="0", nullable=False),
        sa.Column("recording_url", sa.String(length=2000), nullable=True),
        sa.Column("report_url", sa.String(length=2000), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("approved_how", sa.String(length=20), nullable=True),
        sa.Column("approved_in_id", sa.Integer(), nullable=True),
        sa.Column("forgotten_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["approved_by_id"], ["people.id"], name=op.f("fk_reports_approved_by_id")),
        sa.ForeignKeyConstraint(["approved_in_id"], ["meetings.id"], name=op.f("fk_reports_approved_in_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_reports_meeting_id")),
        sa.ForeignKeyConstraint(["released_by_id"], ["people.id"], name=op.f("fk_reports_released_by_id")),
        sa.PrimaryKeyConstraint("meeting_id", name=op.f("pk_reports")),
    )
    with op.batch_alter_table("reports", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reports_drafted_at"), ["drafted_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_reports_posted_at"), ["posted_at"], unique=False)

    op.create_table(
        "search_lines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=40), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("item_title", sa.String(length=300), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("stems", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_search_lines_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_lines")),
        sa.UniqueConstraint("ref", name=op.f("uq_search_lines_ref")),
    )
    with op.batch_alter_table("search_lines", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_search_lines_day"), ["day"], unique=False)
        batch_op.create_index("ix_search_lines_meeting_id_kind", ["meeting_id", "kind"], unique=False)

    op.create_table(
        "report_lines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("item", sa.String(length=20), nullable=True),
        sa.Column("item_title", sa.String(length=300), nullable=True),
        sa.Column("owner", sa.String(length=300), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("until", sa.String(length=10), nullable=True),
        sa.Column("data", JSON, server_default="{}", nullable=False),
        sa.Column("origin", sa.String(length=20), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("starts", sa.Integer(), nullable=True),
        sa.Column("ends", sa.Integer(), nullable=True),
        sa.Column("certain", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("private", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("superseded_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_report_lines_by_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_report_lines_meeting_id")),
        sa.ForeignKeyConstraint(["source_id"], ["report_sources.id"], name=op.f("fk_report_lines_source_id")),
        sa.ForeignKeyConstraint(
            ["superseded_by_id"], ["report_lines.id"], name=op.f("fk_report_lines_superseded_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_lines")),
    )
    with op.batch_alter_table("report_lines", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_report_lines_by_id"), ["by_id"], unique=False)
        batch_op.create_index("ix_report_lines_meeting_id_kind", ["meeting_id", "kind"], unique=False)
        batch_op.create_index(batch_op.f("ix_report_lines_source_id"), ["source_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_report_lines_superseded_by_id"), ["superseded_by_id"], unique=False)

    op.create_table(
        "uploads",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(length=420), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("owner", sa.String(length=40), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("data", JSON, server_default="{}", nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_uploads_meeting_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_uploads_person_id")),
        sa.ForeignKeyConstraint(["source_id"], ["report_sources.id"], name=op.f("fk_uploads_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_uploads")),
    )
    with op.batch_alter_table("uploads", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_uploads_meeting_id"), ["meeting_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_uploads_person_id"), ["person_id"], unique=False)
        batch_op.create_index("ix_uploads_state_lease_until", ["state", "lease_until"], unique=False)

    op.create_table(
        "actions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("owner_text", sa.String(length=300), nullable=True),
        sa.Column("for_group", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.Column("told_in_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["line_id"], ["report_lines.id"], name=op.f("fk_actions_line_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_actions_meeting_id")),
        sa.ForeignKeyConstraint(["settled_by_id"], ["people.id"], name=op.f("fk_actions_settled_by_id")),
        sa.ForeignKeyConstraint(["told_in_id"], ["meetings.id"], name=op.f("fk_actions_told_in_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_actions")),
        sa.UniqueConstraint("line_id", name=op.f("uq_actions_line_id")),
    )
    with op.batch_alter_table("actions", schema=None) as batch_op:
        batch_op.create_index("ix_actions_meeting_id_state", ["meeting_id", "state"], unique=False)
        batch_op.create_index("ix_actions_state_due", ["state", "due"], unique=False)

    op.create_table(
        "report_objections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.Column("taken", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["line_id"], ["report_lines.id"], name=op.f("fk_report_objections_line_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_report_objections_meeting_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_report_objections_person_id")),
        sa.ForeignKeyConstraint(["settled_by_id"], ["people.id"], name=op.f("fk_report_objections_settled_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_objections")),
    )
    with op.batch_alter_table("report_objections", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_report_objections_line_id"), ["line_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_report_objections_meeting_id"), ["meeting_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_report_objections_person_id"), ["person_id"], unique=False)

    op.create_table(
        "action_owners",
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("passed_by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["actions.id"], name=op.f("fk_action_owners_action_id")),
        sa.ForeignKeyConstraint(["passed_by_id"], ["people.id"], name=op.f("fk_action_owners_passed_by_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_action_owners_person_id")),
        sa.PrimaryKeyConstraint("action_id", "person_id", name=op.f("pk_action_owners")),
    )
    with op.batch_alter_table("action_owners", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_action_owners_person_id"), ["person_id"], unique=False)


def downgrade() -> None:
    """Take back."""
    with op.batch_alter_table("action_owners", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_action_owners_person_id"))

    op.drop_table("action_owners")
    with op.batch_alter_table("report_objections", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_report_objections_person_id"))
        batch_op.drop_index(batch_op.f("ix_report_objections_meeting_id"))
        batch_op.drop_index(batch_op.f("ix_report_objections_line_id"))

    op.drop_table("report_objections")
    with op.batch_alter_table("actions", schema=None) as batch_op:
        batch_op.drop_index("ix_actions_state_due")
        batch_op.drop_index("ix_actions_meeting_id_state")

    op.drop_table("actions")
    with op.batch_alter_table("uploads", schema=None) as batch_op:
        batch_op.drop_index("ix_uploads_state_lease_until")
        batch_op.drop_index(batch_op.f("ix_uploads_person_id"))
        batch_op.drop_index(batch_op.f("ix_uploads_meeting_id"))

    op.drop_table("uploads")
    with op.batch_alter_table("report_lines", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_report_lines_superseded_by_id"))
        batch_op.drop_index(batch_op.f("ix_report_lines_source_id"))
        batch_op.drop_index("ix_report_lines_meeting_id_kind")
        batch_op.drop_index(batch_op.f("ix_report_lines_by_id"))

    op.drop_table("report_lines")
    with op.batch_alter_table("search_lines", schema=None) as batch_op:
        batch_op.drop_index("ix_search_lines_meeting_id_kind")
        batch_op.drop_index(batch_op.f("ix_search_lines_day"))

    op.drop_table("search_lines")
    with op.batch_alter_table("reports", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reports_posted_at"))
        batch_op.drop_index(batch_op.f("ix_reports_drafted_at"))

    op.drop_table("reports")
    op.drop_table("report_versions")
    with op.batch_alter_table("report_sources", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_report_sources_person_id"))

    op.drop_table("report_sources")
    with op.batch_alter_table("meeting_chats", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meeting_chats_meeting_id"))

    op.drop_table("meeting_chats")
