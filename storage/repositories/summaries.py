"""Queries on the summaries that are due, and on the chats of meetings."""

from datetime import datetime
from typing import Any

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import Session

from storage.domain.reports import Origin
from storage.repositories.inserts import insert_into
from storage.tables.meetings import MeetingRow
from storage.tables.reports import MeetingChatRow, ReportLineRow, ReportRow


class SummaryRepository:
    """Summaries after meetings."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def due(self, since: datetime, asked_since: datetime, now: datetime) -> tuple[int, ...]:
        """The meetings that are over since then, or of which Teams said so, and of which nothing was posted.

        Only those of which there is something to tell, or that are over since `asked_since`.
        """
        told = exists().where(
            ReportLineRow.meeting_id == MeetingRow.id,
            ReportLineRow.origin != Origin.AGENDA.value,
            ReportLineRow.removed_at.is_(None),
        )
        rows = (
            select(MeetingRow.id)
            .outerjoin(ReportRow, ReportRow.meeting_id == MeetingRow.id)
            .where(
                MeetingRow.ends_at > since,
                MeetingRow.cancelled_at.is_(None),
                ReportRow.posted_at.is_(None),
                or_(MeetingRow.ends_at <= now, and_(ReportRow.ended_at <= now, MeetingRow.starts_at <= now)),
                or_(MeetingRow.ends_at > asked_since, ReportRow.report_url.is_not(None), told),
            )
            .order_by(MeetingRow.ends_at, MeetingRow.id)
        )
        return tuple(self._session.scalars(rows))

    def tie(self, conversation_id: str, meeting_id: int, teams_id: str, now: datetime) -> None:
        """Keep which meeting a chat is about; a series of meetings in Teams has one chat, so the last one counts."""
        values: dict[str, Any] = {"meeting_id": meeting_id, "teams_id": teams_id or None, "at": now}
        statement = insert_into(self._session, MeetingChatRow).values(conversation_id=conversation_id, **values)
        self._session.execute(statement.on_conflict_do_update(index_elements=["conversation_id"], set_=values))
