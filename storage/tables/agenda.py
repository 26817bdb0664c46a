"""Tables of agenda points and what is said about them, and of the agenda of each meeting."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, Json, UtcDateTime


class AgendaPointRow(Base):
    """One point: of a meeting, or of the backlog where it has no meeting. See `storage.domain.agenda`.

    `source_key` and `source_meeting_id` tie it to the import file, wherever it went since: equal titles of a meeting
    are numbered. `carried` counts how often it was postponed, `carried_from_id` is the meeting at which it was not
    discussed, from where it was carried on; a point that waits for a next one stays there. `returns_on` is the first
    day of the month for which it was promised, `fixed` the name of a fixed point. `votes` of `voters` chose it in a
    poll. `shelved_at`: since when it lies in the backlog; `forgotten_at`: when its explanation and case were deleted.
    `invite`, `guest_*`: how far the invitation of an expert is.
    """

    __tablename__ = "agenda_points"
    __table_args__ = (
        Index("ix_agenda_points_meeting_id_state", "meeting_id", "state"),
        Index("ix_agenda_points_proposer_id_state", "proposer_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id"), index=True)
    source_key: Mapped[str | None] = mapped_column(String(620))
    source_meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id"))
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str | None] = mapped_column(String(20))
    presenter: Mapped[str | None] = mapped_column(String(200))
    minutes: Mapped[int | None]
    state: Mapped[str] = mapped_column(String(20), default="accepted", server_default="accepted")
    explanation: Mapped[str | None] = mapped_column(Text)
    link: Mapped[str | None] = mapped_column(String(2000))
    proposer_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    proposed_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    declined_why: Mapped[str | None] = mapped_column(Text)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_points.id"), index=True)
    carried: Mapped[int] = mapped_column(default=0, server_default="0")
    recurring: Mapped[bool] = mapped_column(default=False, server_default=false())
    returns_on: Mapped[date | None] = mapped_column(index=True)
    carried_from_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id"), index=True)
    fixed: Mapped[str | None] = mapped_column(String(30))
    votes: Mapped[int | None]
    voters: Mapped[int | None]
    shelved_at: Mapped[datetime | None] = mapped_column(UtcDateTime(), index=True)
    forgotten_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    invite: Mapped[str | None] = mapped_column(String(20))
    guest_name: Mapped[str | None] = mapped_column(String(200))
    guest_organisation: Mapped[str | None] = mapped_column(String(200))


class CaseRow(Base):
    """The prepared text of a case. Deleted some time after its meeting; the point's checked title stays."""

    __tablename__ = "cases"

    point_id: Mapped[int] = mapped_column(ForeignKey("agenda_points.id"), primary_key=True)
    situation: Mapped[str | None] = mapped_column(Text)
    question: Mapped[str | None] = mapped_column(Text)
    tried: Mapped[str | None] = mapped_column(Text)
    wished: Mapped[str | None] = mapped_column(Text)


class SupportRow(Base):
    """Somebody would like a point as well."""

    __tablename__ = "agenda_supports"

    point_id: Mapped[int] = mapped_column(ForeignKey("agenda_points.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime())


class CommentRow(Base):
    """What somebody said about a point: a comment, the coordinator's question, or the answer to it."""

    __tablename__ = "agenda_comments"

    id: Mapped[int] = mapped_column(primary_key=True)
    point_id: Mapped[int] = mapped_column(ForeignKey("agenda_points.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime())


class PromiseRow(Base):
    """Somebody said that they will bring something to a meeting, and did not yet."""

    __tablename__ = "agenda_promises"
    __table_args__ = (UniqueConstraint("meeting_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    about: Mapped[str | None] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(UtcDateTime())


class AgendaRow(Base):
    """How far the agenda of a meeting is. No row: nothing happened to it yet.

    `published`: the points as they were last told, so that what changed can be told. `held`: it does not go out by
    itself. `asked_at`: when somebody was asked what was discussed, `asked`: the ids of its points by their numbers at
    that moment, so that "punt 3" stays point 3; `closed_at`: when its points were settled.
    """

    __tablename__ = "agendas"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), primary_key=True)
    composed_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    published: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    held: Mapped[bool] = mapped_column(default=False, server_default=false())
    asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    asked: Mapped[list[int]] = mapped_column(Json, default=list, server_default="[]")
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


class DraftRow(Base):
    """What somebody is still entering, so that it survives a restart. Only texts that passed the check stand here, and
    whole reports ("report:…") until their sender says what to do with them.
    """

    __tablename__ = "drafts"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    what: Mapped[str] = mapped_column(String(40), primary_key=True)
    data: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    at: Mapped[datetime] = mapped_column(UtcDateTime(), index=True)
