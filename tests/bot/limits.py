"""What a Teams on loopback may do to a call: refuse it, take it and deny it, break off, keep silent, or be full."""

import asyncio
import socket
import struct
from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

EVERYBODY = 50
"""Calls in a second, of the bot as a whole."""

IN_ONE = ((1.0, 7), (2.0, 8), (30.0, 60), (3600.0, 1800))
"""Of what the bot writes in one conversation: seconds, and how much in them."""


@dataclass(frozen=True)
class Trouble:
    """What happens to one call: an HTTP status, `reset` (the connection breaks) or `silent`.

    `delivered`: what was posted arrived all the same. `retry_after`: that header.
    """

    status: int = 0
    code: str = ""
    retry_after: str | None = None
    delivered: bool = False
    reset: bool = False
    silent: bool = False

    async def answer(self, request: web.Request, over: asyncio.Event) -> web.Response:
        """What the bot gets to see; `over` ends a silence."""
        if self.silent:
            await over.wait()
        if self.reset:
            _reset(request)
        headers = {"Retry-After": self.retry_after} if self.retry_after is not None else {}
        return web.json_response({"error": {"code": self.code}}, status=self.status or 500, headers=headers)


def _reset(request: web.Request) -> None:
    transport = request.transport
    if transport is not None:
        linger = struct.pack("ii", 1, 0)  # closing sends RST, whatever is left to send
        transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        transport.abort()


@dataclass
class Limits:
    """Teams' limits, kept in sliding windows."""

    everybody: int = EVERYBODY
    refused: int = 0
    most: int = 0
    """The most calls that ever fell in one second."""
    _all: deque[float] = field(default_factory=deque)
    _each: defaultdict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def take(self, now: float, conversation: str | None) -> bool:
        """Whether a call at this moment (in seconds) is within the limits; `conversation`: where it writes."""
        while self._all and self._all[0] <= now - 1:
            self._all.popleft()
        self._all.append(now)
        self.most = max(self.most, len(self._all))
        fits = len(self._all) <= self.everybody
        if conversation is not None:
            written = self._each[conversation]
            written.append(now)
            fits &= all(sum(at > now - seconds for at in written) <= most for seconds, most in IN_ONE)
        self.refused += not fits
        return fits

    def refusal(self) -> web.Response:
        """The answer to a call that is one too many."""
        error: dict[str, Any] = {"error": {"code": "TooManyRequests"}}
        return web.json_response(error, status=429, headers={"Retry-After": "1"})
