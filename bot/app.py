"""Joins all parts once: settings, storage, Teams and the web server. The only place that knows them all."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp
from aiohttp import web

from bot.clock import Clock
from bot.settings import Settings
from bot.teams.adapter import TeamsEndpoint
from bot.teams.endpoint import MOST_BYTES, Endpoint
from bot.teams.guard import Guard
from bot.teams.keys import SigningKeys
from bot.teams.messenger import Messenger
from bot.teams.tokens import tokens_for
from bot.turns import Turns
from dialogs.texts import pages
from storage.services.house import House, house_at

log = logging.getLogger(__name__)

FORGET_EVERY = 3600.0
"""Seconds between two times that old conversations are forgotten."""

FINISH_WITHIN = 30.0
"""Seconds that turns in flight get to finish when the bot stops."""


@dataclass(frozen=True, slots=True)
class Running:
    """A bot that listens."""

    url: str
    house: House
    clock: Clock


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[House]:
    """The storage, migrated, and closed afterwards. Raises DatabaseUnreachable."""
    house = house_at(settings.database_url)
    try:
        await house.migrate()
        yield house
    finally:
        await house.close()


@asynccontextmanager
async def running(settings: Settings) -> AsyncIterator[Running]:
    """A bot that listens on the settings' port (0: any free one). Leaving it finishes the turns in flight.

    Raises OSError when the port is taken.
    """
    clock = Clock(settings.starts_at)
    async with opened(settings) as house, aiohttp.ClientSession() as session:
        messenger = Messenger(session, tokens_for(settings), settings.allows_service_url)
        endpoint = _endpoint(settings, session, Turns(house, messenger, clock))
        runner = web.AppRunner(_web_app(endpoint), access_log=None, shutdown_timeout=FINISH_WITHIN)
        await runner.setup()
        forgetting = asyncio.create_task(_forget(house, clock))
        try:
            await web.TCPSite(runner, settings.host, settings.port).start()
            port = runner.addresses[0][1]
            yield Running(f"http://127.0.0.1:{port}", house, clock)
        finally:
            forgetting.cancel()
            await runner.cleanup()


async def _forget(house: House, clock: Clock) -> None:
    """Forget old conversations, now and every hour."""
    while True:
        try:
            await house.visitors.forget_old(clock.now())
        except Exception:
            log.exception("old conversations not forgotten")
        await asyncio.sleep(FORGET_EVERY)


def _endpoint(settings: Settings, session: aiohttp.ClientSession, turns: Turns) -> Endpoint | TeamsEndpoint:
    if settings.through_sdk:
        return TeamsEndpoint(settings, turns.take)
    guard = None
    if not settings.local_only:
        guard = Guard(SigningKeys(session, settings.openid_metadata_url), settings.app_id)
    return Endpoint(settings, guard, turns.take)


def _web_app(endpoint: Endpoint | TeamsEndpoint) -> web.Application:
    app = web.Application(client_max_size=MOST_BYTES)
    app.router.add_post("/api/messages", endpoint.handle)
    for path, page in (("/", pages.ABOUT), ("/privacy", pages.PRIVACY), ("/voorwaarden", pages.TERMS)):
        app.router.add_get(path, _page(page))
    return app


def _page(html: str) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def handle(_request: web.Request) -> web.StreamResponse:
        return web.Response(text=html, content_type="text/html")

    return handle
