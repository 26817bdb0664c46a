"""Running bots on databases of their own, filled with the demo network, and a Teams beside them."""

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import pytest_asyncio

from bot.app import Running, opened, running
from bot.commands.demo_data import demo_network
from bot.files.network import Known, read_network
from bot.settings import Settings
from storage.services.house import House
from tests.bot.acquaintances import greeted, met
from tests.bot.connector import Teams, teams_on_loopback
from tests.bot.lists import EVERYBODY
from tests.conftest import NOW, postgres_copy


@pytest.fixture(scope="session")
def filled_database(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the demo network in it, to copy."""
    path = shutil.copy(migrated_sqlite, tmp_path_factory.mktemp("filled") / "network.db")
    _fill(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def greeted_database(filled_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same file after everybody whom the tests play greeted the bot: it knows their chats."""
    return greeted(filled_database, tmp_path_factory.mktemp("greeted"), EVERYBODY)


@pytest.fixture(scope="session")
def filled_postgres(postgres_server: str, migrated_postgres: str) -> Iterator[str]:
    """The name of a PostgreSQL database with the demo network in it, to copy."""
    with postgres_copy(postgres_server, migrated_postgres) as url:
        _fill(url)
        yield str(urlsplit(url).path).strip("/")


def _fill(url: str) -> None:
    """Put the demo network in an empty database."""

    async def fill() -> None:
        async with opened(Settings(database_url=url)) as house:
            await house.imports.apply(read_network(demo_network(NOW), Known()).records, NOW)

    with asyncio.Runner() as runner:
        runner.run(fill())


@pytest.fixture
def filled_postgres_url(postgres_server: str, filled_postgres: str) -> Iterator[str]:
    """The address of a PostgreSQL database of the test's own, with the demo network in it."""
    with postgres_copy(postgres_server, filled_postgres) as url:
        yield url


@pytest.fixture
def database(filled_database: Path, tmp_path: Path) -> Path:
    """A SQLite file of the test's own, with the demo network in it."""
    path = tmp_path / "bot.db"
    shutil.copy(filled_database, path)
    return path


@pytest.fixture
def greeted_copy(greeted_database: Path, tmp_path: Path) -> Path:
    """A SQLite file of the test's own in which everybody greeted the bot: a module's `database`."""
    return Path(shutil.copy(greeted_database, tmp_path / "bot.db"))


@pytest.fixture
def network(teams: Teams, query: Callable[[str], list[tuple[object, ...]]], bot: Running) -> Teams:
    """A Teams in which the bot knows everybody's chat (of a `greeted_copy`), and can keep anonymous votes."""
    bot.house.polls.keep_key(b"k" * 32)
    return met(teams, query, EVERYBODY)


@pytest.fixture
def settings(database: Path) -> Settings:
    """A bot for this machine only, on any free port, on Saturday 21 November 2026 at 10.00."""
    return Settings(database_url=f"sqlite:///{database}", port=0, starts_at=NOW)


@pytest.fixture
async def bot(settings: Settings) -> AsyncIterator[Running]:
    """The bot, listening."""
    async with running(settings) as started:
        yield started


@pytest.fixture
async def teams(bot: Running) -> AsyncIterator[Teams]:
    """A Teams in which this bot is."""
    async with teams_on_loopback() as started:
        started.bot_url = bot.url
        yield started


@pytest.fixture
def query(database: Path) -> Callable[[str], list[tuple[object, ...]]]:
    """Runs SQL on the test's database, beside the bot."""

    def run(statement: str) -> list[tuple[object, ...]]:
        connection = sqlite3.connect(database, timeout=20)
        try:
            with connection:
                return connection.execute(statement).fetchall()
        finally:
            connection.close()

    return run


@pytest.fixture
def bot_house(bot: Running) -> House:
    """The storage of the running bot."""
    return bot.house


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared_teams(filled_database: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Teams]:
    """One bot and its Teams for a whole module, for tests that don't look at what others left in the database."""
    database = shutil.copy(filled_database, tmp_path_factory.mktemp("shared"))
    settings = Settings(database_url=f"sqlite:///{database}", port=0, starts_at=NOW)
    async with running(settings) as bot, teams_on_loopback() as teams:
        teams.bot_url = bot.url
        yield teams
