"""Queries on a meeting's seats: its list under a lock, and what a decision changed. Every registration runs these."""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any, cast

from sqlalchemy import Select, Table, and_, bindparam, func, or_, select, update
from sqlalchemy.orm import Session

from storage.domain.meetings import Meeting
from storage.domain.registrations import IN_LINE, TAKES_A_SEAT, RegistrationStatus
from storage.domain.seats import Entry
from storage.repositories.inserts import Insert, Prepared
from storage.repositories.meetings import meeting_of
from storage.tables.meetings import MeetingRow
from storage.tables.notices import NoticeRow
from storage.tables.people import PersonRow
from storage.tables.registrations import RegistrationRow

_TABLE = cast("Table", RegistrationRow.__table__)
_PEOPLE = cast("Table", PersonRow.__table__)
_STATUSES = {status.value: status for status in RegistrationStatus}
_NOTICES = cast("Table", NoticeRow.__table__)
_TOLD = (
    select(_NOTICES.c.id)
    .where(_NOTICES.c.kind == bindparam("kind"), _NOTICES.c.subject == bindparam("subject"))
    .limit(1)
)
_WRITTEN = (
    "status",
    "created_at",
    "offered_until",
    "lapsed_at",
    "replaced_by_id",
    "brought_by_id",
    "reason",
)


class SeatRepository:
    """Seats and the line for them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def locked(self, meeting_id: int) -> Meeting | None:
        """A meeting as it is now; until the transaction ends nobody else decides on its seats.

        Its `taken` and `viewer_takes_part` are not filled in.
        """
        row = self._row(meeting_id)
        return meeting_of(row, 0, takes_part=False) if row else None

    def entries(self, meeting_id: int) -> list[Entry]:
        """Everybody on a meeting's list."""
        rows = self._session.connection().execute(_entries(), {"meeting": meeting_id}).all()
        return [Entry(person, organisation, _STATUSES[status], *rest) for person, organisation, status, *rest in rows]

    def write(self, meeting_id: int, entries: Iterable[Entry]) -> None:
        """Write these entries; who was not on the list comes on it."""
        rows = [_columns(meeting_id, entry) for entry in entries]
        if rows:
            self._session.connection().execute(_WRITE.for_(self._session), rows)

    def hand_over_payment(self, meeting_id: int, from_id: int, to_id: int) -> None:
        """That the fee was paid for a seat goes with the seat."""
        values = {"meeting": meeting_id, "person": from_id}
        paid_at = self._session.connection().execute(_paid_at(), values).scalar()
        if paid_at is not None:
            self._session.connection().execute(_set_paid(), {"meeting": meeting_id, "of": to_id, "paid": paid_at})
            self._session.connection().execute(_set_paid(), {"meeting": meeting_id, "of": from_id, "paid": None})

    def set_meeting(self, meeting_id: int, **columns: object) -> None:
        """Change columns of a meeting."""
        row = self._row(meeting_id)
        for name, value in columns.items():
            setattr(row, name, value)
        self._session.flush()

    def names(self, meeting_id: int) -> tuple[str, ...]:
        """The names of everybody on a meeting's list."""
        return tuple(self._session.connection().execute(_names(), {"meeting": meeting_id}).scalars())

    def is_told(self, kind: str, meeting_id: int) -> bool:
        """Whether any notice of this kind was planned about a meeting."""
        values = {"kind": kind, "subject": str(meeting_id)}
        return self._session.connection().execute(_TOLD, values).first() is not None

    def to_settle(self, now: datetime) -> tuple[int, ...]:
        """The meetings to come in which an offer ran out, or somebody waits while a seat is free."""
        # Put in order here: asked to do that, SQLite reads all meetings ever, in the order of their ids.
        return tuple(sorted(self._session.connection().execute(_to_settle(), {"now": now}).scalars()))

    def _row(self, meeting_id: int) -> MeetingRow | None:
        return self._session.scalars(_locked(), {"meeting": meeting_id}).one_or_none()


# Building a statement costs more than running it, so each is built once.


