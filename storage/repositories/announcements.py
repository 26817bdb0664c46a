"""Queries on announcements and on questions to the coordinator."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from storage.domain.announcements import Announcement, AnnouncementState, Asked
from storage.domain.people import Person
from storage.repositories.people import PeopleRepository
from storage.tables.announcements import AnnouncementRow, AskedRow
from storage.tables.network import QuestionRow


class AnnouncementRepository:
    """Announcements."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def draft(self, text: str, author: Person, to_channel: bool, now: datetime) -> int:
        """Keep an announcement that is not sent yet; its id."""
        row = AnnouncementRow(
            text=text,
            author_id=author.id,
            to_channel=to_channel,
            state=AnnouncementState.DRAFT.value,
            created_at=now,
        )
        self._session.add(row)
        self._session.flush()
        return row.id

    def get(self, announcement_id: int) -> Announcement | None:
        """One announcement."""
        row = self._session.get(AnnouncementRow, announcement_id)
        if row is None:
            return None
        author = PeopleRepository(self._session).by_ids([row.author_id])[0]
        return Announcement(row.id, row.text, author, row.to_channel, AnnouncementState(row.state), row.created_at)

    def decide(self, announcement_id: int, state: AnnouncementState) -> bool:
        """Bring a draft to its next state; False when it is no draft any more."""
        changed = self._session.execute(
            update(AnnouncementRow)
            .where(AnnouncementRow.id == announcement_id, AnnouncementRow.state == AnnouncementState.DRAFT)
            .values(state=state.value)
            .returning(AnnouncementRow.id)
        )
        return changed.first() is not None

    def forget_before(self, moment: datetime) -> None:
        """Forget what was announced before this moment."""
        self._session.execute(delete(AnnouncementRow).where(AnnouncementRow.created_at < moment))


class AskedRepository:
    """Questions to the coordinator."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, question: str, asker: Person, now: datetime, key: str) -> int:
        """Keep a question; its id. The one with this `key`, when that is known already."""
        known = self._session.scalar(select(AskedRow.id).where(AskedRow.key == key)) if key else None
        if known is not None:
            return known
        row = AskedRow(question=question, asker_id=asker.id, asked_at=now, key=key or None)
        self._session.add(row)
        self._session.flush()
        return row.id

    def get(self, asked_id: int) -> Asked | None:
        """One question."""
        row = self._session.get(AskedRow, asked_id)
        if row is None:
            return None
        people = {one.id: one for one in PeopleRepository(self._session).by_ids([row.asker_id, row.answered_by or 0])}
        answered_by = people.get(row.answered_by) if row.answered_by else None
        return Asked(row.id, row.question, people[row.asker_id], row.asked_at, row.answer, answered_by)

    def answer(self, asked_id: int, answer: str, by: Person, now: datetime) -> bool:
        """Answer an open question; False when somebody did before."""
        changed = self._session.execute(
            update(AskedRow)
            .where(AskedRow.id == asked_id, AskedRow.answer.is_(None))
            .values(answer=answer, answered_by=by.id, answered_at=now)
            .returning(AskedRow.id)
        )
        return changed.first() is not None

    def add_to_faq(self, question: str, also: Sequence[str], answer: str) -> None:
        """Add a frequently asked question, or give one that is there a new answer and new wordings."""
        row = self._session.scalar(select(QuestionRow).where(QuestionRow.question == question))
        if row is None:
            row = QuestionRow(question=question, also=[], answer=answer)
            self._session.add(row)
        row.answer = answer
        row.also = list(dict.fromkeys([*row.also, *(one for one in also if one != question)]))

    def forget_before(self, moment: datetime) -> None:
        """Forget what was asked before this moment."""
        self._session.execute(delete(AskedRow).where(AskedRow.asked_at < moment))
