"""Queries on what was already taken from Teams."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import and_, delete, select, text, update
from sqlalchemy.orm import Session

from storage.domain.activities import Knock
from storage.repositories.inserts import insert_into
from storage.tables.activities import HandledRow


class ActivityRepository:
    """Activities and presses of buttons, by the hash of their ids."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def claim(self, key: str, line: str, owner: str, now: datetime, until: datetime) -> bool:
        """Whether `key` is ours now, until then: nobody had it, or who had it went away without finishing."""
        statement = insert_into(self._session, HandledRow).values(
            key=key, line=line, owner=owner, at=now, lease_until=until, done=False
        )
        abandoned = and_(HandledRow.done.is_(False), HandledRow.lease_until < now)
        statement = statement.on_conflict_do_update(
            index_elements=["key"], set_={"owner": owner, "lease_until": until}, where=abandoned
        )
        return self._session.scalar(statement.returning(HandledRow.id)) is not None

    def is_done(self, key: str) -> bool:
        """Whether this was run to its end."""
        return bool(self._session.scalar(select(HandledRow.done).where(HandledRow.key == key)))

    def lock_line(self, line: str) -> None:
        """Let others who claim in this conversation wait until this transaction ends. SQLite has one writer anyway."""
        if self._session.get_bind().dialect.name == "postgresql":
            self._session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:line, 0))"), {"line": line})

    def others_before(self, knock: Knock, owner: str, now: datetime) -> bool:
        """Whether another process is still at something older in the knock's conversation."""
        ours = select(HandledRow.id).where(HandledRow.key == knock.keys[0]).scalar_subquery()
        older = select(HandledRow.id).where(
            HandledRow.line == knock.line,
            HandledRow.id < ours,
            HandledRow.owner != owner,
            HandledRow.done.is_(False),
            HandledRow.lease_until >= now,
        )
        return self._session.scalar(older.limit(1)) is not None

    def finish(self, keys: Collection[str], owner: str) -> None:
        """Ours are done."""
        mine = (HandledRow.key.in_(keys), HandledRow.owner == owner)
        self._session.execute(update(HandledRow).where(*mine).values(done=True))

    def release(self, keys: Collection[str], owner: str) -> None:
        """Ours came to nothing: whoever gets them again may take them."""
        self._session.execute(delete(HandledRow).where(HandledRow.key.in_(keys), HandledRow.owner == owner))

    def extend(self, keys: Sequence[str], owner: str, until: datetime) -> None:
        """Ours take longer."""
        mine = (HandledRow.key.in_(keys), HandledRow.owner == owner)
        self._session.execute(update(HandledRow).where(*mine).values(lease_until=until))

    def forget_before(self, moment: datetime) -> None:
        """Forget what was taken before this moment: Teams does not send it again."""
        self._session.execute(delete(HandledRow).where(HandledRow.at < moment))
