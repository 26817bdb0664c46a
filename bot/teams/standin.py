"""A small stand-in for Teams' connector: takes what the bot sends, and answers its questions about people."""

import asyncio
import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import aiohttp
from aiohttp import web

BOT_ID = "28:ambassadeursbot"
TENANT = "a0f0c0de-0000-4000-8000-000000000001"
GROUP = "19:terminal-group@thread.v2"
TEAM = "19:terminal-team@thread.tacv2"


@dataclass(frozen=True, slots=True)
class TerminalUser:
    """Who talks in the terminal."""

    name: str
    email: str
    entra_id: str

    @property
    def id(self) -> str:
        """The Teams id."""
        return f"29:1-{self.entra_id}"


@dataclass(slots=True)
class Posted:
    """An activity that the bot sent, and in which conversation."""

    conversation_id: str
    activity: dict[str, Any]


@dataclass(slots=True)
class StandIn:
    """The connector of one terminal."""

    user: TerminalUser
    service_url: str = ""
    posted: "asyncio.Queue[Posted]" = field(default_factory=asyncio.Queue)
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    @property
    def personal(self) -> str:
        """The id of the personal chat."""
        return f"a:terminal-{self.user.entra_id}"

    @property
    def places(self) -> tuple[str, ...]:
        """The ids of every chat and team of this terminal."""
        return (self.personal, GROUP, TEAM)

    def message(self, place: str, text: str = "", value: dict[str, Any] | None = None) -> dict[str, Any]:
        """A message activity as Teams sends it: place is personal, groupChat or channel."""
        activity = self._activity("message", place)
        if value is not None:
            return {**activity, "value": value}
        if place != "personal":
            mention = "<at>Ambassadeursbot</at>"
            activity["entities"] = [{"type": "mention", "mentioned": {"id": BOT_ID}, "text": mention}]
            text = f"{mention} {text}"
        return {**activity, "text": text, "textFormat": "plain"}

    def installed(self, place: str) -> dict[str, Any]:
        """The activity that tells the bot it was installed."""
        return {**self._activity("installationUpdate", place), "action": "add"}

    def _activity(self, type_: str, place: str) -> dict[str, Any]:
        conversation = {"personal": self.personal, "groupChat": GROUP, "channel": TEAM}[place]
        thread = ";messageid=1" if place == "channel" and type_ == "message" else ""
        team = {"team": {"id": TEAM}} if place == "channel" else {}
        return {
            "type": type_,
            "id": str(uuid4()),
            "channelId": "msteams",
            "serviceUrl": self.service_url,
            "locale": "nl-BE",
            "from": {"id": self.user.id, "name": self.user.name, "aadObjectId": self.user.entra_id},
            "recipient": {"id": BOT_ID, "name": "Ambassadeursbot"},
            "conversation": {"id": conversation + thread, "conversationType": place, "tenantId": TENANT},
            "channelData": {"tenant": {"id": TENANT}, **team},
        }

    async def deliver(self, session: aiohttp.ClientSession, bot_url: str, activity: dict[str, Any]) -> int:
        """Give an activity to the bot; its HTTP status. Raises aiohttp.ClientError when nothing listens."""
        async with session.post(f"{bot_url}/api/messages", json=activity) as response:
            return response.status

    async def _post(self, request: web.Request) -> web.Response:
        await self.posted.put(Posted(request.match_info["conversation"], await request.json()))
        return web.json_response({"id": str(next(self._numbers))}, status=201)

    async def _update(self, request: web.Request) -> web.Response:
        await self.posted.put(Posted(request.match_info["conversation"], await request.json()))
        return web.json_response({"id": request.match_info["activity"]})

    async def _create(self, _request: web.Request) -> web.Response:
        return web.json_response({"id": self.personal}, status=201)

    async def _member(self, request: web.Request) -> web.Response:
        if request.match_info["member"] not in {self.user.id, self.user.entra_id}:
            return web.json_response({"error": {"code": "MemberNotFoundInConversation"}}, status=404)
        user = self.user
        return web.json_response(
            {
                "id": user.id,
                "name": user.name,
                "aadObjectId": user.entra_id,
                "email": user.email,
                "userPrincipalName": user.email,
                "tenantId": TENANT,
            }
        )


@asynccontextmanager
async def stand_in(user: TerminalUser) -> AsyncIterator[StandIn]:
    """A connector for this user on a free loopback port."""
    connector = StandIn(user)
    app = web.Application()
    base = "/v3/conversations"
    app.router.add_post(base, connector._create)  # noqa: SLF001 - the routes of the class itself
    app.router.add_post(base + "/{conversation}/activities", connector._post)  # noqa: SLF001
    app.router.add_post(base + "/{conversation}/activities/{activity}", connector._post)  # noqa: SLF001
    app.router.add_put(base + "/{conversation}/activities/{activity}", connector._update)  # noqa: SLF001
    app.router.add_get(base + "/{conversation}/members/{member}", connector._member)  # noqa: SLF001
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        connector.service_url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
        yield connector
    finally:
        await runner.cleanup()
