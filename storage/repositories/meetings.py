"""Queries on meetings and sessions. Every one is bounded by an index, whatever the size of the archive."""

from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from sqlalchemy import BindParameter, ColumnElement, Label, Select, bindparam, false, func, insert, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from storage.domain.meetings import (
    Audience,
    Guest,
    Location,
    Meeting,
    MeetingKind,
    MeetingQuery,
    SessionChoice,
    Which,
)
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
        """The meetings that fit and are not over, the nearest first; cancelled ones only where a name or day is given.

        Of those with a name the ones that take place come first.
        """
        return self._load(_upcoming(*_shape(query, viewer_id)), query, now, zone, viewer_id)

    def past(self, query: MeetingQuery, now: datetime, zone: str, viewer_id: int | None) -> tuple[Meeting, ...]:
        """The meetings that fit and are over, the latest first; cancelled ones as with those to come."""
        return self._load(_past(*_shape(query, viewer_id)), query, now, zone, viewer_id)

    def coming(self, now: datetime, until: datetime) -> tuple[Meeting, ...]:
        """All meetings that take place, are not over and start before `until`, the nearest first."""
        rows = self._session.execute(_coming(), {"now": now, "before": until})
        return tuple(meeting_of(row, taken, part) for row, taken, part in rows)

    def sessions(self, meeting_id: int) -> tuple[MeetingSession, ...]:
        """The parallel parts of a meeting with the seats taken in each."""
        rows = self._session.execute(_sessions(), {"meeting": meeting_id})
        return tuple(MeetingSession(row.id, row.key, row.title, row.capacity, row.room, count) for row, count in rows)

    def by_ids(self, ids: Collection[int], viewer_id: int | None) -> dict[int, Meeting]:
        """These meetings, by id."""
        rows = self._session.execute(_by_ids(viewer_id is not None), {"ids": list(ids), "viewer": viewer_id})
        return {row.id: meeting_of(row, taken, part) for row, taken, part in rows}

    def latest(self, kind: MeetingKind) -> Meeting | None:
        """The meeting of this kind that starts last and takes place."""
        statement = _with_counts(viewer=False).where(MeetingRow.kind == kind, MeetingRow.cancelled_at.is_(None))
        row = self._session.execute(statement.order_by(MeetingRow.starts_at.desc()).limit(1)).first()
        return meeting_of(*row) if row else None

    def keys(self, stem: str) -> frozenset[str]:
        """The keys that begin with this one."""
        return frozenset(self._session.scalars(select(MeetingRow.key).where(MeetingRow.key.startswith(stem))))

    def with_keys(self, keys: Collection[str]) -> tuple[Meeting, ...]:
        """The meetings with these keys."""
        rows = self._session.execute(_with_counts(viewer=False).where(MeetingRow.key.in_(keys)))
        return tuple(meeting_of(row, taken, part) for row, taken, part in rows)

    def add(self, columns: Mapping[str, Any]) -> int:
        """Make a meeting of these columns; its id."""
        made = self._session.execute(insert(MeetingRow).values(**columns).returning(MeetingRow.id))
        return int(made.scalar_one())

    def write(self, meeting_id: int, columns: Mapping[str, Any]) -> None:
        """Change these columns of a meeting."""
        self._session.execute(update(MeetingRow).where(MeetingRow.id == meeting_id).values(**columns))

    def copy_sessions(self, from_id: int, to_id: int) -> None:
        """Give a meeting the sessions of another, with nobody in them yet."""
        columns = (SessionRow.key, SessionRow.title, SessionRow.capacity, SessionRow.room)
        rows = self._session.execute(select(*columns).where(SessionRow.meeting_id == from_id).order_by(SessionRow.id))
        for key, title, capacity, room in rows.all():
            self._session.add(SessionRow(meeting_id=to_id, key=key, title=title, capacity=capacity, room=room))
        self._session.flush()

    def _load(
        self, statement: MeetingSelect, query: MeetingQuery, now: datetime, zone: str, viewer_id: int | None
    ) -> tuple[Meeting, ...]:
        several = query.which is Which.ALL or (query.which is Which.NEXT and query.bounded)
        before = [_midnight(query.last + timedelta(days=1), zone)] if query.last is not None else []
        values = {
            "viewer": viewer_id,
            "kind": query.kind,
            "ids": list(query.ids),
            "now": now,
            "first": _midnight(query.first, zone) if query.first is not None else None,
            "before": min(before, default=now),
            "before_now": min([*before, now]),
            "most": MOST if several else 1,
        }
        rows = self._session.execute(statement, values)
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
        organiser_id=row.organiser_id,
        note_taker_id=row.note_taker_id,
        cancelled=row.cancelled_at is not None,
        cancelled_why=row.cancelled_why,
        closed=row.closed_at is not None,
        per_organisation=row.per_organisation,
        per_organisation_until=row.per_organisation_until,
        session_choice=SessionChoice(row.session_choice),
        revision=row.revision,
        taken=taken,
        viewer_takes_part=bool(takes_part),
    )


