"""People whose personal chats the bot knows from the start: they greeted it once, for all tests of a module."""

import asyncio
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from bot.app import running
from bot.settings import Settings
from tests.bot.connector import TEAM, Teams, User, teams_on_loopback
from tests.conftest import NOW


def greeted(database: Path, folder: Path, people: Sequence[User]) -> Path:
    """A copy of a SQLite file, in this folder, after these people greeted the bot."""
    path = Path(shutil.copy(database, folder))

    async def greet() -> None:
        settings = Settings(database_url=f"sqlite:///{path}", port=0, starts_at=NOW)
        async with running(settings) as bot, teams_on_loopback() as teams:
            teams.bot_url = bot.url
            _with(teams, people)
            for who in people:
                await teams.say(who, who.chat, "dag")

    with asyncio.Runner() as runner:
        runner.run(greet())
    return path


def met(teams: Teams, query: Callable[[str], object], people: Sequence[User]) -> Teams:
    """The same Teams as the one in which they greeted the bot: it is at another port, which the bot now knows."""
    query(f"UPDATE places SET service_url = '{teams.service_url}'")
    return _with(teams, people)


def _with(teams: Teams, people: Sequence[User]) -> Teams:
    """Have these people in it: who is new, in their own chat and in the team."""
    new = [who for who in people if who.chat.conversation not in teams.rosters]
    teams.rosters[TEAM] = [*teams.rosters[TEAM], *new]
    teams.rosters |= {who.chat.conversation: [who] for who in new}
    return teams
