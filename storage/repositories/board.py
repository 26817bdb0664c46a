"""Queries on who supports agenda points that are merged, and on the titles of points."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from storage.repositories.inserts import insert_into
from storage.tables.agenda import AgendaPointRow, SupportRow


class BoardRepository:
    """Support that moves along with points, and what points are called."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def supporters(self, point_id: int) -> frozenset[int]:
        """The ids of those who would like this point as well."""
        return frozenset(self._session.scalars(select(SupportRow.person_id).where(SupportRow.point_id == point_id)))

    def carry_support(self, people: Collection[int], to_id: int, now: datetime) -> None:
        """These people would like this point as well; who did so before keeps their moment."""
        rows = [{"point_id": to_id, "person_id": person, "at": now} for person in sorted(people)]
        if rows:
            self._session.execute(insert_into(self._session, SupportRow).on_conflict_do_nothing(), rows)

    def bring_back_support(self, people: Collection[int], from_id: int, carried_at: datetime) -> None:
        """Undo that support was carried along at this moment."""
        carried = (SupportRow.point_id == from_id, SupportRow.at == carried_at, SupportRow.person_id.in_(people))
        self._session.execute(delete(SupportRow).where(*carried))

    def titles(self, ids: Collection[int]) -> dict[int, str]:
        """What these points are called, by id."""
        found = select(AgendaPointRow.id, AgendaPointRow.title).where(AgendaPointRow.id.in_(ids))
        return {row.id: row.title for row in self._session.execute(found)}
