"""A Teams of our own on loopback: several people, a team with its roster, personal chats that may be closed."""

import asyncio
import itertools
import ssl
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import NAMESPACE_URL, uuid4, uuid5

import aiohttp
from aiohttp import web

from bot.teams.standin import BOT_ID, TENANT
from tests.bot.limits import Limits, Trouble

MENTION = "<at>Ambassadeursbot</at>"
OTHER_TENANT = "a0f0c0de-0000-4000-8000-00000000beef"

Json = dict[str, Any]


@dataclass(frozen=True)
class User:
    """Somebody with a Teams account. `upn` differs from `mail` for guests; either may be empty."""

    name: str
    mail: str
    upn: str = ""
    entra_id: str = ""
    tenant: str = TENANT

    @property
    def aad(self) -> str:
        """The Entra object id."""
        return self.entra_id or str(uuid5(NAMESPACE_URL, self.mail or self.upn))

    @property
    def id(self) -> str:
        """The Teams id."""
        return f"29:1-{self.aad}"

    @property
    def chat(self) -> "Spot":
        """The personal chat with the bot."""
        return Spot(f"a:{self.aad}", "personal")


@dataclass(frozen=True)
class Spot:
    """Where one writes: a conversation, its kind, its team, and the thread in it."""

    conversation: str
    kind: str
    team: str | None = None
    thread: str = ""

    @property
    def id(self) -> str:
        """The conversation id as an activity carries it."""
        return f"{self.conversation};messageid={self.thread}" if self.thread else self.conversation

    def in_thread(self, number: str) -> "Spot":
        """The same channel, in a thread."""
        return Spot(self.conversation, self.kind, self.team, number)


NELE = User("Nele Verhaegen", "nele@waterland.example")
JONAS = User("Jonas Claerhout", "jonas.claerhout@vuurtoren.example")
SAMIRA = User("Samira Bensaïd", "samira.bensaid@hetanker.example")
WOUT = User("Wout Lambrechts", "wout.lambrechts@debranding.example")
KATRIEN = User("Katrien Poelman", "katrien.poelman@windkracht.example")
LOTTE = User("Lotte Segers", "lotte.segers@clbdesluis.example")
MIRA = User("Mira Stevens", "mira.stevens@kustklas.example")
"""In the team, not yet in the network."""
JORIS = User("Joris Vreemd", "joris.vreemd@elders.example")
"""In neither."""

TEAM = "19:waterland@thread.tacv2"
GENERAL = Spot(TEAM, "channel", TEAM)
CHANNEL = Spot("19:bijeenkomsten@thread.tacv2", "channel", TEAM)
GROUP = Spot("19:voorbereiding@thread.v2", "groupChat")


@dataclass(frozen=True)
class Posted:
    """An activity that the bot sent: where, and in answer to which activity by its path."""

    conversation: str
    activity: Json
    reply_path: str | None = None
    id: str = ""
    at: float = 0.0
    """Seconds of the event loop's time."""

    @property
    def text(self) -> str:
        """What it says."""
        return str(self.activity.get("text") or self.activity.get("summary", ""))

    @property
    def card(self) -> Json:
        """The content of its card; empty without one."""
        found = self.activity.get("attachments") or [{}]
        content: Json = found[0].get("content", {})
        return content

    @property
    def attachments(self) -> list[Json]:
        """Its cards and files."""
        return list(self.activity.get("attachments") or [])

    def button(self, title: str) -> Json:
        """The data of the button with this title."""
        titles = {action["title"]: action for action in self.card.get("actions", [])}
        data: Json = titles[title]["data"]
        return dict(data)


