"""Tables of registrations, and of what people choose on a network day."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, UtcDateTime


class RegistrationRow(Base):
    """Where one person stands towards one meeting; `created_at` orders the waiting list.

    `replaced_by_id` is who comes in their place, `brought_by_id` who brought a guest or registered somebody else.
    A free seat is offered until `offered_until`; `lapsed_at` is when somebody let such an offer go by.
    `reason` is why somebody is excused: for the coordinator only.
    """

    __tablename__ = "registrations"
    __table_args__ = (
        UniqueConstraint("meeting_id", "person_id"),
        Index("ix_registrations_meeting_id_status", "meeting_id", "status"),
        Index("ix_registrations_meeting_id_replaced_by_id", "meeting_id", "replaced_by_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    status: Mapped[str] = mapped_column(String(20))
    replaced_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    session_id: Mapped[int | None] = mapped_column(ForeignKey("sessions.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime())
    offered_until: Mapped[datetime | None] = mapped_column(UtcDateTime(), index=True)
    lapsed_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    brought_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    reason: Mapped[str | None] = mapped_column(Text)
    remark: Mapped[str | None] = mapped_column(Text)
    paid_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


class SessionChoiceRow(Base):
    """A wish of one person for a session. `rank` counts from 1; `waiting` is who stands on that session's list.

    Where they sit is `RegistrationRow.session_id`; `created_at` orders the waiting list.
    """

    __tablename__ = "session_choices"
    __table_args__ = (UniqueConstraint("session_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), index=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("sessions.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    rank: Mapped[int] = mapped_column(default=1)
    waiting: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime())
