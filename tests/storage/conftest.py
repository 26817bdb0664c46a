"""One migrated database of each kind for all these tests, emptied before each: migrating and connecting take time."""

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from storage.database import Database, open_database
from storage.services.house import House
from tests.conftest import postgres_copy
from tests.storage.holding import empty

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run these tests in one event loop, which the connections to PostgreSQL belong to."""
    in_one_loop = pytest.mark.asyncio(loop_scope="session")
    for item in items:
        if HERE in item.path.parents and pytest_asyncio.is_async_test(item):
            item.add_marker(in_one_loop, append=False)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def sqlite_database(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Database]:
    """A migrated SQLite database."""
    database = open_database(f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path_factory.mktemp('storage'))}")
    yield database
    await database.close()


@pytest.fixture(scope="session")
def shared_postgres_url(postgres_server: str, migrated_postgres: str) -> Iterator[str]:
    """The address of a migrated PostgreSQL database for all tests of this process."""
    with postgres_copy(postgres_server, migrated_postgres) as url:
        yield url


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def postgres_database(shared_postgres_url: str) -> AsyncIterator[Database]:
    """A migrated PostgreSQL database."""
    database = open_database(shared_postgres_url)
    yield database
    await database.close()


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
