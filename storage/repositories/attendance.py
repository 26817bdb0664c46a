"""Queries on who was at a meeting."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, aliased

from storage.domain.attendance import Place
from storage.domain.meetings import Meeting
from storage.domain.registrations import RegistrationStatus
from storage.tables.meetings import MeetingRow
from storage.tables.people import PersonRow
from storage.tables.registrations import RegistrationRow


class AttendanceRepository:
    """Who was at a meeting."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def lock(self, meeting_id: int) -> None:
        """Let nobody else change this meeting's list until the transaction ends."""
        self._session.execute(select(MeetingRow.id).where(MeetingRow.id == meeting_id).with_for_update())

    def statuses(self, meeting_id: int) -> dict[int, RegistrationStatus]:
        """Where everybody on a meeting's list stands, by the person's id."""
        rows = self._session.execute(
            select(RegistrationRow.person_id, RegistrationRow.status).where(RegistrationRow.meeting_id == meeting_id)
        )
        return {person_id: RegistrationStatus(status) for person_id, status in rows}

    def set_statuses(self, meeting_id: int, statuses: Mapping[int, RegistrationStatus]) -> None:
        """Where these people stand from now on; a seat that was offered to them is not any more."""
        for status in set(statuses.values()):
            ids = [person_id for person_id, one in statuses.items() if one is status]
            self._session.execute(
                update(RegistrationRow)
                .where(RegistrationRow.meeting_id == meeting_id, RegistrationRow.person_id.in_(ids))
                .values(status=status.value, offered_until=None)
            )

    def add(self, meeting_id: int, person_id: int, brought_by_id: int, now: datetime) -> None:
        """Somebody who was there and is on no list yet."""
        attended = RegistrationStatus.ATTENDED.value
        row = RegistrationRow(meeting_id=meeting_id, person_id=person_id, status=attended, created_at=now)
        row.brought_by_id = brought_by_id
        self._session.add(row)
        self._session.flush()

    def set_remark(self, meeting_id: int, person_id: int, remark: str | None) -> bool:
        """Note something about somebody on a list; False when they are not on it."""
        of_person = (RegistrationRow.meeting_id == meeting_id, RegistrationRow.person_id == person_id)
        changed = update(RegistrationRow).where(*of_person).values(remark=remark).returning(RegistrationRow.id)
        return self._session.execute(changed).first() is not None

    def before(self, meeting: Meeting) -> int | None:
        """The id of the latest meeting of the same kind before this one that took place."""
        return self._session.scalar(
            select(MeetingRow.id)
            .where(
                MeetingRow.kind == meeting.kind.value,
                MeetingRow.starts_at < meeting.starts,
                MeetingRow.cancelled_at.is_(None),
                MeetingRow.id != meeting.id,
            )
            .order_by(MeetingRow.starts_at.desc(), MeetingRow.id.desc())
            .limit(1)
        )

    def places(self, meeting_id: int) -> tuple[Place, ...]:
        """A meeting's list for counting: whose organisation, and whether somebody came in their place."""
        other = aliased(RegistrationRow)
        came = (
            select(func.count(other.id))
            .where(
                other.meeting_id == RegistrationRow.meeting_id,
                other.person_id == RegistrationRow.replaced_by_id,
                other.status == RegistrationStatus.ATTENDED.value,
            )
            .correlate(RegistrationRow)
            .scalar_subquery()
        )
        rows = self._session.execute(
            select(PersonRow.organisation_id, RegistrationRow.status, came)
            .join(PersonRow, RegistrationRow.person_id == PersonRow.id)
            .where(RegistrationRow.meeting_id == meeting_id)
        )
        return tuple(
            Place(organisation, RegistrationStatus(status), bool(count)) for organisation, status, count in rows
        )
