"""Tables of what was agreed that somebody does."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, UtcDateTime


class ActionRow(Base):
    """Something to do that was agreed at a meeting; see `storage.domain.actions`.

    `line_id` is the line of the report that it comes from. `owner_text` is who it was said for where that is nobody
    that the network knows; `for_group`: for everybody. `told_in_id`: at which meeting it was told that it is done.
    """

    __tablename__ = "actions"
    __table_args__ = (
        UniqueConstraint("line_id"),
        Index("ix_actions_meeting_id_state", "meeting_id", "state"),
        Index("ix_actions_state_due", "state", "due"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    line_id: Mapped[int | None] = mapped_column(ForeignKey("report_lines.id"))
    text: Mapped[str] = mapped_column(Text)
    owner_text: Mapped[str | None] = mapped_column(String(300))
    for_group: Mapped[bool] = mapped_column(default=False, server_default=false())
    due: Mapped[date | None]
    state: Mapped[str] = mapped_column(String(12))
    remark: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime())
    changed_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    told_in_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id"))


class ActionOwnerRow(Base):
    """Somebody whose action it is. `passed_by_id` is who gave it to them."""

    __tablename__ = "action_owners"

    action_id: Mapped[int] = mapped_column(ForeignKey("actions.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)
    passed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime())
