"""POST /api/messages: the guard in front, in the order token, size, content type, body, tenant and service host."""

import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import Any

from aiohttp import web

from bot.hosts import is_loopback
from bot.observing.metrics import Metrics
from bot.settings import Settings
from bot.teams.activities import Incoming, MalformedActivity, read_activity
from bot.teams.guard import Caller, Guard, Refused
from bot.teams.keys import KeysUnavailable
from bot.teams.lines import TooBusy
from bot.teams.turnstile import Turnstile

MOST_BYTES = 256 * 1024
"""The largest activity that is read; Teams' own limit is about 100 KB."""

AT_THE_DOOR = 8
"""Requests that are looked at in one go of the event loop."""

TakeTurn = Callable[[Incoming], Awaitable[None]]
AnswerInvoke = Callable[[Incoming], Awaitable[Mapping[str, Any] | None]]
"""Gives the body that an invoke is answered with; None for what the bot has no use for."""

log = logging.getLogger(__name__)


class Endpoint:
    """Takes activities from Teams, or from this machine when there is no app id."""

    def __init__(
        self,
        settings: Settings,
        guard: Guard | None,
        take_turn: TakeTurn,
        metrics: Metrics,
        answer_invoke: AnswerInvoke | None = None,
    ) -> None:
        self._settings, self._guard, self._take_turn, self._metrics = settings, guard, take_turn, metrics
        self._answer_invoke = answer_invoke
        self._door = Turnstile(AT_THE_DOOR)

    async def handle(self, request: web.Request) -> web.Response:
        """Take one activity: 200 when its turn is done or under way; 400, 401, 403, 413, 415 when it is refused.

        An invoke gets its answer in the body, and 501 when the bot has no use for it.

        503 without signing keys, or with too much to do: Teams sends it again.
        """
        try:
            await self._door.enter()
            incoming = await self._incoming(request)
            if incoming.type == "invoke":
                return await self._invoked(incoming)
            await self._take(incoming)
        except _No as no:
            log.warning("refused: %s %s", no.status.value, no.reason)
            self._metrics.refused(no.status.value, no.reason)
            return web.Response(status=no.status)
        return web.Response(status=HTTPStatus.OK)

    async def _invoked(self, incoming: Incoming) -> web.Response:
        body = await self._answer_invoke(incoming) if self._answer_invoke else None
        return web.Response(status=HTTPStatus.NOT_IMPLEMENTED) if body is None else web.json_response(body)

    async def _incoming(self, request: web.Request) -> Incoming:
        caller = await self._caller(request)
        incoming = _read(await _body(request))
        self._check(incoming, caller)
        return incoming

    async def _take(self, incoming: Incoming) -> None:
        try:
            await self._take_turn(incoming)
        except TooBusy as error:
            raise _No(HTTPStatus.SERVICE_UNAVAILABLE, "too busy") from error

    async def _caller(self, request: web.Request) -> Caller | None:
        if self._guard is None:
            if not is_loopback(request.remote or ""):
                raise _No(HTTPStatus.FORBIDDEN, "not from this machine")
            return None
        try:
            return await self._guard.caller(request.headers.get("Authorization", ""))
        except Refused as refused:
            raise _No(HTTPStatus.UNAUTHORIZED, str(refused)) from refused
        except KeysUnavailable as error:
            raise _No(HTTPStatus.SERVICE_UNAVAILABLE, "no signing keys") from error

    def _check(self, incoming: Incoming, caller: Caller | None) -> None:
        service_url = incoming.place.service_url
        if caller is not None and not caller.speaks_for(incoming.channel_id, service_url):
            raise _No(HTTPStatus.UNAUTHORIZED, "token for another channel or service URL")
        if not self._settings.allows_tenant(incoming.place.tenant_id):
            raise _No(HTTPStatus.FORBIDDEN, "tenant")
        if not self._settings.allows_service_url(service_url):
            raise _No(HTTPStatus.FORBIDDEN, "service host")


class _No(Exception):
    """A refusal with its HTTP status and a reason for the log, which names nobody."""

    def __init__(self, status: HTTPStatus, reason: str) -> None:
        super().__init__(reason)
        self.status, self.reason = status, reason


async def _body(request: web.Request) -> bytes:
    if (request.content_length or 0) > MOST_BYTES:
        raise _No(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "size")
    if request.content_type != "application/json":
        raise _No(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "content type")
    try:
        return await request.read()
    except web.HTTPRequestEntityTooLarge as error:
        raise _No(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "size") from error
    except web.RequestPayloadError as error:
        raise _No(HTTPStatus.BAD_REQUEST, "content encoding") from error


def _read(body: bytes) -> Incoming:
    try:
        raw: Any = json.loads(body)
        return read_activity(raw)
    except (ValueError, RecursionError, MalformedActivity) as error:
        raise _No(HTTPStatus.BAD_REQUEST, type(error).__name__) from error