@cache
def _locked() -> Select[MeetingRow]:
    """FOR NO KEY UPDATE on PostgreSQL: others may go on to refer to the meeting. SQLite has one writer anyway."""
    statement = select(MeetingRow).where(MeetingRow.id == bindparam("meeting")).with_for_update(key_share=True)
    return statement.execution_options(populate_existing=True)


@cache
def _entries() -> Select[*tuple[Any, ...]]:
    columns = (
        _TABLE.c.person_id,
        _PEOPLE.c.organisation_id,
        _TABLE.c.status,
        _TABLE.c.created_at,
        _TABLE.c.id,
        _TABLE.c.offered_until,
        _TABLE.c.lapsed_at,
        _TABLE.c.replaced_by_id,
        _TABLE.c.brought_by_id,
        _TABLE.c.reason,
    )
    joined = select(*columns).join(_PEOPLE, _PEOPLE.c.id == _TABLE.c.person_id)
    return joined.where(_TABLE.c.meeting_id == bindparam("meeting"))


@cache
def _names() -> Select[str]:
    joined = select(_PEOPLE.c.name).join(_TABLE, _PEOPLE.c.id == _TABLE.c.person_id)
    return joined.where(
        _TABLE.c.meeting_id == bindparam("meeting"), _TABLE.c.status != RegistrationStatus.WITHDRAWN.value
    )


@cache
def _paid_at() -> Select[datetime | None]:
    mine = (_TABLE.c.meeting_id == bindparam("meeting"), _TABLE.c.person_id == bindparam("person"))
    return select(_TABLE.c.paid_at).where(*mine)


@cache
def _set_paid() -> Any:
    theirs = (_TABLE.c.meeting_id == bindparam("meeting"), _TABLE.c.person_id == bindparam("of"))
    return update(_TABLE).where(*theirs).values(paid_at=bindparam("paid", type_=_TABLE.c.paid_at.type))


@cache
def _to_settle() -> Select[int]:
    """Through the meetings to come, which are few. Counted: for EXISTS, PostgreSQL reads every registration ever."""
    now = bindparam("now", type_=MeetingRow.starts_at.type)
    taken = (
        select(func.count())
        .where(RegistrationRow.meeting_id == MeetingRow.id, RegistrationRow.status.in_(TAKES_A_SEAT))
        .correlate(MeetingRow)
        .scalar_subquery()
    )
    held = RegistrationRow.status == RegistrationStatus.OFFERED.value
    lapsed = and_(held, or_(RegistrationRow.offered_until <= now, MeetingRow.starts_at <= now))
    waits = RegistrationRow.status == RegistrationStatus.WAITLISTED.value
    room = or_(MeetingRow.capacity.is_(None), taken < MeetingRow.capacity)
    could_sit = and_(waits, room, MeetingRow.starts_at > now)
    settles = select(func.count()).where(
        RegistrationRow.meeting_id == MeetingRow.id, RegistrationRow.status.in_(IN_LINE), or_(lapsed, could_sit)
    )
    coming = (MeetingRow.ends_at > now, MeetingRow.cancelled_at.is_(None))
    return select(MeetingRow.id).where(*coming, settles.correlate(MeetingRow).scalar_subquery() > 0)


def _upsert(insert: Insert) -> Any:
    types = {name: _TABLE.c[name].type for name in ("meeting_id", "person_id", *_WRITTEN)}
    filled = insert.values({name: bindparam(name, type_=type_) for name, type_ in types.items()})
    return filled.on_conflict_do_update(
        index_elements=["meeting_id", "person_id"], set_={name: filled.excluded[name] for name in _WRITTEN}
    )


_WRITE = Prepared(RegistrationRow, _upsert)


def _columns(meeting_id: int, entry: Entry) -> dict[str, Any]:
    return {
        "meeting_id": meeting_id,
        "person_id": entry.person_id,
        "status": entry.status.value,
        "created_at": entry.since,
        "offered_until": entry.offered_until,
        "lapsed_at": entry.lapsed_at,
        "replaced_by_id": entry.replaced_by_id,
        "brought_by_id": entry.brought_by_id,
        "reason": entry.reason,
    }
