"""Tables of what is written of a meeting: its report, the lines of it, its versions, and what people object."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, false, true
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, Json, UtcDateTime


class ReportRow(Base):
    """How far the report of a meeting is. No row: nothing happened to it yet. See `storage.domain.reports`.

    `started_at`, `ended_at`: when Teams said that it began and ended. `asked_at`, `asks`: when and how often somebody
    was asked for material. `release`: when it may be posted ("noon", "at_once", "approval"), as the rule was when it
    was drafted. `version` grows with every change after it was posted.
    """

    __tablename__ = "reports"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), primary_key=True)
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    asks: Mapped[int] = mapped_column(default=0, server_default="0")
    drafted_at: Mapped[datetime | None] = mapped_column(UtcDateTime(), index=True)
    release: Mapped[str | None] = mapped_column(String(20))
    released_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    held: Mapped[bool] = mapped_column(default=False, server_default=false())
    posted_at: Mapped[datetime | None] = mapped_column(UtcDateTime(), index=True)
    corrected_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    version: Mapped[int] = mapped_column(default=0, server_default="0")
    recording_url: Mapped[str | None] = mapped_column(String(2000))
    report_url: Mapped[str | None] = mapped_column(String(2000))
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    approved_how: Mapped[str | None] = mapped_column(String(20))
    approved_in_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id"))
    forgotten_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


class ReportSourceRow(Base):
    """A report that somebody delivered: its extracted text, in which the lines taken from it have their places.

    `digest` (SHA-256 of the text) tells that the same one came twice. `text` is emptied once its cases are forgotten.
    """

    __tablename__ = "report_sources"
    __table_args__ = (UniqueConstraint("meeting_id", "digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    name: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime())


class ReportLineRow(Base):
    """One line of a report: see `storage.domain.reports.Line`.

    `item` and `item_title` are the point that it belongs to. `source_id`, `starts`, `ends`: its place in a delivered
    report. `data`: what only some kinds have (of a person: organisation, role, replaces). `certain`: false while
    somebody should look at it. `private`: about a case, or it may identify somebody: it is never posted.
    """

    __tablename__ = "report_lines"
    __table_args__ = (Index("ix_report_lines_meeting_id_kind", "meeting_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    kind: Mapped[str] = mapped_column(String(20))
    position: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    item: Mapped[str | None] = mapped_column(String(20))
    item_title: Mapped[str | None] = mapped_column(String(300))
    owner: Mapped[str | None] = mapped_column(String(300))
    due: Mapped[date | None]
    until: Mapped[str | None] = mapped_column(String(10))
    data: Mapped[dict[str, Any]] = mapped_column(Json, default=dict, server_default="{}")
    origin: Mapped[str] = mapped_column(String(20))
    source_id: Mapped[int | None] = mapped_column(ForeignKey("report_sources.id"), index=True)
    starts: Mapped[int | None]
    ends: Mapped[int | None]
    certain: Mapped[bool] = mapped_column(default=True, server_default=true())
    private: Mapped[bool] = mapped_column(default=False, server_default=false())
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime())
    changed_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    superseded_by_id: Mapped[int | None] = mapped_column(ForeignKey("report_lines.id"), index=True)


class ReportVersionRow(Base):
    """A version that was kept, when a report was posted, corrected or approved. `what` says which of these."""

    __tablename__ = "report_versions"
    __table_args__ = (UniqueConstraint("meeting_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    number: Mapped[int]
    what: Mapped[str] = mapped_column(String(20))
    lines: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime())


class ObjectionRow(Base):
    """What somebody objects to a line of a report, or to the whole of it. `taken`: the coordinator took it over."""

    __tablename__ = "report_objections"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), index=True)
    line_id: Mapped[int | None] = mapped_column(ForeignKey("report_lines.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime())
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    taken: Mapped[bool | None]


class UploadRow(Base):
    """A file that somebody gave the bot to read: a job for `bot/jobs`. `url` is emptied once it was read.

    `state`: ready, reading (until `lease_until`), read, refused; `reason` says why not. `data` has the `key` of the
    message that it came with. What was found in it waits in the sender's drafts.
    """

    __tablename__ = "uploads"
    __table_args__ = (Index("ix_uploads_state_lease_until", "state", "lease_until"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    conversation_id: Mapped[str] = mapped_column(String(420))
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    url: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str | None] = mapped_column(String(40))
    tries: Mapped[int] = mapped_column(default=0, server_default="0")
    owner: Mapped[str | None] = mapped_column(String(40))
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime())
    source_id: Mapped[int | None] = mapped_column(ForeignKey("report_sources.id"))
    data: Mapped[dict[str, Any]] = mapped_column(Json, default=dict, server_default="{}")
    at: Mapped[datetime] = mapped_column(UtcDateTime())


class MeetingChatRow(Base):
    """The Teams chat of a meeting: what is said there is about that one. `teams_id` is Teams' own id of the meeting."""

    __tablename__ = "meeting_chats"

    conversation_id: Mapped[str] = mapped_column(String(420), primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), index=True)
    teams_id: Mapped[str | None] = mapped_column(String(420))
    at: Mapped[datetime] = mapped_column(UtcDateTime())
