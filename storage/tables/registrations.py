"""Table of registrations."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, UtcDateTime


class RegistrationRow(Base):
    """Where one person stands towards one meeting; `created_at` orders the waiting list."""

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
