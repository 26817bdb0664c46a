"""The echo bots that ours is compared with: bare aiohttp, the stock SDK, and our own edge without a database."""

import asyncio
import json
import os
import signal
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import aiohttp
from aiohttp import web

from bot.app import opened
from bot.observing import garbage
from bot.observing.metrics import Metrics
from bot.settings import Settings, read_settings
from bot.teams.activities import Incoming
from bot.teams.connector import Connector
from bot.teams.endpoint import Endpoint, TakeTurn
from bot.teams.guard import Guard
from bot.teams.keys import SigningKeys
from bot.teams.messenger import Messenger
from bot.teams.pace import Limit, Pace
from bot.teams.tokens import tokens_for
from dialogs.turn import Message
from storage.domain.activities import knock

Handle = Callable[[web.Request], Awaitable[web.StreamResponse]]

ECHO = "echo "
NO_LIMIT = Limit(10**9, 1e-9)


def run(name: str, port: int) -> None:
    """Serve the echo called `name` until SIGTERM."""
    asyncio.run(_serve({"bare": bare, "sdk": sdk, "ours": ours, "claiming": claiming}[name], port))


async def _serve(make: Callable[[AsyncExitStack], Awaitable[Handle]], port: int) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    async with AsyncExitStack() as parts:
        app = web.Application()
        app.router.add_post("/api/messages", await make(parts))
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port, backlog=2048).start()
        await stop.wait()
        await runner.cleanup()


async def bare(parts: AsyncExitStack) -> Handle:
    """Reads JSON, posts the reply through one shared session, answers 201: what nobody gets below in aiohttp."""
    session = await parts.enter_async_context(aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)))

    async def handle(request: web.Request) -> web.Response:
        activity = json.loads(await request.read())
        conversation, number = activity["conversation"], activity["id"]
        reply = {
            "type": "message",
            "text": ECHO + activity["text"],
            "from": activity["recipient"],
            "recipient": activity["from"],
            "conversation": conversation,
            "replyToId": number,
        }
        path = f"v3/conversations/{quote(conversation['id'], safe='')}/activities/{number}"
        async with session.post(activity["serviceUrl"] + path, json=reply) as response:
            await response.read()
        return web.Response(status=201)

    return handle


async def sdk(_parts: AsyncExitStack) -> Handle:
    """The SDK's CloudAdapter as its samples have it, verifying tokens.

    Kinder to it than the samples: its own token is at hand, where the samples ask for a new one every turn.
    """
    from botbuilder.core import ActivityHandler, MessageFactory, TurnContext
    from botbuilder.integration.aiohttp import CloudAdapter, ConfigurationBotFrameworkAuthentication
    from botframework.connector.auth import ChannelValidation, MicrosoftAppCredentials
    from botframework.connector.auth import PasswordServiceClientCredentialFactory as Factory

    settings = read_settings(os.environ)
    app_id, secret = settings.app_id, settings.app_password

    class TokenAtHand(MicrosoftAppCredentials):  # type: ignore[misc]
        def get_access_token(self, force_refresh: bool = False) -> str:  # noqa: ARG002 - the name in the base class
            return "at-hand"

    class Credentials(Factory):  # type: ignore[misc]
        async def create_credentials(self, *_: Any, **__: Any) -> TokenAtHand:
            return TokenAtHand(app_id, secret)

    class Configuration:
        APP_ID, APP_PASSWORD, APP_TYPE = app_id, secret, "MultiTenant"

    class Echo(ActivityHandler):  # type: ignore[misc]
        async def on_message_activity(self, turn_context: TurnContext) -> None:
            await turn_context.send_activity(MessageFactory.text(ECHO + turn_context.activity.text))

    ChannelValidation.open_id_metadata_endpoint = settings.openid_metadata_url
    credentials = Credentials(app_id, secret)
    adapter = CloudAdapter(ConfigurationBotFrameworkAuthentication(Configuration, credentials_factory=credentials))
    bot = Echo()

    async def handle(request: web.Request) -> web.StreamResponse:
        answer: web.StreamResponse = await adapter.process(request, bot)
        return answer

    return handle


async def ours(parts: AsyncExitStack) -> Handle:
    """Our guard, our reading of the activity and our sender, without a database and without dialogs."""
    take, settings, guard = await _edge(parts)
    garbage.settle()
    return Endpoint(settings, guard, take, Metrics()).handle


async def claiming(parts: AsyncExitStack) -> Handle:
    """The same, with the check that nothing runs twice: an activity is claimed before its turn and finished after."""
    take, settings, guard = await _edge(parts)
    house = await parts.enter_async_context(opened(settings))

    async def take_once(incoming: Incoming) -> None:
        came = knock(incoming.conversation_id, incoming.id)
        await house.activities.claim(came, datetime.now(UTC))
        await take(incoming)
        await house.activities.finish(came, incoming.conversation_id, None, datetime.now(UTC))

    garbage.settle()
    return Endpoint(settings, guard, take_once, Metrics()).handle


async def _edge(parts: AsyncExitStack) -> tuple[TakeTurn, Settings, Guard]:
    settings = read_settings(os.environ)
    session = await parts.enter_async_context(aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)))
    tokens = tokens_for(settings)
    messenger = Messenger(Connector(session, tokens, settings.allows_service_url, pace(), Metrics()))

    async def echo(incoming: Incoming) -> None:
        await messenger.reply(incoming, Message(ECHO + incoming.text))

    return echo, settings, Guard(SigningKeys(session, settings.openid_metadata_url), settings.app_id)


def pace() -> Pace:
    """A pace that reckons with Teams' limits, and never reaches them."""
    return Pace(1e6)
