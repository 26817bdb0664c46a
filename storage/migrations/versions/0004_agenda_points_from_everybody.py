"""agenda points from everybody."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("agenda_points", schema=None) as batch_op:
        batch_op.add_column(sa.Column("state", sa.String(length=20), server_default="accepted", nullable=False))
        batch_op.add_column(sa.Column("source_meeting_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("explanation", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("link", sa.String(length=2000), nullable=True))
        batch_op.add_column(sa.Column("proposer_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("decided_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("declined_why", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("merged_into_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("carried", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("recurring", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("returns_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("carried_from_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("fixed", sa.String(length=30), nullable=True))
        batch_op.add_column(sa.Column("votes", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("voters", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("shelved_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("forgotten_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("invite", sa.String(length=20), nullable=True))
        batch_op.add_column(sa.Column("guest_name", sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column("guest_organisation", sa.String(length=200), nullable=True))
        batch_op.alter_column("meeting_id", existing_type=sa.INTEGER(), nullable=True)
        batch_op.create_index(batch_op.f("ix_agenda_points_carried_from_id"), ["carried_from_id"], unique=False)
        batch_op.create_index("ix_agenda_points_meeting_id_state", ["meeting_id", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_agenda_points_merged_into_id"), ["merged_into_id"], unique=False)
        batch_op.create_index("ix_agenda_points_proposer_id_state", ["proposer_id", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_agenda_points_returns_on"), ["returns_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_agenda_points_shelved_at"), ["shelved_at"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_agenda_points_carried_from_id"), "meetings", ["carried_from_id"], ["id"]
        )
        batch_op.create_foreign_key(batch_op.f("fk_agenda_points_decided_by_id"), "people", ["decided_by_id"], ["id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_agenda_points_merged_into_id"), "agenda_points", ["merged_into_id"], ["id"]
        )
        batch_op.create_foreign_key(batch_op.f("fk_agenda_points_proposer_id"), "people", ["proposer_id"], ["id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_agenda_points_source_meeting_id"), "meetings", ["source_meeting_id"], ["id"]
        )
    op.execute("UPDATE agenda_points SET source_meeting_id = meeting_id WHERE source_key IS NOT NULL")

    op.create_table(
        "drafts",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column(
            "data", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_drafts_person_id")),
        sa.PrimaryKeyConstraint("person_id", "what", name=op.f("pk_drafts")),
    )
    with op.batch_alter_table("drafts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_drafts_at"), ["at"], unique=False)

    op.create_table(
        "agenda_promises",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(length=200), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_agenda_promises_meeting_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_agenda_promises_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_promises")),
        sa.UniqueConstraint("meeting_id", "person_id", name=op.f("uq_agenda_promises_meeting_id_person_id")),
    )
    with op.batch_alter_table("agenda_promises", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agenda_promises_person_id"), ["person_id"], unique=False)

    op.create_table(
        "agendas",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("composed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "published", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False
        ),
        sa.Column("held", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "asked",
            sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"),
            server_default="[]",
            nullable=False,
        ),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_agendas_meeting_id")),
        sa.PrimaryKeyConstraint("meeting_id", name=op.f("pk_agendas")),
    )
    op.create_table(
        "agenda_comments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("point_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_agenda_comments_person_id")),
        sa.ForeignKeyConstraint(["point_id"], ["agenda_points.id"], name=op.f("fk_agenda_comments_point_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_comments")),
    )
    with op.batch_alter_table("agenda_comments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agenda_comments_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_agenda_comments_point_id"), ["point_id"], unique=False)

    op.create_table(
        "agenda_supports",
        sa.Column("point_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_agenda_supports_person_id")),
        sa.ForeignKeyConstraint(["point_id"], ["agenda_points.id"], name=op.f("fk_agenda_supports_point_id")),
        sa.PrimaryKeyConstraint("point_id", "person_id", name=op.f("pk_agenda_supports")),
    )
    with op.batch_alter_table("agenda_supports", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agenda_supports_person_id"), ["person_id"], unique=False)

    op.create_table(
        "cases",
        sa.Column("point_id", sa.Integer(), nullable=False),
        sa.Column("situation", sa.Text(), nullable=True),
        sa.Column("question", sa.Text(), nullable=True),
        sa.Column("tried", sa.Text(), nullable=True),
        sa.Column("wished", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["point_id"], ["agenda_points.id"], name=op.f("fk_cases_point_id")),
        sa.PrimaryKeyConstraint("point_id", name=op.f("pk_cases")),
    )


def downgrade() -> None:
    """Take back."""
    op.drop_table("cases")
    with op.batch_alter_table("agenda_supports", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agenda_supports_person_id"))

    op.drop_table("agenda_supports")
    with op.batch_alter_table("agenda_comments", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agenda_comments_point_id"))
        batch_op.drop_index(batch_op.f("ix_agenda_comments_person_id"))

    op.drop_table("agenda_comments")
    op.drop_table("agendas")
    with op.batch_alter_table("agenda_promises", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agenda_promises_person_id"))

    op.drop_table("agenda_promises")
    with op.batch_alter_table("drafts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_drafts_at"))

    op.drop_table("drafts")

    # Before this there was no backlog, and every point stood on an agenda.
    op.execute("DELETE FROM agenda_points WHERE meeting_id IS NULL OR state NOT IN ('accepted', 'handled')")
    with op.batch_alter_table("agenda_points", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_agenda_points_source_meeting_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_agenda_points_proposer_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_agenda_points_carried_from_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_agenda_points_carried_from_id"))
        batch_op.drop_constraint(batch_op.f("fk_agenda_points_merged_into_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_agenda_points_decided_by_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_agenda_points_shelved_at"))
        batch_op.drop_index(batch_op.f("ix_agenda_points_returns_on"))
        batch_op.drop_index("ix_agenda_points_proposer_id_state")
        batch_op.drop_index(batch_op.f("ix_agenda_points_merged_into_id"))
        batch_op.drop_index("ix_agenda_points_meeting_id_state")
        batch_op.alter_column("meeting_id", existing_type=sa.INTEGER(), nullable=False)
        batch_op.drop_column("guest_organisation")
        batch_op.drop_column("guest_name")
        batch_op.drop_column("invite")
        batch_op.drop_column("carried_from_id")
        batch_op.drop_column("forgotten_at")
        batch_op.drop_column("shelved_at")
        batch_op.drop_column("voters")
        batch_op.drop_column("votes")
        batch_op.drop_column("fixed")
        batch_op.drop_column("returns_on")
        batch_op.drop_column("recurring")
        batch_op.drop_column("carried")
        batch_op.drop_column("merged_into_id")
        batch_op.drop_column("declined_why")
        batch_op.drop_column("decided_by_id")
        batch_op.drop_column("decided_at")
        batch_op.drop_column("proposed_at")
        batch_op.drop_column("proposer_id")
        batch_op.drop_column("link")
        batch_op.drop_column("explanation")
        batch_op.drop_column("source_meeting_id")
        batch_op.drop_column("state")
