"""One migrated database of each kind for all these tests, emptied before each: migrating and connecting take time."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest
import pytest_asyncio
from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from storage.database import Database, open_database
from storage.services.house import House
from storage.tables import Base
from storage.tables.network import NetworkRow

HERE = Path(__file__).parent
ROW_1: dict[str, Any] = {
    "id": 1,
    "name": None,
    "timezone": "Europe/Brussels",
    "language": "nl-BE",
    "regions": [],
    "revision": 0,
}
"""The network's row as the migration leaves it; test_migrations checks that it does."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run these tests in one event loop, which the connections to PostgreSQL belong to."""
    in_one_loop = pytest.mark.asyncio(loop_scope="session")
    for item in items:
        if HERE in item.path.parents and pytest_asyncio.is_async_test(item):
            item.add_marker(in_one_loop, append=False)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def sqlite_database(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Database]:
    """A migrated SQLite database."""
    database = open_database(f"sqlite:///{tmp_path_factory.mktemp('storage') / 'house.db'}")
    await database.migrate()
    yield database
    await database.close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def postgres_database(postgres_server: str) -> AsyncIterator[Database]:
    """A migrated PostgreSQL database; it is gone with its server."""
    connection = await asyncpg.connect(postgres_server)
    await connection.execute("CREATE DATABASE storage")
    await connection.close()
    database = open_database(postgres_server.replace("/postgres?", "/storage?"))
    await database.migrate()
    yield database
    await database.close()


def empty(session: Session) -> None:
    """Leave every table as the migration did."""
    for table in reversed(Base.metadata.sorted_tables):
        session.execute(delete(table))
    session.execute(insert(NetworkRow).values(ROW_1))


@pytest.fixture(params=["sqlite_database", "postgres_database"], ids=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Database:
    """A migrated database, of each kind in turn."""
    found: Database = request.getfixturevalue(request.param)
    return found


@pytest_asyncio.fixture(loop_scope="session")
async def house(database: Database) -> House:
    """The services on an empty, migrated database, of each kind in turn."""
    await database.write(empty)
    return House(database)
