"""Polls: what is asked, what can be chosen, who may vote, and the votes."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "poll_series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("template", JSON, nullable=False),
        sa.Column("rhythm", JSON, nullable=False),
        sa.Column("at_local", sa.String(length=5), nullable=False),
        sa.Column("timezone", sa.String(length=60), nullable=False),
        sa.Column("target", sa.String(length=420), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["people.id"], name=op.f("fk_poll_series_created_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll_series")),
    )
    op.create_index(op.f("ix_poll_series_next_at"), "poll_series", ["next_at"])

    op.create_table(
        "polls",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("question", sa.String(length=300), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("anonymous", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=True),
        sa.Column("may_add", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("shown", sa.String(length=16), nullable=False),
        sa.Column("quorum", sa.Integer(), nullable=True),
        sa.Column("target", sa.String(length=420), nullable=False),
        sa.Column("tenant_id", sa.String(length=36), nullable=True),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_local", sa.DateTime(), nullable=False),
        sa.Column("closes_set", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("timezone", sa.String(length=60), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="0", nullable=False),
        sa.Column("voters", sa.Integer(), server_default="0", nullable=False),
        sa.Column("urn", sa.LargeBinary(), nullable=True),
        sa.Column("result", JSON, nullable=True),
        sa.Column("run_off_of_id", sa.Integer(), nullable=True),
        sa.Column("series_id", sa.Integer(), nullable=True),
        sa.Column("occurrence", sa.Date(), nullable=True),
        sa.Column("applied", JSON, server_default="{}", nullable=False),
        sa.Column("nudged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("roster_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("forgotten_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["closed_by_id"], ["people.id"], name=op.f("fk_polls_closed_by_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["people.id"], name=op.f("fk_polls_created_by_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_polls_meeting_id")),
        sa.ForeignKeyConstraint(["run_off_of_id"], ["polls.id"], name=op.f("fk_polls_run_off_of_id")),
        sa.ForeignKeyConstraint(["series_id"], ["poll_series.id"], name=op.f("fk_polls_series_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_polls")),
        sa.UniqueConstraint("series_id", "occurrence", name=op.f("uq_polls_series_id_occurrence")),
    )
    op.create_index(op.f("ix_polls_created_by_id"), "polls", ["created_by_id"])
    op.create_index(op.f("ix_polls_meeting_id"), "polls", ["meeting_id"])
    op.create_index(op.f("ix_polls_state_closes_at"), "polls", ["state", "closes_at"])
    op.create_index(op.f("ix_polls_state_opens_at"), "polls", ["state", "opens_at"])
    op.create_index(op.f("ix_polls_target_state"), "polls", ["target", "state"])

    op.create_table(
        "poll_options",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("starts_local", sa.DateTime(), nullable=True),
        sa.Column("ends_local", sa.DateTime(), nullable=True),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["added_by_id"], ["people.id"], name=op.f("fk_poll_options_added_by_id")),
        sa.ForeignKeyConstraint(["poll_id"], ["polls.id"], name=op.f("fk_poll_options_poll_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll_options")),
        sa.UniqueConstraint("poll_id", "position", name=op.f("uq_poll_options_poll_id_position")),
    )
    op.create_table(
        "poll_people",
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("how", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_poll_people_person_id")),
        sa.ForeignKeyConstraint(["poll_id"], ["polls.id"], name=op.f("fk_poll_people_poll_id")),
        sa.PrimaryKeyConstraint("poll_id", "person_id", name=op.f("pk_poll_people")),
    )
    op.create_index(op.f("ix_poll_people_person_id"), "poll_people", ["person_id"])

    op.create_table(
        "poll_voters",
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_poll_voters_person_id")),
        sa.ForeignKeyConstraint(["poll_id"], ["polls.id"], name=op.f("fk_poll_voters_poll_id")),
        sa.PrimaryKeyConstraint("poll_id", "person_id", name=op.f("pk_poll_voters")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_poll_voters_person_id"), "poll_voters", ["person_id"])

    op.create_table(
        "poll_votes",
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("ballot", JSON, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_poll_votes_person_id")),
        sa.ForeignKeyConstraint(["poll_id"], ["polls.id"], name=op.f("fk_poll_votes_poll_id")),
        sa.PrimaryKeyConstraint("poll_id", "person_id", name=op.f("pk_poll_votes")),
    )
    op.create_index(op.f("ix_poll_votes_person_id"), "poll_votes", ["person_id"])


def downgrade() -> None:
    """Take back."""
    op.drop_index(op.f("ix_poll_votes_person_id"), table_name="poll_votes")

    op.drop_table("poll_votes")
    op.drop_index(op.f("ix_poll_voters_person_id"), table_name="poll_voters")

    op.drop_table("poll_voters")
    op.drop_index(op.f("ix_poll_people_person_id"), table_name="poll_people")

    op.drop_table("poll_people")
    op.drop_table("poll_options")
    op.drop_index(op.f("ix_polls_target_state"), table_name="polls")
    op.drop_index(op.f("ix_polls_state_opens_at"), table_name="polls")
    op.drop_index(op.f("ix_polls_state_closes_at"), table_name="polls")
    op.drop_index(op.f("ix_polls_meeting_id"), table_name="polls")
    op.drop_index(op.f("ix_polls_created_by_id"), table_name="polls")

    op.drop_table("polls")
    op.drop_index(op.f("ix_poll_series_next_at"), table_name="poll_series")

    op.drop_table("poll_series")
