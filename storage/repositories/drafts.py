"""Queries on what people are still entering."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from storage.repositories.inserts import insert_into
from storage.tables.agenda import DraftRow


class DraftRepository:
    """Drafts: one of a kind for each person."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, person_id: int, what: str) -> dict[str, Any] | None:
        """What somebody entered so far; None when there is nothing."""
        data = self._session.scalar(select(DraftRow.data).where(*_is(person_id, what)))
        return dict(data) if data is not None else None

    def keep(self, person_id: int, what: str, data: Mapping[str, Any], now: datetime) -> None:
        """Keep it, in the place of what was kept before."""
        values = {"data": dict(data), "at": now}
        statement = insert_into(self._session, DraftRow).values(person_id=person_id, what=what, **values)
        self._session.execute(statement.on_conflict_do_update(index_elements=["person_id", "what"], set_=values))

    def drop(self, person_id: int, what: str) -> None:
        """Forget one."""
        self._session.execute(delete(DraftRow).where(*_is(person_id, what)))

    def forget_before(self, moment: datetime) -> None:
        """Forget what nobody went on with since then."""
        self._session.execute(delete(DraftRow).where(DraftRow.at < moment))


def _is(person_id: int, what: str) -> tuple[Any, Any]:
    return DraftRow.person_id == person_id, DraftRow.what == what
