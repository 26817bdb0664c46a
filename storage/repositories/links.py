"""The key with which links to files are signed."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.repositories.inserts import insert_into
from storage.tables.rules import LinkKeyRow

ROW = 1


class LinkRepository:
    """The one key that all replicas sign with."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def key(self) -> str | None:
        """The key; None while nobody made one."""
        return self._session.scalar(select(LinkKeyRow.key).where(LinkKeyRow.id == ROW))

    def keep(self, key: str) -> str:
        """Keep this key, unless another replica was first; returns the one that holds."""
        self._session.execute(insert_into(self._session, LinkKeyRow).values(id=ROW, key=key).on_conflict_do_nothing())
        return self._session.scalars(select(LinkKeyRow.key).where(LinkKeyRow.id == ROW)).one()