# Building a statement costs more than running it, so each is built once for every shape that a question can have.


def _shape(query: MeetingQuery, viewer_id: int | None) -> tuple[bool, bool, bool, bool, bool]:
    """Which conditions a query has: on kind, ids, first and last day; and whether it is asked by somebody known."""
    has_days = (query.first is not None, query.last is not None)
    return query.kind is not None, bool(query.ids), *has_days, viewer_id is not None


@cache
def _upcoming(kind: bool, ids: bool, first: bool, last: bool, viewer: bool) -> MeetingSelect:
    starts_at = _unindexed(MeetingRow.starts_at)
    chosen = _with_counts(viewer).where(MeetingRow.ends_at > _moment("now"), *_which(kind, ids))
    if first:
        chosen = chosen.where(starts_at >= _moment("first"))
    if last:
        chosen = chosen.where(starts_at < _moment("before"))
    chosen = chosen.where(*_taking_place(named=ids or first or last))
    order = (MeetingRow.cancelled_at.is_not(None),) if ids else ()
    return chosen.order_by(*order, starts_at, MeetingRow.id).limit(bindparam("most"))


@cache
def _coming() -> MeetingSelect:
    starts_at = _unindexed(MeetingRow.starts_at)
    chosen = _with_counts(viewer=False).where(MeetingRow.ends_at > _moment("now"), starts_at < _moment("before"))
    return chosen.where(MeetingRow.cancelled_at.is_(None)).order_by(starts_at, MeetingRow.id)


@cache
def _past(kind: bool, ids: bool, first: bool, last: bool, viewer: bool) -> MeetingSelect:
    """One bound for the index to start at: the end of the period, or now."""
    chosen = _with_counts(viewer).where(_unindexed(MeetingRow.ends_at) <= _moment("now"), *_which(kind, ids))
    if first:
        chosen = chosen.where(MeetingRow.starts_at >= _moment("first"))
    chosen = chosen.where(MeetingRow.starts_at < _moment("before_now"), *_taking_place(named=ids or first or last))
    return chosen.order_by(MeetingRow.starts_at.desc(), MeetingRow.id.desc()).limit(bindparam("most"))


@cache
def _by_ids(viewer: bool) -> MeetingSelect:
    return _with_counts(viewer).where(*_which(kind=False, ids=True))


@cache
def _sessions() -> Select[SessionRow, int]:
    taken = (
        select(func.count())
        .where(RegistrationRow.session_id == SessionRow.id, RegistrationRow.status.in_(TAKES_A_SEAT))
        .correlate(SessionRow)
        .scalar_subquery()
    )
    of_meeting = SessionRow.meeting_id == bindparam("meeting")
    return select(SessionRow, taken).where(of_meeting).order_by(SessionRow.id)


def _with_counts(viewer: bool) -> MeetingSelect:
    return select(MeetingRow, taken_seats(), viewer_takes_part(bindparam("viewer") if viewer else None))


def _which(kind: bool, ids: bool) -> Iterator[ColumnElement[bool]]:
    if kind:
        yield MeetingRow.kind == bindparam("kind")
    if ids:
        yield MeetingRow.id.in_(bindparam("ids", expanding=True))


def _taking_place(*, named: bool) -> Iterator[ColumnElement[bool]]:
    """Who asks for the next meeting wants one that takes place; who names one hears that it does not."""
    if not named:
        yield MeetingRow.cancelled_at.is_(None)


def _moment(name: str) -> BindParameter[datetime]:
    return bindparam(name, type_=MeetingRow.starts_at.type)


def taken_seats() -> Label[int]:
    """A meeting's seats in use, as a column."""
    counted = select(func.count()).where(
        RegistrationRow.meeting_id == MeetingRow.id, RegistrationRow.status.in_(TAKES_A_SEAT)
    )
    return counted.correlate(MeetingRow).scalar_subquery().label("taken")


def viewer_takes_part(viewer_id: int | BindParameter[int] | None) -> Label[bool]:
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


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)