@dataclass
class Teams:
    """The connector and everybody in it, and a way to write to the bot at `bot_url`."""

    bot_url: str = ""
    service_url: str = ""
    port: int = 0
    rosters: dict[str, list[User]] = field(default_factory=dict)
    posted: list[Posted] = field(default_factory=list)
    typing: list[str] = field(default_factory=list)
    """Conversation ids where the bot showed that an answer is coming."""
    lookups: list[tuple[str, str]] = field(default_factory=list)
    closed: set[str] = field(default_factory=set)
    """Teams ids whose personal chat can't be made."""
    mute: set[str] = field(default_factory=set)
    """Conversation ids where nothing may be written."""
    roster_status: int = 200
    garbled: bool = False
    """Answers are no JSON."""
    prefix: str = ""
    """What stands before every path."""
    delay: float = 0.0
    takes: float = 0.0
    """Seconds between taking what is posted and answering."""
    updates: list[Posted] = field(default_factory=list)
    """What was shown anew, under the id of what was posted."""
    created: list[str] = field(default_factory=list)
    """The Teams ids for whom a personal chat was asked for."""
    pages: list[str] = field(default_factory=list)
    """The conversations of which a page of the roster was read, page by page."""
    page: int = 500
    """How many members Teams puts on a page at most."""
    troubles: defaultdict[str, list[Trouble]] = field(default_factory=lambda: defaultdict(list))
    """By conversation what happens to the next calls there; under "" to those that make a chat."""
    limits: Limits | None = None
    over: asyncio.Event = field(default_factory=asyncio.Event)
    """Ends every silence."""
    tokens: list[str | None] = field(default_factory=list)
    spoken_to: asyncio.Event = field(default_factory=asyncio.Event)
    """Set once the bot called."""
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    async def say(self, who: User, where: Spot, text: str, mention: bool | None = None) -> list[Posted]:
        """Write something; what the bot sends until its turn is done. In company it is mentioned unless told."""
        return await self.deliver(self.message(who, where, text, mention))

    async def press(self, who: User, where: Spot, data: Json) -> list[Posted]:
        """Press a button with this data."""
        return await self.deliver({**self.activity(who, where, "message"), "value": data})

    async def install(self, who: User, where: Spot, action: str = "add") -> list[Posted]:
        """The installation activity."""
        return await self.deliver(self.installation(who, where, action))

    async def deliver(self, activity: Json) -> list[Posted]:
        """Give the bot an activity, which it must accept."""
        before = len(self.posted)
        status = await self.status(activity)
        assert status == 200, f"HTTP {status}"
        return self.posted[before:]

    async def together(self, activities: Sequence[Json]) -> list[Posted]:
        """Give the bot activities at the same moment."""
        before = len(self.posted)
        statuses = await asyncio.gather(*(self.status(activity) for activity in activities))
        assert set(statuses) == {200}
        return self.posted[before:]

    async def status(self, activity: Json, headers: dict[str, str] | None = None, bot_url: str = "") -> int:
        """Give the bot (or another one) an activity; the HTTP status."""
        async with (
            aiohttp.ClientSession() as session,
            session.post(f"{bot_url or self.bot_url}/api/messages", json=activity, headers=headers) as response,
        ):
            return response.status

    async def invoke(self, who: User, where: Spot, name: str, value: Json) -> tuple[int, Json]:
        """Give the bot an invoke; the HTTP status and the body of its answer."""
        return await self.invoked({**self.activity(who, where, "invoke"), "name": name, "value": value})

    async def invoked(self, activity: Json) -> tuple[int, Json]:
        """The same with an activity that is made already."""
        async with (
            aiohttp.ClientSession() as session,
            session.post(f"{self.bot_url}/api/messages", json=activity) as response,
        ):
            return response.status, await response.json() if response.content_type == "application/json" else {}

    def message(self, who: User, where: Spot, text: str, mention: bool | None = None) -> Json:
        """A message activity as Teams sends it."""
        activity = self.activity(who, where, "message")
        if mention if mention is not None else where.kind != "personal":
            activity["entities"] = [{"type": "mention", "mentioned": {"id": BOT_ID}, "text": MENTION}]
            text = f"{MENTION} {text}"
        return {**activity, "text": text, "textFormat": "plain"}

    def installation(self, who: User, where: Spot, action: str = "add") -> Json:
        """An installationUpdate activity."""
        return {**self.activity(who, where, "installationUpdate"), "action": action}

    def membership(self, who: User, where: Spot, change: str = "membersAdded") -> Json:
        """A conversationUpdate activity about the bot."""
        return {**self.activity(who, where, "conversationUpdate"), change: [{"id": BOT_ID}]}

    def activity(self, who: User, where: Spot, kind: str) -> Json:
        """What every activity has."""
        team = {"team": {"id": where.team}, "channel": {"id": where.conversation}} if where.team else {}
        return {
            "type": kind,
            "id": str(uuid4()),
            "timestamp": "2026-11-21T09:00:00.000Z",
            "channelId": "msteams",
            "serviceUrl": self.service_url,
            "locale": "nl-BE",
            "from": {"id": who.id, "name": who.name, "aadObjectId": who.aad},
            "recipient": {"id": BOT_ID, "name": "Ambassadeursbot"},
            "conversation": {
                "id": where.id,
                "conversationType": where.kind,
                "isGroup": where.kind != "personal",
                "tenantId": TENANT,
            },
            "channelData": {"tenant": {"id": TENANT}, **team},
        }

    def quiet(self) -> "Teams":
        """The same Teams with nothing said and nobody out of reach."""
        self.posted.clear()
        self.lookups.clear()
        self.closed.clear()
        self.mute.clear()
        return self

    def texts_in(self, where: Spot) -> list[str]:
        """Everything the bot ever wrote in a conversation, all threads together."""
        return [one.text for one in self.posted if one.conversation.split(";")[0] == where.conversation]

    def app(self) -> web.Application:
        """The connector's routes."""
        app = web.Application(middlewares=[self._limited])
        base = f"{self.prefix}/v3/conversations"
        app.router.add_post(base, self._create)
        app.router.add_post(base + "/{conversation}/activities", self._post)
        app.router.add_post(base + "/{conversation}/activities/{reply}", self._post)
        app.router.add_put(base + "/{conversation}/activities/{reply}", self._put)
        app.router.add_get(base + "/{conversation}/members/{member}", self._member)
        app.router.add_get(base + "/{conversation}/pagedmembers", self._paged)
        return app

    @web.middleware
    async def _limited(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        if self.limits is not None:
            writes = request.match_info.get("conversation") if request.method in {"POST", "PUT"} else None
            if not self.limits.take(asyncio.get_running_loop().time(), writes):
                return self.limits.refusal()
        return await handler(request)

    def _trouble(self, conversation: str) -> Trouble | None:
        troubles = self.troubles[conversation]
        return troubles.pop(0) if troubles else None

    async def _create(self, request: web.Request) -> web.Response:
        body = await self._heard(request)
        member = body["members"][0]["id"]
        self.created.append(member)
        trouble = self._trouble("")
        if trouble is not None:
            return await trouble.answer(request, self.over)
        if member in self.closed:
            return _error(403, "BotNotInConversationRoster")
        assert body["channelData"]["tenant"]["id"] == TENANT
        return self._answer({"id": f"a:{member.removeprefix('29:1-')}"}, 201)

    async def _post(self, request: web.Request) -> web.Response:
        body = await self._heard(request)
        conversation = request.match_info["conversation"]
        if conversation.split(";")[0] in self.mute:
            return _error(403, "MessageWritesBlocked")
        trouble, number = self._trouble(conversation.split(";")[0]), str(next(self._numbers))
        if body["type"] == "typing":
            self.typing.append(conversation)
        elif trouble is None or trouble.delivered:
            at = asyncio.get_running_loop().time()
            self.posted.append(Posted(conversation, body, request.match_info.get("reply"), number, at))
        if self.takes:
            await asyncio.sleep(self.takes)
        return await trouble.answer(request, self.over) if trouble else self._answer({"id": number}, 201)

    async def _put(self, request: web.Request) -> web.Response:
        body = await self._heard(request)
        conversation, activity = request.match_info["conversation"], request.match_info["reply"]
        trouble = self._trouble(conversation.split(";")[0])
        if trouble is not None:
            return await trouble.answer(request, self.over)
        at = asyncio.get_running_loop().time()
        self.updates.append(Posted(conversation, body, None, activity, at))
        return self._answer({"id": activity})

    async def _paged(self, request: web.Request) -> web.Response:
        await self._heard(request)
        conversation = request.match_info["conversation"]
        self.pages.append(conversation)
        trouble = self._trouble(conversation)
        if trouble is not None:
            return await trouble.answer(request, self.over)
        if conversation in self.mute:
            return _error(403, "BotNotInConversationRoster")
        first = int(request.query.get("continuationToken", "0"))
        until = first + min(int(request.query["pageSize"]), self.page)
        everybody = self._roster(conversation)
        answer: Json = {"members": [_as_member(user) for user in everybody[first:until]]}
        return self._answer(answer | ({"continuationToken": str(until)} if until < len(everybody) else {}))

    async def _member(self, request: web.Request) -> web.Response:
        await self._heard(request)
        conversation = request.match_info["conversation"].split(";")[0]
        member = request.match_info["member"]
        self.lookups.append((conversation, member))
        if self.roster_status != 200:
            return _error(self.roster_status, "Throttled")
        for user in self._roster(conversation):
            if member in {user.id, user.aad}:
                return self._answer(_as_member(user))
        return _error(404, "MemberNotFoundInConversation")

    def _roster(self, conversation: str) -> list[User]:
        roster = self.rosters.get(conversation)
        team = self.rosters.get(TEAM, []) if conversation == CHANNEL.conversation else []
        return roster if roster is not None else team

    async def _heard(self, request: web.Request) -> Json:
        self.tokens.append(request.headers.get("Authorization"))
        self.spoken_to.set()
        if self.delay:
            await asyncio.sleep(self.delay)
        body: Json = await request.json() if request.can_read_body else {}
        return body

    def _answer(self, body: Json, status: int = 200) -> web.Response:
        if self.garbled:
            return web.Response(status=status, text="<html>een portaal</html>", content_type="text/html")
        return web.json_response(body, status=status)


def _as_member(user: User) -> Json:
    return {
        "id": user.id,
        "name": user.name,
        "aadObjectId": user.aad,
        "email": user.mail,
        "userPrincipalName": user.upn or user.mail,
        "tenantId": user.tenant,
    }


def _error(status: int, code: str) -> web.Response:
    return web.json_response({"error": {"code": code, "message": code}}, status=status)


MEMBERS = [NELE, JONAS, SAMIRA, WOUT, KATRIEN, LOTTE, MIRA]


@asynccontextmanager
async def teams_on_loopback(tls: ssl.SSLContext | None = None, prefix: str = "") -> AsyncIterator[Teams]:
    """A connector on a free loopback port, with the usual people in the team, the group and their own chats."""
    teams = Teams(prefix=prefix)
    runner = web.AppRunner(teams.app(), access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=tls).start()
        teams.port = runner.addresses[0][1]
        teams.service_url = f"http://127.0.0.1:{teams.port}/"
        teams.rosters = {TEAM: list(MEMBERS), GROUP.conversation: [*MEMBERS, JORIS]}
        teams.rosters |= {user.chat.conversation: [user] for user in (*MEMBERS, JORIS)}
        yield teams
    finally:
        teams.over.set()
        await runner.cleanup()
