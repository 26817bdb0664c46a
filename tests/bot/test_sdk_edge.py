"""The fallback: the SDK's own adapter in front (BOT_EDGE=sdk), answering as our guard does."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

import aiohttp
import pytest

from bot.app import running
from bot.settings import Settings
from bot.teams.standin import StandIn, TerminalUser, stand_in

USER = TerminalUser("Wie Dan Ook", "wie@elders.example", "0a1b2c3d-0000-4000-8000-00000000000a")


@dataclass(frozen=True)
class Line:
    """A bot behind the SDK, and somebody's connector."""

    url: str
    connector: StandIn
    session: aiohttp.ClientSession

    async def status(self, **changed: object) -> int:
        """What a message, with these fields changed, is answered over HTTP."""
        return await self.connector.deliver(
            self.session, self.url, {**self.connector.message("personal", "hallo"), **changed}
        )


@pytest.fixture
async def line(sqlite_url: str) -> AsyncIterator[Line]:
    """A running bot with an empty network."""
    settings = Settings(port=0, database_url=sqlite_url, edge="sdk")
    async with running(settings) as bot, stand_in(USER) as connector, aiohttp.ClientSession() as session:
        yield Line(bot.url, connector, session)


async def test_a_message_is_answered(line: Line) -> None:
    assert await line.status() == 200
    answer = await asyncio.wait_for(line.connector.posted.get(), 10)
    assert answer.activity["text"].startswith("Ik ken je nog niet")


async def test_what_is_malformed_or_leads_elsewhere_is_refused(line: Line) -> None:
    assert await line.status(serviceUrl="https://evil.example/") == 403
    assert await line.status(type=None) == 400
    assert await line.status(conversation="geen") == 400
    assert line.connector.posted.empty()
