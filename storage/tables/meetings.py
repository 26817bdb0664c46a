"""Tables of meetings and the sessions of a network day."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Index, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, Json, UtcDateTime


class MeetingRow(Base):
    """A meeting. People plan in local time, so that is kept beside the UTC moment that is sorted and compared.

    `revision` grows with every change that people's own calendars must learn of: the SEQUENCE of its calendar file.
    """

    __tablename__ = "meetings"
    __table_args__ = (
        Index("ix_meetings_kind_starts_at", "kind", "starts_at"),
        Index("ix_meetings_kind_ends_at", "kind", "ends_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(100), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(200))
    description: Mapped[str | None] = mapped_column(Text)
    for_whom: Mapped[str | None] = mapped_column(Text)
    practical: Mapped[str | None] = mapped_column(Text)
    organiser_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    note_taker_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    audience: Mapped[str] = mapped_column(String(20))
    starts_local: Mapped[datetime]
    ends_local: Mapped[datetime]
    timezone: Mapped[str] = mapped_column(String(60))
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime(), index=True)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime(), index=True)
    location_name: Mapped[str | None] = mapped_column(String(200))
    location_address: Mapped[str | None] = mapped_column(String(300))
    location_room: Mapped[str | None] = mapped_column(String(100))
    online_url: Mapped[str | None] = mapped_column(String(2000))
    capacity: Mapped[int | None]
    fee_eur: Mapped[Decimal | None] = mapped_column(Numeric(8, 2))
    register_until: Mapped[date | None]
    agenda_until: Mapped[date | None]
    themes: Mapped[list[str]] = mapped_column(Json, default=list)
    guests: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    cancelled_why: Mapped[str | None] = mapped_column(Text)
    per_organisation: Mapped[int | None]
    per_organisation_until: Mapped[date | None]
    session_choice: Mapped[str] = mapped_column(String(20), default="first_come", server_default="first_come")
    revision: Mapped[int] = mapped_column(default=0, server_default="0")


class SessionRow(Base):
    """A parallel part of a meeting."""

    __tablename__ = "sessions"
    __table_args__ = (UniqueConstraint("meeting_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    key: Mapped[str] = mapped_column(String(100))
    title: Mapped[str] = mapped_column(String(200))
    capacity: Mapped[int | None]
    room: Mapped[str | None] = mapped_column(String(100))
