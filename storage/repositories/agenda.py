"""Queries on agenda points."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.domain.agenda import AgendaPoint, PointKind
from storage.tables.agenda import AgendaPointRow


class AgendaRepository:
    """Agenda points."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of_meeting(self, meeting_id: int) -> tuple[AgendaPoint, ...]:
        """The points of a meeting, in order."""
        rows = self._session.scalars(
            select(AgendaPointRow)
            .where(AgendaPointRow.meeting_id == meeting_id)
            .order_by(AgendaPointRow.position, AgendaPointRow.id)
        )
        return tuple(
            AgendaPoint(row.id, row.title, PointKind(row.kind) if row.kind else None, row.presenter, row.minutes)
            for row in rows
        )
