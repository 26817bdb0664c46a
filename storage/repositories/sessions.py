"""Queries on the sessions of a network day: who sits where, who wishes what, and who paid."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count

from sqlalchemy import ColumnElement, delete, exists, insert, select, update
from sqlalchemy.orm import Session

from storage.domain.meetings import SessionChoice
from storage.domain.registrations import RegistrationStatus
from storage.domain.sessions import Wish
from storage.tables.meetings import MeetingRow, SessionRow
from storage.tables.registrations import RegistrationRow, SessionChoiceRow


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody on the day's list, and the session they sit in."""

    person_id: int
    status: RegistrationStatus
    session_id: int | None
    paid: bool


class SessionRepository:
    """Seats in sessions, and wishes for them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def lock(self, meeting_id: int) -> bool:
        """Let others who decide on this meeting's seats wait; False when there is no such meeting."""
        locked = select(MeetingRow.id).where(MeetingRow.id == meeting_id).with_for_update(key_share=True)
        return self._session.scalar(locked) is not None

    def any(self, meeting_id: int) -> bool:
        """Whether a meeting has sessions."""
        return bool(self._session.scalar(select(exists().where(SessionRow.meeting_id == meeting_id))))

    def coming(self, now: datetime) -> tuple[int, ...]:
        """The meetings with sessions that are not over, the nearest first."""
        return self._ids(exists().where(SessionRow.meeting_id == MeetingRow.id), now)

    def coming_with_fee(self, now: datetime) -> tuple[int, ...]:
        """The meetings that cost something and are not over, the nearest first."""
        return self._ids(MeetingRow.fee_eur > 0, now)

    def _ids(self, which: ColumnElement[bool], now: datetime) -> tuple[int, ...]:
        found = select(MeetingRow.id).where(MeetingRow.ends_at > now, MeetingRow.cancelled_at.is_(None), which)
        return tuple(self._session.scalars(found.order_by(MeetingRow.starts_at, MeetingRow.id)))

    def seats(self, meeting_id: int) -> tuple[Seat, ...]:
        """Everybody on the day's list."""
        rows = self._session.execute(
            select(
                RegistrationRow.person_id,
                RegistrationRow.status,
                RegistrationRow.session_id,
                RegistrationRow.paid_at,
            )
            .where(RegistrationRow.meeting_id == meeting_id)
            .order_by(RegistrationRow.person_id)
        )
        return tuple(
            Seat(id_, RegistrationStatus(status), session, paid is not None) for id_, status, session, paid in rows
        )

    def session_of(self, meeting_id: int, person_id: int) -> int | None:
        """The session in which somebody sits; None for none."""
        return self._session.scalar(
            select(RegistrationRow.session_id).where(
                RegistrationRow.meeting_id == meeting_id, RegistrationRow.person_id == person_id
            )
        )

    def wishes(self, meeting_id: int, waiting: bool = False) -> tuple[Wish, ...]:
        """Every wish for a meeting's sessions, or only those of who stands in line; the earliest first."""
        statement = select(
            SessionChoiceRow.id,
            SessionChoiceRow.person_id,
            SessionChoiceRow.session_id,
            SessionChoiceRow.rank,
            SessionChoiceRow.waiting,
            SessionChoiceRow.created_at,
        ).where(SessionChoiceRow.meeting_id == meeting_id)
        if waiting:
            statement = statement.where(SessionChoiceRow.waiting.is_(True))
        ordered = statement.order_by(SessionChoiceRow.created_at, SessionChoiceRow.rank, SessionChoiceRow.id)
        return tuple(Wish(*row) for row in self._session.execute(ordered))

    def wish(self, meeting_id: int, person_id: int, session_ids: Sequence[int], waiting: bool, now: datetime) -> None:
        """Make these somebody's wishes, best first. Who stood in one of these lines keeps their place in it."""
        since = self._since(meeting_id, person_id)
        self.forget(meeting_id, person_id)
        rows = [
            {
                "meeting_id": meeting_id,
                "session_id": session_id,
                "person_id": person_id,
                "rank": rank,
                "waiting": waiting,
                "created_at": since.get(session_id, now),
            }
            for rank, session_id in enumerate(session_ids, 1)
        ]
        if rows:
            self._session.execute(insert(SessionChoiceRow), rows)

    def _since(self, meeting_id: int, person_id: int) -> dict[int, datetime]:
        rows = self._session.execute(
            select(SessionChoiceRow.session_id, SessionChoiceRow.created_at).where(
                SessionChoiceRow.meeting_id == meeting_id, SessionChoiceRow.person_id == person_id
            )
        )
        return {row.session_id: row.created_at for row in rows}

    def forget(self, meeting_id: int, person_id: int, worse_than: int = 0) -> None:
        """Drop somebody's wishes, or only those ranked behind `worse_than`."""
        self._session.execute(
            delete(SessionChoiceRow).where(
                SessionChoiceRow.meeting_id == meeting_id,
                SessionChoiceRow.person_id == person_id,
                SessionChoiceRow.rank > worse_than,
            )
        )

    def hand_over(self, meeting_id: int, person_id: int, by_id: int) -> None:
        """Make somebody's wishes and places in line those of another, in place of that one's own."""
        self.forget(meeting_id, by_id)
        self._session.execute(
            update(SessionChoiceRow)
            .where(SessionChoiceRow.meeting_id == meeting_id, SessionChoiceRow.person_id == person_id)
            .values(person_id=by_id)
        )

    def let_wait(self, meeting_id: int, waiting: bool, person_ids: Collection[int] | None = None) -> None:
        """Put wishes in line or take them out of it: those of these people, or of everybody."""
        statement = update(SessionChoiceRow).where(SessionChoiceRow.meeting_id == meeting_id)
        if person_ids is not None:
            statement = statement.where(SessionChoiceRow.person_id.in_(list(person_ids)))
        self._session.execute(statement.values(waiting=waiting))

    def seat(self, meeting_id: int, person_id: int, session_id: int | None) -> None:
        """Give somebody on the day's list a seat in a session, or take it back."""
        self._session.execute(
            update(RegistrationRow)
            .where(RegistrationRow.meeting_id == meeting_id, RegistrationRow.person_id == person_id)
            .values(session_id=session_id)
        )

    def pay(self, meeting_id: int, person_ids: Collection[int], at: datetime | None) -> None:
        """Note when these people paid; None: they did not."""
        self._session.execute(
            update(RegistrationRow)
            .where(RegistrationRow.meeting_id == meeting_id, RegistrationRow.person_id.in_(list(person_ids)))
            .values(paid_at=at)
        )

    def add(self, meeting_id: int, title: str, room: str | None, capacity: int | None) -> None:
        """Give a meeting one more session, with a key that none of its others has."""
        keys = set(self._session.scalars(select(SessionRow.key).where(SessionRow.meeting_id == meeting_id)))
        key = next(name for number in count(1) if (name := f"sessie-{number}") not in keys)
        self._session.add(SessionRow(meeting_id=meeting_id, key=key, title=title, capacity=capacity, room=room))
        self._session.flush()

    def set_capacity(self, session_id: int, capacity: int | None) -> None:
        """Give a session another capacity."""
        self._session.execute(update(SessionRow).where(SessionRow.id == session_id).values(capacity=capacity))

    def set_choice(self, meeting_id: int, choice: SessionChoice) -> None:
        """Give out a meeting's sessions in another way."""
        self._session.execute(update(MeetingRow).where(MeetingRow.id == meeting_id).values(session_choice=choice.value))
