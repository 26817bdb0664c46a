"""Tables of polls: what is asked, what can be chosen, who may vote, and the votes."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, Json, UtcDateTime


class PollSeriesRow(Base):
    """A poll that comes back: `template` is what is asked each time, `rhythm` the days, `at_local` the hour ("09:00").

    `next_on` is the local day of the next one, `next_at` that moment; both are empty once it ended.
    """

    __tablename__ = "poll_series"

    id: Mapped[int] = mapped_column(primary_key=True)
    template: Mapped[dict[str, Any]] = mapped_column(Json)
    rhythm: Mapped[dict[str, Any]] = mapped_column(Json)
    at_local: Mapped[str] = mapped_column(String(5))
    timezone: Mapped[str] = mapped_column(String(60))
    target: Mapped[str] = mapped_column(String(420))
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime())
    next_on: Mapped[date | None]
    next_at: Mapped[datetime | None] = mapped_column(UtcDateTime(), index=True)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


class PollRow(Base):
    """A poll; see `storage.domain.polls`.

    `target` is where it goes, as of a notice; "people" for those of `poll_people`, each in person. People plan in local
    time, so `closes_local` is kept beside the moment; `closes_set`: somebody said until when. `voters` counts who
    voted. `urn` holds the ballots of an anonymous poll, sealed with a key that the database does not have, until it
    closes; `result` the counts from then on. `applied`: the agenda point or meeting that was made of it. `roster_at`:
    when was read who is in its conversation.
    """

    __tablename__ = "polls"
    __table_args__ = (
        UniqueConstraint("series_id", "occurrence"),
        Index("ix_polls_state_closes_at", "state", "closes_at"),
        Index("ix_polls_state_opens_at", "state", "opens_at"),
        Index("ix_polls_target_state", "target", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(12))
    question: Mapped[str] = mapped_column(String(300))
    state: Mapped[str] = mapped_column(String(12))
    anonymous: Mapped[bool] = mapped_column(default=False, server_default=false())
    most: Mapped[int | None]
    may_add: Mapped[bool] = mapped_column(default=False, server_default=false())
    shown: Mapped[str] = mapped_column(String(16))
    quorum: Mapped[int | None]
    target: Mapped[str] = mapped_column(String(420))
    tenant_id: Mapped[str | None] = mapped_column(String(36))
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id"), index=True)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime())
    opens_at: Mapped[datetime] = mapped_column(UtcDateTime())
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    closes_at: Mapped[datetime] = mapped_column(UtcDateTime())
    closes_local: Mapped[datetime]
    closes_set: Mapped[bool] = mapped_column(default=False, server_default=false())
    timezone: Mapped[str] = mapped_column(String(60))
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    version: Mapped[int] = mapped_column(default=0, server_default="0")
    voters: Mapped[int] = mapped_column(default=0, server_default="0")
    urn: Mapped[bytes | None] = mapped_column(LargeBinary)
    result: Mapped[dict[str, Any] | None] = mapped_column(Json)
    run_off_of_id: Mapped[int | None] = mapped_column(ForeignKey("polls.id"))
    series_id: Mapped[int | None] = mapped_column(ForeignKey("poll_series.id"))
    occurrence: Mapped[date | None]
    applied: Mapped[dict[str, Any]] = mapped_column(Json, default=dict, server_default="{}")
    nudged_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    roster_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    forgotten_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


class PollOptionRow(Base):
    """What can be chosen. An option of a poll on dates is a `day`, with local hours where somebody said them."""

    __tablename__ = "poll_options"
    __table_args__ = (UniqueConstraint("poll_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    poll_id: Mapped[int] = mapped_column(ForeignKey("polls.id"))
    position: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    day: Mapped[date | None]
    starts_local: Mapped[datetime | None]
    ends_local: Mapped[datetime | None]
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class PollVoteRow(Base):
    """Somebody's vote in a named poll: `ballot` holds [option id, value] for each option that they said something of.

    Never a row of an anonymous poll.
    """

    __tablename__ = "poll_votes"

    poll_id: Mapped[int] = mapped_column(ForeignKey("polls.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)
    ballot: Mapped[list[list[int]]] = mapped_column(Json)
    at: Mapped[datetime] = mapped_column(UtcDateTime())


class PollVoterRow(Base):
    """That somebody voted in an anonymous poll: not what, and not when. Gone once it closed.

    Kept in the order of its key: the order in which rows came would tell in which order people voted.
    """

    __tablename__ = "poll_voters"
    __table_args__ = ({"sqlite_with_rowid": False},)

    poll_id: Mapped[int] = mapped_column(ForeignKey("polls.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)


class PollPersonRow(Base):
    """Somebody who may vote: it was sent to them, or they are in the conversation where it stands (`how`)."""

    __tablename__ = "poll_people"

    poll_id: Mapped[int] = mapped_column(ForeignKey("polls.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)
    how: Mapped[str] = mapped_column(String(10))
