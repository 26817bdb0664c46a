"""Tables of what the bot says by itself: notices, and the pace at which they may be sent."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, Json, UtcDateTime


class NoticeRow(Base):
    """One notice for one person or place; see `storage.domain.notices`."""

    __tablename__ = "notices"
    __table_args__ = (
        Index("ix_notices_state_due_at", "state", "due_at"),
        Index("ix_notices_target_state", "target", "state"),
        Index("ix_notices_kind_subject", "kind", "subject"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(300), unique=True)
    kind: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(100))
    target: Mapped[str] = mapped_column(String(420))
    due_at: Mapped[datetime] = mapped_column(UtcDateTime())
    timing: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(12))
    data: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime())
    tries: Mapped[int] = mapped_column(default=0)
    last_code: Mapped[str | None] = mapped_column(String(60))
    owner: Mapped[str | None] = mapped_column(String(40))
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime())
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    shown_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    conversation_id: Mapped[str | None] = mapped_column(String(420))
    activity_id: Mapped[str | None] = mapped_column(String(300))
    version: Mapped[int] = mapped_column(default=0)
    refresh_at: Mapped[datetime | None] = mapped_column(UtcDateTime(), index=True)


class PaceRow(Base):
    """Until when nothing goes to a target that said "too many"; the row "*" holds everybody's next free moment."""

    __tablename__ = "paces"

    target: Mapped[str] = mapped_column(String(420), primary_key=True)
    until: Mapped[datetime] = mapped_column(UtcDateTime())
