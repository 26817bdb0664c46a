"""GET /healthz, /readyz and /metrics: for who keeps the bot running, and telling strangers next to nothing."""

import asyncio
import hmac
from collections.abc import Awaitable, Callable
from http import HTTPStatus

from aiohttp import HttpVersion11, web

from bot.hosts import is_loopback
from bot.observing.metrics import CONTENT_TYPE, Metrics
from bot.observing.readiness import Readiness

NEVER_KEPT = {"Cache-Control": "no-store"}
REFRESH_WITHIN = 1.0
"""Seconds that the outbox gets to be counted before the other figures are given without it."""

PROXY_HEADERS = ("forwarded", "via", "x-real-ip", "x-client-ip", "true-client-ip", "cf-connecting-ip")
PROXY_PREFIXES = ("x-forwarded", "x-original-", "x-arr-")
"""Headers by which a reverse proxy tells that it passes on somebody else's request."""


class Pages:
    """The three pages. `token` opens /metrics to who is not on this machine; when empty, nothing does."""

    def __init__(self, readiness: Readiness, metrics: Metrics, token: str) -> None:
        self._readiness, self._metrics, self._token = readiness, metrics, token
        self._refresh: Callable[[], Awaitable[None]] | None = None

    def add_to(self, router: web.UrlDispatcher) -> None:
        """Answer GET and HEAD of each."""
        router.add_get("/healthz", self.health)
        router.add_get("/readyz", self.ready)
        router.add_get("/metrics", self.figures)

    def refresh_with(self, count: Callable[[], Awaitable[None]]) -> None:
        """Before figures are given, let `count` renew those that the database knows."""
        self._refresh = count

    async def health(self, _request: web.Request) -> web.Response:
        """200 as long as the process and its event loop live."""
        return web.Response(text="ok", headers=NEVER_KEPT)

    async def ready(self, _request: web.Request) -> web.Response:
        """200 when the bot can take a turn, else 503; the body names the checks that fail by their codes."""
        failing = await self._readiness.failing()
        status = HTTPStatus.SERVICE_UNAVAILABLE if failing else HTTPStatus.OK
        return web.json_response({"ready": not failing, "failing": failing}, status=status, headers=NEVER_KEPT)

    async def figures(self, request: web.Request) -> web.Response:
        """All figures, for this machine or who shows the token; 404 for everybody else."""
        if not (self._shows_token(request) or self._is_from_here(request)):
            raise web.HTTPNotFound
        await self._renew()
        return web.Response(body=self._metrics.text(), headers={**NEVER_KEPT, "Content-Type": CONTENT_TYPE})

    async def _renew(self) -> None:
        if self._refresh is None:
            return
        try:
            async with asyncio.timeout(REFRESH_WITHIN):
                await self._refresh()
        except Exception:  # noqa: BLE001 - the figures are wanted most when the database is down
            self._metrics.outbox_unknown()

    def _shows_token(self, request: web.Request) -> bool:
        scheme, _, shown = request.headers.get("Authorization", "").partition(" ")
        if not self._token or scheme.lower() != "bearer":
            return False
        return hmac.compare_digest(shown.strip().encode("utf-8", "surrogateescape"), self._token.encode())

    def _is_from_here(self, request: web.Request) -> bool:
        """Whether a program on this machine asks for itself, and no proxy for a stranger.

        A proxy without any header of its own is still known by the site's name in Host, or by the HTTP/1.0 of nginx.
        """
        names = [name.lower() for name in request.headers]
        if any(name in PROXY_HEADERS or name.startswith(PROXY_PREFIXES) for name in names):
            return False
        called_here = is_loopback(request.headers.get("Host", ""))
        return called_here and request.version >= HttpVersion11 and is_loopback(request.remote or "")
