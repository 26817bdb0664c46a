"""The history of meetings: who changed what, and when."""

from datetime import datetime
from typing import cast

from sqlalchemy import Table, insert, select
from sqlalchemy.orm import Session, aliased

from storage.domain.changes import Change
from storage.tables.changes import ChangeRow
from storage.tables.people import PersonRow

MOST = 200
"""No history tells more than the latest so many changes."""


_ADD = insert(cast("Table", ChangeRow.__table__))
"""Built once: every registration runs it."""


class ChangeRepository:
    """Changes of meetings and of registrations for them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(
        self,
        meeting_id: int,
        now: datetime,
        by_id: int | None,
        field: str,
        old: str | None,
        new: str | None,
        person_id: int | None = None,
    ) -> None:
        """Note a change. `by_id` is None for what the bot does by itself; `person_id` is whose registration it is."""
        values = {"meeting_id": meeting_id, "at": now, "by_id": by_id, "field": field, "old": old, "new": new}
        self._session.connection().execute(_ADD, {**values, "person_id": person_id})

    def of_meeting(self, meeting_id: int) -> tuple[Change, ...]:
        """The latest changes of a meeting and its registrations, the earliest of them first."""
        by, whose = aliased(PersonRow), aliased(PersonRow)
        rows = self._session.execute(
            select(ChangeRow, by.name, whose.name)
            .outerjoin(by, by.id == ChangeRow.by_id)
            .outerjoin(whose, whose.id == ChangeRow.person_id)
            .where(ChangeRow.meeting_id == meeting_id)
            .order_by(ChangeRow.at.desc(), ChangeRow.id.desc())
            .limit(MOST)
        ).all()
        return tuple(
            Change(row.at, by_name, row.field, row.old, row.new, person) for row, by_name, person in reversed(rows)
        )
