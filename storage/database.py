"""The database: engine, transactions on SQLite and PostgreSQL, and migrations at start.

A unit of work is written against a synchronous `Session` and runs in one hop: on SQLite in a worker thread, on
PostgreSQL in SQLAlchemy's greenlet over asyncpg. So five queries cost one switch of context instead of five.
"""

import asyncio
import sqlite3
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, Protocol, TypeVar
from weakref import WeakValueDictionary

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError, DisconnectionError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

T = TypeVar("T")
Work = Callable[[Session], T]

MIGRATIONS = Path(__file__).parent / "migrations"
MIGRATION_LOCK = 4_707_231_112
"""The PostgreSQL advisory lock that lets one replica migrate while the others wait."""

PING = text("SELECT version_num FROM alembic_version")
"""What a ping asks: a row that is always there. A bare SELECT 1 would not even open SQLite's file."""

PING_AFTER = 1.0
"""Seconds that a connection to PostgreSQL rested after which it is tried before it is used."""

PING_WITHIN = 2.0
"""Seconds that PostgreSQL gets to answer a ping; a connection that hangs is then given up."""

SQLITE_BUSY_MS = 20_000
SQLITE_THREADS = 2
"""Threads that read: more of them only wait for each other, for what they do is mostly Python."""

DEADLOCK = "40P01"
"""What PostgreSQL calls transactions that wait for each other in a ring, of which it rolls one back."""

MOST_DEADLOCKS = 3
"""So often a unit of work that this befell is run again."""

MOST_TOGETHER = 64
"""Units of work in one commit."""


class UnusableDatabaseUrl(ValueError):
    """DATABASE_URL is not one of sqlite:///FILE or postgresql+asyncpg://…"""


class Database(Protocol):
    """Runs units of work, each in one transaction; nothing is kept unless the work returns."""

    url: URL

    async def read(self, work: Work[T]) -> T:
        """Run `work` in a transaction that only reads."""
        ...

    async def write(self, work: Work[T], queue: int | None = None) -> T:
        """Run `work` in a transaction that may write; commits when it returns, rolls back when it raises.

        Works with the same `queue` would only wait for each other's locks: they may wait here, one after the other.
        """
        ...

    async def migrate(self) -> None:
        """Bring the schema to the newest revision. Safe when several replicas start at once."""
        ...

    async def revision(self) -> str | None:
        """The schema's revision; None for an empty database."""
        ...

    async def ping(self) -> None:
        """Read one row. Raises when the database doesn't answer, or holds no schema."""
        ...

    async def close(self) -> None:
        """Close all connections."""
        ...


