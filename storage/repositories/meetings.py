"""Queries on meetings and sessions. Every one is bounded by an index, whatever the size of the archive."""

from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeAlias
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Label, Select, false, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from storage.domain.meetings import Audience, Guest, Location, Meeting, MeetingKind, MeetingQuery, Which
from storage.domain.meetings import Session as MeetingSession
from storage.domain.registrations import TAKES_A_SEAT, TAKES_PART
from storage.tables.meetings import MeetingRow, SessionRow
from storage.tables.registrations import RegistrationRow

MeetingSelect: TypeAlias = Select[MeetingRow, int, bool]

MOST = 30
"""No answer lists more meetings than this."""


class MeetingRepository:
    """Meetings and their sessions."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def upcoming(self, query: MeetingQuery, now: datetime, zone: str, viewer_id: int | None) -> tuple[Meeting, ...]:
        """The meetings that fit and are not over, the nearest first."""
        starts_at = _unindexed(MeetingRow.starts_at)
        chosen = _with_counts(viewer_id).where(MeetingRow.ends_at > now, *_which(query), *_when(query, zone, starts_at))
        return self._load(chosen.order_by(starts_at, MeetingRow.id), query)

    def past(self, query: MeetingQuery, now: datetime, zone: str, viewer_id: int | None) -> tuple[Meeting, ...]:
        """The meetings that fit and are over, the latest first."""
        chosen = _with_counts(viewer_id).where(
            _unindexed(MeetingRow.ends_at) <= now, *_which(query), *_when(query, zone, MeetingRow.starts_at, now)
        )
        return self._load(chosen.order_by(MeetingRow.starts_at.desc(), MeetingRow.id.desc()), query)

    def sessions(self, meeting_id: int) -> tuple[MeetingSession, ...]:
        """The parallel parts of a meeting with the seats taken in each."""
        taken = (
            select(func.count())
            .where(RegistrationRow.session_id == SessionRow.id, RegistrationRow.status.in_(TAKES_A_SEAT))
            .correlate(SessionRow)
            .scalar_subquery()
        )
        rows = self._session.execute(
            select(SessionRow, taken).where(SessionRow.meeting_id == meeting_id).order_by(SessionRow.id)
        )
        return tuple(MeetingSession(row.id, row.key, row.title, row.capacity, row.room, count) for row, count in rows)

    def by_ids(self, ids: Collection[int], viewer_id: int | None) -> dict[int, Meeting]:
        """These meetings, by id."""
        rows = self._session.execute(_with_counts(viewer_id).where(MeetingRow.id.in_(ids)))
        return {row.id: meeting_of(row, taken, part) for row, taken, part in rows}

    def _load(self, statement: MeetingSelect, query: MeetingQuery) -> tuple[Meeting, ...]:
        several = query.which is Which.ALL or (query.which is Which.NEXT and query.bounded)
        rows = self._session.execute(statement.limit(MOST if several else 1))
        return tuple(meeting_of(row, taken, part) for row, taken, part in rows)


def meeting_of(row: MeetingRow, taken: int, takes_part: bool) -> Meeting:
    """The domain value of a meeting's row, its seats taken, and whether the viewer takes part in it."""
    zone = ZoneInfo(row.timezone)
    location = None
    if row.location_name:
        location = Location(row.location_name, row.location_address, row.location_room)
    return Meeting(
        id=row.id,
        key=row.key,
        kind=MeetingKind(row.kind),
        title=row.title,
        starts=row.starts_local.replace(tzinfo=zone),
        ends=row.ends_local.replace(tzinfo=zone),
        audience=Audience(row.audience),
        description=row.description,
        for_whom=row.for_whom,
        practical=row.practical,
        location=location,
        online_url=row.online_url,
        capacity=row.capacity,
        fee_eur=row.fee_eur,
        register_until=row.register_until,
        agenda_until=row.agenda_until,
        themes=tuple(row.themes),
        guests=tuple(Guest(guest["name"], guest.get("organisation")) for guest in row.guests),
        taken=taken,
        viewer_takes_part=bool(takes_part),
    )


def _with_counts(viewer_id: int | None) -> MeetingSelect:
    return select(MeetingRow, taken_seats(), viewer_takes_part(viewer_id))


def taken_seats() -> Label[int]:
    """A meeting's seats in use, as a column."""
    counted = select(func.count()).where(
        RegistrationRow.meeting_id == MeetingRow.id, RegistrationRow.status.in_(TAKES_A_SEAT)
    )
    return counted.correlate(MeetingRow).scalar_subquery().label("taken")


def viewer_takes_part(viewer_id: int | None) -> Label[bool]:
    """Whether this viewer takes part in a meeting, as a column; somebody unknown never does."""
    if viewer_id is None:
        return false().label("takes_part")
    registered = (
        select(RegistrationRow.id)
        .where(
            RegistrationRow.meeting_id == MeetingRow.id,
            RegistrationRow.person_id == viewer_id,
            RegistrationRow.status.in_(TAKES_PART),
        )
        .correlate(MeetingRow)
        .exists()
    )
    runs_it = or_(MeetingRow.organiser_id == viewer_id, MeetingRow.note_taker_id == viewer_id)
    return func.coalesce(or_(registered, runs_it), False).label("takes_part")


def _unindexed(column: InstrumentedAttribute[datetime]) -> ColumnElement[datetime]:
    """A column out of reach of its index.

    The few meetings to come are found by their end and then put in order; those that are over are read in the order
    of their start, the latest first. Left to choose, a database takes the other index too, and reads the whole archive.
    """
    return func.coalesce(column, column)


def _which(query: MeetingQuery) -> Iterator[ColumnElement[bool]]:
    if query.kind is not None:
        yield MeetingRow.kind == query.kind
    if query.ids:
        yield MeetingRow.id.in_(query.ids)


def _when(
    query: MeetingQuery,
    zone: str,
    starts_at: ColumnElement[datetime] | InstrumentedAttribute[datetime],
    now: datetime | None = None,
) -> Iterator[ColumnElement[bool]]:
    """The period of a query; with `now`, meetings that began only: one bound for the index to start at."""
    if query.first is not None:
        yield starts_at >= _midnight(query.first, zone)
    ends = [_midnight(query.last + timedelta(days=1), zone)] if query.last is not None else []
    if now is not None:
        ends.append(now)
    if ends:
        yield starts_at < min(ends)


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)
