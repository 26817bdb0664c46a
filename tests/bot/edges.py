"""The edge alone, with its patience shortened, and waiting for what the bot does by itself."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

import aiohttp
from aiohttp import web

from bot.clock import Clock
from bot.observing.metrics import Metrics
from bot.settings import Settings
from bot.teams.connector import Connector
from bot.teams.endpoint import Endpoint
from bot.teams.messenger import Messenger
from bot.teams.pace import Pace
from bot.teams.tokens import NoTokens
from bot.turns import Patience, Turns
from storage.services.house import House, house_at
from tests.conftest import NOW


@dataclass(frozen=True)
class Edge:
    """Endpoint and turns on loopback, as the bot joins them; without an outbox."""

    url: str
    turns: Turns
    house: House


@asynccontextmanager
async def edge(database_url: str, patience: Patience, now: datetime = NOW) -> AsyncIterator[Edge]:
    """An edge on a database that is filled already."""
    house, metrics, settings = house_at(database_url), Metrics(), Settings(database_url=database_url)
    async with aiohttp.ClientSession() as session:
        connector = Connector(session, NoTokens(), settings.allows_service_url, Pace(50), metrics)
        turns = Turns(house, Messenger(connector), Clock(now), metrics, patience)
        app = web.Application()
        app.router.add_post("/api/messages", Endpoint(settings, None, turns.take, metrics).handle)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            yield Edge(f"http://127.0.0.1:{runner.addresses[0][1]}", turns, house)
        finally:
            await runner.cleanup()
            await turns.finish(20)
            await house.close()


async def until(holds: Callable[[], object], seconds: float = 30.0) -> None:
    """Wait until something holds; fails when it never does."""
    async with asyncio.timeout(seconds):
        while not holds():  # noqa: ASYNC110 - it may be in a database, which tells nobody
            await asyncio.sleep(0.02)
