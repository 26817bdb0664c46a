"""Tables of the places in Teams where the bot is, and of what a conversation remembers."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, UtcDateTime


class PlaceRow(Base):
    """A conversation the bot can write to; `posts_here` marks the channel the coordinator chose.

    `entra_id` is whose personal chat it is. Once removed, nothing is sent there any more; `removed_why` says why.
    A team and its General channel have the same id, so that the kind belongs to the key.
    """

    __tablename__ = "places"

    conversation_id: Mapped[str] = mapped_column(String(300), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    service_url: Mapped[str] = mapped_column(String(500))
    tenant_id: Mapped[str | None] = mapped_column(String(36))
    team_id: Mapped[str | None] = mapped_column(String(300), index=True)
    welcomed_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    posts_here: Mapped[bool] = mapped_column(default=False)
    bot_id: Mapped[str | None] = mapped_column(String(300))
    entra_id: Mapped[str | None] = mapped_column(String(64), index=True)
    removed_why: Mapped[str | None] = mapped_column(String(60))


class MemoryRow(Base):
    """What was last talked about in a conversation: ids only, no text."""

    __tablename__ = "memories"

    conversation_id: Mapped[str] = mapped_column(String(400), primary_key=True)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id", ondelete="SET NULL"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id", ondelete="SET NULL"))
    intent: Mapped[str | None] = mapped_column(String(40))
    pending: Mapped[str | None] = mapped_column(String(60))
    at: Mapped[datetime] = mapped_column(UtcDateTime(), index=True)
