"""Queries on meetings and sessions. Every one is bounded by an index, whatever the size of the archive."""

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeAlias
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Label, Select, func, or_, select
from sqlalchemy.orm import Session

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
        chosen = self._fitting(query, zone, viewer_id).where(MeetingRow.ends_at > now)
        return self._load(chosen.order_by(MeetingRow.starts_at, MeetingRow.id), query)

    def past(self, query: MeetingQuery, now: datetime, zone: str, viewer_id: int | None) -> tuple[Meeting, ...]:
        """The meetings that fit and are over, the latest first."""
        chosen = self._fitting(query, zone, viewer_id).where(MeetingRow.ends_at <= now)
        return self._load(chosen.order_by(MeetingRow.starts_at.desc(), MeetingRow.id), query)

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

    def _fitting(self, query: MeetingQuery, zone: str, viewer_id: int | None) -> MeetingSelect:
        return _with_counts(viewer_id).where(*_conditions(query, ZoneInfo(zone)))

    def _load(self, statement: MeetingSelect, query: MeetingQuery) -> tuple[Meeting, ...]:
        several = query.which is Which.ALL or query.bounded
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
    """Whether this viewer takes part in a meeting, as a column."""
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


def _conditions(query: MeetingQuery, zone: ZoneInfo) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if query.kind is not None:
        conditions.append(MeetingRow.kind == query.kind)
    if query.ids:
        conditions.append(MeetingRow.id.in_(query.ids))
    if query.first is not None:
        conditions.append(MeetingRow.starts_at >= _midnight(query.first, zone))
    if query.last is not None:
        conditions.append(MeetingRow.starts_at < _midnight(query.last + timedelta(days=1), zone))
    return conditions


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)
