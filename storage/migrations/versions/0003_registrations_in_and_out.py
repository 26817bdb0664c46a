"""Registrations in and out."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "link_keys",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_keys")),
    )
    op.create_table(
        "rules",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "name", name=op.f("pk_rules")),
    )
    op.create_table(
        "changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("old", sa.Text(), nullable=True),
        sa.Column("new", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_changes_by_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_changes_meeting_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_changes_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_changes")),
    )
    with op.batch_alter_table("changes", schema=None) as batch_op:
        batch_op.create_index("ix_changes_meeting_id_at", ["meeting_id", "at"], unique=False)

    op.create_table(
        "session_choices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("waiting", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_session_choices_meeting_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_session_choices_person_id")),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name=op.f("fk_session_choices_session_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_choices")),
        sa.UniqueConstraint("session_id", "person_id", name=op.f("uq_session_choices_session_id_person_id")),
    )
    with op.batch_alter_table("session_choices", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_session_choices_meeting_id"), ["meeting_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_session_choices_person_id"), ["person_id"], unique=False)

    with op.batch_alter_table("meetings", schema=None) as batch_op:
        batch_op.add_column(sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("cancelled_why", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("per_organisation", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("per_organisation_until", sa.Date(), nullable=True))
        batch_op.add_column(
            sa.Column("session_choice", sa.String(length=20), server_default="first_come", nullable=False)
        )
        batch_op.add_column(sa.Column("revision", sa.Integer(), server_default="0", nullable=False))

    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.add_column(sa.Column("affiliation", sa.String(length=200), nullable=True))

    with op.batch_alter_table("registrations", schema=None) as batch_op:
        batch_op.add_column(sa.Column("offered_until", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("lapsed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("brought_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("reason", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("remark", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("paid_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(batch_op.f("ix_registrations_offered_until"), ["offered_until"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_registrations_brought_by_id"), "people", ["brought_by_id"], ["id"])


def downgrade() -> None:
    """Take back."""
    with op.batch_alter_table("registrations", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_registrations_brought_by_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_registrations_offered_until"))
        batch_op.drop_column("paid_at")
        batch_op.drop_column("remark")
        batch_op.drop_column("reason")
        batch_op.drop_column("brought_by_id")
        batch_op.drop_column("lapsed_at")
        batch_op.drop_column("offered_until")

    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.drop_column("affiliation")

    with op.batch_alter_table("meetings", schema=None) as batch_op:
        batch_op.drop_column("revision")
        batch_op.drop_column("session_choice")
        batch_op.drop_column("per_organisation_until")
        batch_op.drop_column("per_organisation")
        batch_op.drop_column("cancelled_why")
        batch_op.drop_column("cancelled_at")
        batch_op.drop_column("closed_at")

    with op.batch_alter_table("session_choices", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_session_choices_person_id"))
        batch_op.drop_index(batch_op.f("ix_session_choices_meeting_id"))

    op.drop_table("session_choices")
    with op.batch_alter_table("changes", schema=None) as batch_op:
        batch_op.drop_index("ix_changes_meeting_id_at")

    op.drop_table("changes")
    op.drop_table("rules")
    op.drop_table("link_keys")
