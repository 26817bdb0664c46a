"""Queries on meetings whose agenda is to be closed, and on points that wait for a meeting."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from storage.domain.agenda import PointState
from storage.repositories.inserts import insert_into
from storage.tables.agenda import AgendaPointRow, AgendaRow
from storage.tables.meetings import MeetingRow

_OPEN = sorted(state.value for state in PointState if state.open)


@dataclass(frozen=True, slots=True)
class Asked:
    """When somebody was asked what was discussed at a meeting, about which points by number, and when it was closed."""

    asked_at: datetime | None = None
    ids: tuple[int, ...] = ()
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A point that waits for a meeting: one of the month `month`, or the next one after that at `from_id`."""

    point_id: int
    from_id: int | None
    month: date | None


class ClosingRepository:
    """The end of agendas."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def due(self, since: datetime, now: datetime) -> tuple[int, ...]:
        """The meetings that are over since then, or cancelled, with points that nobody settled.

        Only those with points that people entered here or with an agenda that was made here: what was imported with
        its meeting, and perhaps over long ago, is nobody's to settle.
        """
        over = and_(MeetingRow.cancelled_at.is_(None), MeetingRow.ends_at <= now, _is_open(), _has(_stands()))
        made_here = or_(AgendaRow.composed_at.is_not(None), AgendaRow.published_at.is_not(None), _has(_entered()))
        cancelled = and_(MeetingRow.cancelled_at.is_not(None), _has(and_(_stands(), _entered(), _not_waiting())))
        rows = (
            select(MeetingRow.id)
            .outerjoin(AgendaRow, AgendaRow.meeting_id == MeetingRow.id)
            .where(MeetingRow.ends_at > since, or_(and_(over, made_here), cancelled))
            .order_by(MeetingRow.ends_at, MeetingRow.id)
        )
        return tuple(self._session.scalars(rows))

    def of(self, meeting_id: int) -> Asked:
        """How far a meeting is closed."""
        columns = (AgendaRow.asked_at, AgendaRow.asked, AgendaRow.closed_at)
        row = self._session.execute(select(*columns).where(AgendaRow.meeting_id == meeting_id)).first()
        return Asked(row.asked_at, tuple(row.asked), row.closed_at) if row else Asked()

    def write(self, meeting_id: int, columns: Mapping[str, Any]) -> None:
        """Keep how far a meeting is closed."""
        statement = insert_into(self._session, AgendaRow).values(meeting_id=meeting_id, published=[], **columns)
        self._session.execute(statement.on_conflict_do_update(index_elements=["meeting_id"], set_=dict(columns)))

    def carried_from(self, meeting_id: int) -> tuple[int, ...]:
        """The points that were not discussed at this meeting."""
        points = select(AgendaPointRow.id).where(AgendaPointRow.carried_from_id == meeting_id)
        return tuple(self._session.scalars(points.order_by(AgendaPointRow.id)))

    def origin(self, point_id: int) -> int | None:
        """The meeting at which a point was not discussed last."""
        return self._session.scalar(select(AgendaPointRow.carried_from_id).where(AgendaPointRow.id == point_id))

    def waiting(self, point_ids: Collection[int] | None = None) -> Sequence[Waiting]:
        """The open points that wait for a meeting that there was not yet; only these, where ids are given."""
        shelved = and_(AgendaPointRow.meeting_id.is_(None), AgendaPointRow.returns_on.is_not(None))
        # Any id, and sorted here: for NOT NULL, and to have them in order, SQLite reads every point there ever was.
        carried = AgendaPointRow.carried_from_id > 0
        stays = and_(carried, AgendaPointRow.meeting_id == AgendaPointRow.carried_from_id)
        columns = (AgendaPointRow.id, AgendaPointRow.carried_from_id, AgendaPointRow.returns_on)
        chosen = select(*columns).where(AgendaPointRow.state.in_(_OPEN), or_(shelved, stays))
        chosen = chosen if point_ids is None else chosen.where(AgendaPointRow.id.in_(point_ids))
        return [Waiting(*row) for row in sorted(self._session.execute(chosen), key=lambda row: row.id)]


_POINT = aliased(AgendaPointRow)


def _has(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(_POINT.meeting_id == MeetingRow.id, condition)


def _stands() -> ColumnElement[bool]:
    return _POINT.state.in_(_OPEN)


def _entered() -> ColumnElement[bool]:
    return _POINT.proposed_at.is_not(None)


def _not_waiting() -> ColumnElement[bool]:
    return or_(_POINT.carried_from_id.is_(None), _POINT.carried_from_id != MeetingRow.id)


def _is_open() -> ColumnElement[bool]:
    """Whether it was not closed yet: what was closed before it began was cancelled, or held at another time."""
    return or_(AgendaRow.closed_at.is_(None), AgendaRow.closed_at < MeetingRow.starts_at)