def open_database(url: str) -> Database:
    """The database at `url`.

    Raises UnusableDatabaseUrl for another dialect or an unreadable address.
    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise UnusableDatabaseUrl(url.split(":", 1)[0]) from error
    backend = parsed.drivername.split("+")[0]
    if backend == "sqlite" and parsed.database not in {None, "", ":memory:"}:
        return SqliteDatabase(parsed.set(drivername="sqlite+pysqlite"))
    if backend in {"postgresql", "postgres"}:
        return PostgresDatabase(parsed.set(drivername="postgresql+asyncpg"))
    raise UnusableDatabaseUrl(parsed.drivername)


@cache
def newest_revision() -> str | None:
    """The revision that the code expects."""
    return ScriptDirectory(str(MIGRATIONS)).get_current_head()


class SqliteDatabase:
    """SQLite in WAL mode, with one thread that writes: what waits together is committed together.

    A commit waits for the disk, and SQLite has one writer at a time, which lets others sleep and look again. Writers
    take the lock when they begin, so that nothing is lost half-way.
    """

    def __init__(self, url: URL) -> None:
        self.url = url
        self._threads = ThreadPoolExecutor(SQLITE_THREADS, thread_name_prefix="sqlite")
        self._writing = ThreadPoolExecutor(1, thread_name_prefix="sqlite-writer")
        self._waiting: deque[_Waiting] = deque()
        self._engine = create_engine(
            url,
            hide_parameters=True,  # they are names and addresses, and errors are logged
            connect_args={"timeout": SQLITE_BUSY_MS / 1000, "check_same_thread": False},
            pool_size=SQLITE_THREADS + 1,
        )
        event.listen(self._engine, "connect", _prepare_sqlite)
        event.listen(self._engine, "begin", _begin_sqlite)
        self._writer: Engine = self._engine.execution_options(sqlite_begin="BEGIN IMMEDIATE")

    @property
    def engine(self) -> Engine:
        """The reading engine; tests look at its queries."""
        return self._engine

    async def read(self, work: Work[T]) -> T:
        return await self._in_thread(lambda: _alone(self._engine, work))

    async def write(self, work: Work[T], queue: int | None = None) -> T:  # noqa: ARG002 - all are in one queue
        waiting = _Waiting(work)
        self._waiting.append(waiting)
        self._writing.submit(self._write_waiting)
        done: T = await asyncio.wrap_future(waiting.done)
        return done

    def _write_waiting(self) -> None:
        """Do what waits in one transaction; when any of it goes wrong, each by itself."""
        batch: list[_Waiting] = []
        while self._waiting and len(batch) < MOST_TOGETHER:
            waiting = self._waiting.popleft()
            if waiting.done.set_running_or_notify_cancel():
                batch.append(waiting)
        if len(batch) > 1:
            with suppress(Exception):  # whoever it was gets its own error below
                for waiting, result in zip(batch, self._together(batch), strict=True):
                    waiting.done.set_result(result)
                return
        for waiting in batch:
            try:
                waiting.done.set_result(_alone(self._writer, waiting.work))
            except BaseException as error:  # noqa: BLE001 - it is for who waits, not for this thread
                waiting.done.set_exception(error)

    def _together(self, batch: Sequence["_Waiting"]) -> list[Any]:
        with self._writer.connect() as connection, connection.begin():
            results = []
            for waiting in batch:
                # Joined to the connection's transaction: a session's commit only writes what it holds.
                with Session(connection, expire_on_commit=False) as session, session.begin():
                    results.append(waiting.work(session))
        return results

    async def migrate(self) -> None:
        await self._in_thread(self._migrate)

    async def revision(self) -> str | None:
        return await self._in_thread(self._revision)

    async def ping(self) -> None:
        await self.read(_answer)  # without a time limit: nothing ends a thread, and its caller can leave

    async def close(self) -> None:
        await asyncio.to_thread(self._close)

    def _close(self) -> None:
        for threads in (self._writing, self._threads):
            threads.shutdown(wait=True)  # before the connections: what still runs would open one that nobody closes
        self._engine.dispose()

    def _migrate(self) -> None:
        with self._writer.connect() as connection, connection.begin():
            _upgrade(connection)

    def _revision(self) -> str | None:
        file = Path(str(self.url.database))
        if not file.exists() and file.parent.is_dir():
            return None  # only looking must not make the file
        with self._engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision()

    async def _in_thread(self, function: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, function)


class _Waiting:
    """A unit of work that waits for the writer, and what becomes of it. It may be run again after a rollback."""

    __slots__ = ("done", "work")

    def __init__(self, work: Work[Any]) -> None:
        self.work = work
        self.done: Future[Any] = Future()


def _alone(engine: Engine, work: Work[T]) -> T:
    """Run `work` in a transaction of its own."""
    with Session(engine, expire_on_commit=False) as session, session.begin():
        return work(session)


class PostgresDatabase:
    """PostgreSQL over asyncpg, for one or several replicas."""

    def __init__(self, url: URL) -> None:
        self.url = url
        self._engine = create_async_engine(url, hide_parameters=True, pool_size=10, max_overflow=10)
        self._queues: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        event.listen(self._engine.sync_engine, "checkin", _note_use)
        event.listen(self._engine.sync_engine, "checkout", _ping_after_rest)

    @property
    def engine(self) -> AsyncEngine:
        """The engine; tests look at its queries."""
        return self._engine

    async def read(self, work: Work[T]) -> T:
        return await self.write(work)

    async def write(self, work: Work[T], queue: int | None = None) -> T:
        if queue is None:
            return await self._repeated(work)
        # What waits for a lock in the database holds a connection, and makes whoever has the lock slower.
        async with self._queues.setdefault(queue, asyncio.Lock()):
            return await self._repeated(work)

    async def _repeated(self, work: Work[T]) -> T:
        """Run `work` again when others waited for it as it did for them, and PostgreSQL rolled it back for that."""
        for _ in range(MOST_DEADLOCKS):
            try:
                return await self._transaction(work)
            except DBAPIError as error:
                if getattr(error.orig, "sqlstate", None) != DEADLOCK:
                    raise
        return await self._transaction(work)

    async def _transaction(self, work: Work[T]) -> T:
        async with AsyncSession(self._engine, expire_on_commit=False) as session, session.begin():
            return await session.run_sync(work)

    async def migrate(self) -> None:
        async with self._engine.connect() as connection, connection.begin():
            await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": MIGRATION_LOCK})
            await connection.run_sync(_upgrade)

    async def revision(self) -> str | None:
        async with self._engine.connect() as connection:
            return await connection.run_sync(lambda sync: MigrationContext.configure(sync).get_current_revision())

    async def ping(self) -> None:
        async with asyncio.timeout(PING_WITHIN):
            await self.read(_answer)

    async def close(self) -> None:
        await self._engine.dispose()


def _answer(session: Session) -> None:
    session.execute(PING).one()


def _note_use(_connection: object, record: ConnectionPoolEntry) -> None:
    record.info["used"] = time.monotonic()


def _ping_after_rest(connection: DBAPIConnection, record: ConnectionPoolEntry, _proxy: object) -> None:
    """Try a connection that rested, which the server may have closed; one that was just used need not cost a ping."""
    rested = time.monotonic() - record.info.get("used", time.monotonic())
    if rested < PING_AFTER:
        return
    try:
        connection.ping()
    except Exception as error:  # whatever the driver says, another connection is tried
        raise DisconnectionError("not there any more") from error


def _upgrade(connection: Connection) -> None:
    if MigrationContext.configure(connection).get_current_revision() == newest_revision():
        return  # as at most starts: alembic would read all migrations to find that none is left
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # We send BEGIN ourselves: Python's own implicit transactions start too late for a safe read-then-write.
    connection.isolation_level = None
    for pragma in (f"busy_timeout={SQLITE_BUSY_MS}", "foreign_keys=ON", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")
    _use_wal(connection)


def _use_wal(connection: Any) -> None:
    """Turn WAL on. SQLite does not wait for others who do the same to a new file, so we do."""
    give_up = time.monotonic() + SQLITE_BUSY_MS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > give_up:
                raise
            time.sleep(0.01)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("sqlite_begin", "BEGIN"))
