"""Queries on what people object to reports, and on reports that wait to be approved."""

from datetime import datetime

from sqlalchemy import Select, insert, select, update
from sqlalchemy.orm import Session

from storage.domain.approving import Waiting
from storage.domain.meetings import Meeting
from storage.domain.reports import Line, Objection
from storage.repositories.agenda import HIGHEST_ID
from storage.repositories.meetings import meeting_of, taken_seats
from storage.repositories.people import person_of
from storage.repositories.reports import ReportRepository
from storage.tables.meetings import MeetingRow
from storage.tables.people import OrganisationRow, PersonRow
from storage.tables.reports import ObjectionRow, ReportRow


class ObjectionRepository:
    """Objections and approval."""

    def __init__(self, session: Session) -> None:
        self._session, self._reports = session, ReportRepository(session)

    def add(self, meeting_id: int, line_id: int | None, person_id: int, text: str, now: datetime) -> int:
        """Write one down; its id."""
        values = {"meeting_id": meeting_id, "line_id": line_id, "person_id": person_id, "text": text, "at": now}
        return int(self._session.execute(insert(ObjectionRow).values(**values).returning(ObjectionRow.id)).scalar_one())

    def of(self, meeting_id: int) -> tuple[Objection, ...]:
        """What people object to the report of a meeting, in its order."""
        return self._read(_objections().where(ObjectionRow.meeting_id == meeting_id))

    def by_id(self, objection_id: int) -> Objection | None:
        """One of them."""
        if not 0 < objection_id < HIGHEST_ID:
            return None
        return next(iter(self._read(_objections().where(ObjectionRow.id == objection_id))), None)

    def settle(self, objection_id: int, taken: bool, by_id: int | None, now: datetime) -> None:
        """Write down what became of one."""
        statement = update(ObjectionRow).where(ObjectionRow.id == objection_id)
        self._session.execute(statement.values(taken=taken, settled_at=now, settled_by_id=by_id))

    def waiting(self, since: datetime) -> tuple[Waiting, ...]:
        """The meetings since then whose report was posted and is not approved yet, the latest last."""
        rows = self._session.execute(
            select(MeetingRow, taken_seats(), ReportRow.posted_at)
            .join(ReportRow, ReportRow.meeting_id == MeetingRow.id)
            .where(ReportRow.posted_at.is_not(None), ReportRow.approved_at.is_(None))
            .where(MeetingRow.ends_at > since, MeetingRow.cancelled_at.is_(None))
            .order_by(MeetingRow.ends_at, MeetingRow.id)
        )
        return tuple(Waiting(meeting_of(row, taken, takes_part=False), posted) for row, taken, posted in rows if posted)

    def ended(self, since: datetime, now: datetime) -> tuple[Meeting, ...]:
        """The meetings that took place and ended since then, the latest last."""
        rows = self._session.execute(
            select(MeetingRow, taken_seats())
            .where(MeetingRow.ends_at > since, MeetingRow.ends_at <= now, MeetingRow.cancelled_at.is_(None))
            .order_by(MeetingRow.ends_at, MeetingRow.id)
        )
        return tuple(meeting_of(row, taken, takes_part=False) for row, taken in rows)

    def _read(self, statement: Select[ObjectionRow, PersonRow, OrganisationRow]) -> tuple[Objection, ...]:
        rows = self._session.execute(
            statement.order_by(ObjectionRow.at, ObjectionRow.id), execution_options={"populate_existing": True}
        ).all()
        lines: dict[int, Line] = self._reports.by_ids({row.line_id for row, _, _ in rows if row.line_id is not None})
        return tuple(
            Objection(
                row.id,
                row.meeting_id,
                person_of(person, organisation),
                row.text,
                row.at,
                lines.get(row.line_id or 0),
                row.taken,
            )
            for row, person, organisation in rows
        )


def _objections() -> Select[ObjectionRow, PersonRow, OrganisationRow]:
    return (
        select(ObjectionRow, PersonRow, OrganisationRow)
        .join(PersonRow, PersonRow.id == ObjectionRow.person_id)
        .outerjoin(OrganisationRow, OrganisationRow.id == PersonRow.organisation_id)
    )
