"""What the tables hold: which hold anything, leaving all as the migration did, and filling them as they once were."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import JSON, PrimaryKeyConstraint, Table, delete, insert, select, text
from sqlalchemy.orm import Session

from storage.tables import Base
from storage.tables.network import NetworkRow

TABLES: list[Table] = Base.metadata.sorted_tables
ANY = " UNION ALL ".join(f"SELECT '{table.name}' WHERE EXISTS (SELECT 1 FROM {table.name})" for table in TABLES)
_ANY = text(ANY)
ROW_1: dict[str, Any] = {
    "id": 1,
    "name": None,
    "timezone": "Europe/Brussels",
    "language": "nl-BE",
    "regions": [],
    "revision": 0,
}
"""The network's row as the migration leaves it; test_migrations checks that it does."""

Rows = list[tuple[Any, ...]]


def filled(session: Session) -> set[str]:
    """The names of the tables that hold rows, in one statement: in nearly all tests nearly all are empty."""
    return set(session.scalars(_ANY))


def rows_of(session: Session, table: Table) -> Rows:
    """The rows of a table."""
    return [tuple(row) for row in session.execute(select(*table.columns))]


def empty(session: Session) -> None:
    """Leave every table as the migration did."""
    clear(session)
    session.execute(insert(NetworkRow).values(ROW_1))


def clear(session: Session) -> None:
    """Leave nothing, not even the network's row."""
    holding = filled(session)
    for table in reversed(TABLES):
        if table.name in holding:
            session.execute(delete(table))


def is_new(session: Session) -> bool:
    """Whether every table is as the migration left it."""
    row = select(NetworkRow.__table__)
    return filled(session) == {"network"} and [dict(one) for one in session.execute(row).mappings()] == [ROW_1]


@dataclass(frozen=True)
class Content:
    """All that the tables held at a moment, by table: the values as the driver gives and takes them."""

    rows: dict[str, Rows]

    @classmethod
    def of(cls, session: Session) -> "Content":
        """What they hold now."""
        holding = filled(session)
        return cls({table.name: _raw(session, table) for table in TABLES if table.name in holding})

    def put_back(self, session: Session) -> None:
        """Let them hold this again, and nothing else."""
        clear(session)
        connection = session.connection()
        mark = "?" if connection.dialect.name == "sqlite" else "${}"
        for table in TABLES:
            if table.name in self.rows:
                marks = ", ".join(mark.format(number) for number, _ in enumerate(table.columns, 1))
                statement = f"INSERT INTO {table.name} ({_names(table)}) VALUES ({marks})"
                connection.exec_driver_sql(statement, self.rows[table.name])


def _raw(session: Session, table: Table) -> Rows:
    values = ", ".join(f"CAST({one.name} AS text)" if isinstance(one.type, JSON) else one.name for one in table.columns)
    keys = _names(table.primary_key)
    found = session.connection().exec_driver_sql(f"SELECT {values} FROM {table.name} ORDER BY {keys}")
    return [tuple(row) for row in found]


def _names(of: Table | PrimaryKeyConstraint) -> str:
    return ", ".join(column.name for column in of.columns)
