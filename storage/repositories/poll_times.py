"""Queries on when polls open, close and come back, on where their card stands, and on what is forgotten of them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from sqlalchemy import ColumnElement, delete, func, insert, or_, select, update
from sqlalchemy.orm import Session

from storage.domain.notices import NoticeState, person_of
from storage.domain.poll_series import Series, from_template, rhythm_of
from storage.domain.polls import PEOPLE, POLL, PollState, PollTraces
from storage.tables.notices import NoticeRow
from storage.tables.people import PersonRow
from storage.tables.polls import PollPersonRow, PollRow, PollSeriesRow, PollVoteRow, PollVoterRow

MOST_AT_ONCE = 100
"""Polls that are looked at in one round; what is left is for the next."""

_FRESH = {"populate_existing": True}


@dataclass(frozen=True, slots=True)
class Due:
    """The ids of what is due."""

    opening: tuple[int, ...]
    closing: tuple[int, ...]
    series: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the card of a poll stands: the conversation with its thread, and its id, once it was posted."""

    conversation_id: str
    activity_id: str


class PollTimesRepository:
    """Polls in time."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def due(self, now: datetime) -> Due:
        """What should open, close or come back by now."""
        opening = (PollRow.state == PollState.SCHEDULED.value, PollRow.opens_at <= now)
        closing = (PollRow.state == PollState.OPEN.value, PollRow.closes_at <= now)
        series = select(PollSeriesRow.id).where(PollSeriesRow.next_at <= now).order_by(PollSeriesRow.next_at)
        return Due(
            self._ids((PollRow.opens_at,), *opening),
            # The named ones first: anonymous ones stay due for as long as their key is gone.
            self._ids((PollRow.anonymous, PollRow.closes_at), *closing),
            tuple(self._session.scalars(series.limit(MOST_AT_ONCE))),
        )

    def _ids(self, first: tuple[Any, ...], *chosen: ColumnElement[bool]) -> tuple[int, ...]:
        statement = select(PollRow.id).where(*chosen).order_by(*first, PollRow.id)
        return tuple(self._session.scalars(statement.limit(MOST_AT_ONCE)))

    def running(self) -> tuple[str, ...]:
        """The subjects of the notices of polls that are open."""
        ids = self._session.scalars(select(PollRow.id).where(PollRow.state == PollState.OPEN.value))
        return tuple(str(one) for one in ids)

    # --- series

    def add_series(self, columns: dict[str, Any]) -> int:
        """Add a series; its id."""
        return self._session.execute(insert(PollSeriesRow).values(columns).returning(PollSeriesRow.id)).scalar_one()

    def locked_series(self, series_id: int) -> Series | None:
        """A series that nobody else changes until this transaction ends; None once it ended."""
        statement = select(PollSeriesRow).where(PollSeriesRow.id == series_id).with_for_update()
        row = self._session.scalar(statement, execution_options=_FRESH)
        return _series(row) if row is not None and row.ended_at is None else None

    def write_series(self, series_id: int, **columns: Any) -> None:
        """Write columns of a series."""
        self._session.execute(update(PollSeriesRow).where(PollSeriesRow.id == series_id).values(columns))

    # --- where it stands

    def card(self, poll_id: int) -> Standing | None:
        """Where the card of a poll stands that was posted in a conversation."""
        rows = self._session.execute(
            select(NoticeRow.target, NoticeRow.conversation_id, NoticeRow.activity_id).where(
                NoticeRow.kind == POLL, NoticeRow.subject == str(poll_id), NoticeRow.state == NoticeState.SENT
            )
        )
        for row in rows:
            if person_of(row.target) is None and row.conversation_id and row.activity_id:
                return Standing(row.conversation_id, row.activity_id)
        return None

    def to_meet(self, now: datetime) -> tuple[tuple[int, str], ...]:
        """The open polls in conversations of which nobody read who is there, with their targets."""
        statement = select(PollRow.id, PollRow.target).where(
            PollRow.state == PollState.OPEN.value,
            PollRow.closes_at > now,
            PollRow.roster_at.is_(None),
            PollRow.target != PEOPLE,
        )
        rows = self._session.execute(statement.order_by(PollRow.id).limit(MOST_AT_ONCE))
        return tuple((row.id, row.target) for row in rows)

    def known_as(self, entra_ids: Collection[str], emails: Collection[str]) -> dict[str, int]:
        """The ids of the people with one of these Entra ids; by mail address of those whose Entra id nobody knows."""
        by_mail = PersonRow.entra_id.is_(None) & PersonRow.email.in_(emails)
        columns = (PersonRow.id, PersonRow.entra_id, PersonRow.email)
        rows = self._session.execute(select(*columns).where(or_(PersonRow.entra_id.in_(entra_ids), by_mail)))
        return {row.entra_id or row.email: row.id for row in rows}

    # --- what is kept, and for how long

    def traces(self, person_id: int) -> PollTraces:
        """How much is kept of somebody."""
        started = select(func.count()).where(PollRow.created_by_id == person_id)
        votes = select(func.count()).where(PollVoteRow.person_id == person_id)
        return PollTraces(self._session.scalar(started) or 0, self._session.scalar(votes) or 0)

    def old(self, before: datetime) -> tuple[int, ...]:
        """The polls that ended before this moment, and of which is still kept who may vote and who voted what."""
        ended = (PollRow.state.in_([PollState.CLOSED.value, PollState.DROPPED.value]), PollRow.closed_at < before)
        return tuple(self._session.scalars(select(PollRow.id).where(*ended, PollRow.forgotten_at.is_(None))))

    def forget(self, poll_ids: Collection[int], now: datetime) -> None:
        """Forget who may vote in these polls and who voted what; how they ended stays."""
        for table in (PollVoteRow, PollVoterRow, PollPersonRow):
            self._session.execute(delete(table).where(table.poll_id.in_(poll_ids)))
        self._session.execute(update(PollRow).where(PollRow.id.in_(poll_ids)).values(forgotten_at=now, urn=None))

    def forget_series(self, before: datetime) -> None:
        """Forget what was asked again, and of whom, in series that ended before this moment."""
        old = (PollSeriesRow.ended_at < before,)
        self._session.execute(update(PollSeriesRow).where(*old).values(template={}))


def _series(row: PollSeriesRow) -> Series:
    return Series(
        id=row.id,
        new=from_template(row.template),
        rhythm=rhythm_of(row.rhythm),
        at=time.fromisoformat(row.at_local),
        timezone=row.timezone,
        target=row.target,
        created_by_id=row.created_by_id,
        next_on=row.next_on,
        next_at=row.next_at,
    )
