"""The insert that knows ON CONFLICT, which PostgreSQL and SQLite each have in their own dialect."""

from collections.abc import Callable
from typing import TypeAlias, cast

from sqlalchemy import Executable, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from storage.tables.base import Base

Insert: TypeAlias = postgresql.Insert | sqlite.Insert


def insert_into(session: Session, table: type[Base]) -> Insert:
    """An insert into `table` for the database that `session` is on."""
    if session.get_bind().dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)


class Prepared:
    """An insert that is built once for each dialect, with `bindparam`s for its values.

    Building a statement costs five times what running it does, which counts where every turn runs one.
    """

    def __init__(self, table: type[Base], build: Callable[[Insert], Executable]) -> None:
        rows = cast("Table", table.__table__)  # past the ORM, which would look at every value again
        self._postgresql = build(postgresql.insert(rows))
        self._sqlite = build(sqlite.insert(rows))

    def for_(self, session: Session) -> Executable:
        """The statement for the database that `session` is on."""
        return self._postgresql if session.get_bind().dialect.name == "postgresql" else self._sqlite
