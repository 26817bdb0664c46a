"""Queries on what was already taken from Teams."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import cast

from sqlalchemy import Connection, Table, and_, bindparam, delete, select, text, update
from sqlalchemy.orm import Session

from storage.domain.activities import Knock
from storage.repositories.inserts import Prepared
from storage.tables.activities import HandledRow

_TABLE = cast("Table", HandledRow.__table__)
_NOW, _UNTIL = (bindparam(name, type_=HandledRow.at.type) for name in ("now", "until"))
_ABANDONED = and_(HandledRow.done.is_(False), HandledRow.lease_until < _NOW)
_CLAIM = Prepared(
    HandledRow,
    lambda insert: (
        insert.values(
            key=bindparam("key"),
            line=bindparam("line"),
            owner=bindparam("owner"),
            at=_NOW,
            lease_until=_UNTIL,
            done=False,
        )
        .on_conflict_do_update(
            index_elements=["key"], set_={"owner": bindparam("owner"), "lease_until": _UNTIL}, where=_ABANDONED
        )
        .returning(_TABLE.c.id)
    ),
)
_OTHERS_BEFORE = (
    select(_TABLE.c.id)
    .where(
        _TABLE.c.line == bindparam("line"),
        _TABLE.c.id < select(_TABLE.c.id).where(_TABLE.c.key == bindparam("key")).scalar_subquery(),
        _TABLE.c.owner != bindparam("owner"),
        _TABLE.c.done.is_(False),
        _TABLE.c.lease_until >= _NOW,
    )
    .limit(1)
)
_FINISH = update(_TABLE).where(_TABLE.c.key == bindparam("of"), _TABLE.c.owner == bindparam("by")).values(done=True)


class ActivityRepository:
    """Activities and presses of buttons, by the hash of their ids."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @property
    def _connection(self) -> Connection:
        """Past the ORM, which costs more than these statements do."""
        return self._session.connection()

    def claim(self, key: str, line: str, owner: str, now: datetime, until: datetime) -> bool:
        """Whether `key` is ours now, until then: nobody had it, or who had it went away without finishing."""
        values = {"key": key, "line": line, "owner": owner, "now": now, "until": until}
        return self._connection.execute(_CLAIM.for_(self._session), values).first() is not None

    def is_done(self, key: str) -> bool:
        """Whether this was run to its end."""
        return bool(self._session.scalar(select(HandledRow.done).where(HandledRow.key == key)))

    def lock_line(self, line: str) -> None:
        """Let others who claim in this conversation wait until this transaction ends. SQLite has one writer anyway."""
        if self._session.get_bind().dialect.name == "postgresql":
            self._session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:line, 0))"), {"line": line})

    def others_before(self, knock: Knock, owner: str, now: datetime) -> bool:
        """Whether another process is still at something older in the knock's conversation."""
        values = {"key": knock.keys[0], "line": knock.line, "owner": owner, "now": now}
        return self._connection.execute(_OTHERS_BEFORE, values).first() is not None

    def finish(self, keys: Collection[str], owner: str) -> None:
        """Ours are done."""
        for key in keys:
            self._connection.execute(_FINISH, {"of": key, "by": owner})

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
