"""Queries on points for which somebody is invited."""

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from storage.domain.agenda import PointState
from storage.tables.agenda import AgendaPointRow
from storage.tables.meetings import MeetingRow

_OPEN = sorted(state.value for state in PointState if state.open)


class ExpertRepository:
    """Points with an invitation."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def open(self, now: datetime) -> tuple[int, ...]:
        """The open points with one, of meetings that are not over or in the backlog; the nearest meeting first."""
        coming = or_(AgendaPointRow.meeting_id.is_(None), MeetingRow.ends_at > now)
        chosen = (
            select(AgendaPointRow.id)
            .outerjoin(MeetingRow, MeetingRow.id == AgendaPointRow.meeting_id)
            .where(AgendaPointRow.invite.is_not(None), AgendaPointRow.state.in_(_OPEN), coming)
            .order_by(MeetingRow.starts_at.is_(None), MeetingRow.starts_at, AgendaPointRow.position, AgendaPointRow.id)
        )
        return tuple(self._session.scalars(chosen))
