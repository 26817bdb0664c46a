"""One call to the connector of a service URL: with our token, and its answer sorted."""

import asyncio
import json
import logging
import random
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeAlias, TypeVar

import aiohttp
from yarl import URL

from bot.observing.metrics import Metrics
from bot.teams.failures import Conflict, NotDelivered, Rejected, Throttled, Uncertain, Unreachable, refusal
from bot.teams.pace import Pace
from bot.teams.tokens import NoToken, Tokens

log = logging.getLogger(__name__)

Json: TypeAlias = Mapping[str, Any]
T = TypeVar("T")

TIME_LIMIT = aiohttp.ClientTimeout(total=15, connect=10)
MOST_TRIES = 4
LONGEST_WAIT = 20.0
"""Seconds that one call is tried again in, all together."""

LONGEST_PAUSE = 30.0
"""Seconds that a call waits because its conversation must be left alone: no longer than a stopping bot waits for it."""


class Connector:
    """Calls Teams. What it sends and gets is JSON."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        tokens: Tokens,
        allows: Callable[[str], bool],
        pace: Pace,
        metrics: Metrics,
    ) -> None:
        self._session, self._tokens, self._allows = session, tokens, allows
        self._pace, self._metrics = pace, metrics

    async def may_write(self, conversation_id: str) -> None:
        """Wait until the bot may write by itself in this conversation, within Teams' limits.

        Raises Throttled when Teams asked to leave it alone for longer than that is worth.
        """
        self._check_pause(conversation_id)
        await self._pace.message(conversation_id)

    async def may_call(self) -> None:
        """Wait until the bot may make any call by itself."""
        await self._pace.call()

    async def call(
        self, method: str, service_url: str, path: str, body: Json | None = None, conversation_id: str = ""
    ) -> Json:
        """Make a call once; the object in its answer, empty when there is none.

        `conversation_id` is given for what writes in a conversation: when Teams asked to leave that alone for a while,
        the call waits, if it is not too long. Raises NotDelivered.
        """
        self._check_pause(conversation_id)
        await self._pace.unpaused(conversation_id)
        if not self._allows(service_url):
            raise Rejected("address")
        try:
            token = await self._tokens.token()
        except NoToken as error:
            log.warning("no token of our own: %s", error)
            raise Unreachable("no token") from error
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        url = URL(f"{service_url.rstrip('/')}/{path}", encoded=True)
        begun = asyncio.get_running_loop().time()
        status = 0
        try:
            async with self._session.request(
                method, url, json=body, headers=headers, timeout=TIME_LIMIT, allow_redirects=False
            ) as response:
                status = response.status
                content = await response.read()
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            if status and response.ok:
                return {}  # it arrived, whatever became of the answer to it
            raise _broken(error) from error
        finally:
            self._metrics.called(method, status, asyncio.get_running_loop().time() - begun)
        if not 200 <= status < 300:  # noqa: PLR2004
            raise self._refused(refusal(status, response.headers, content), conversation_id)
        return _object(content)

    def _check_pause(self, conversation_id: str) -> None:
        """Raises Throttled when the conversation must be left alone for long: who waits keeps others waiting."""
        left = self._pace.left(conversation_id)
        if left > LONGEST_PAUSE:
            raise Throttled("paused", left)

    def _refused(self, error: NotDelivered, conversation_id: str) -> NotDelivered:
        if isinstance(error, Throttled) and conversation_id:
            self._pace.pause(conversation_id, error.after)
        return error

    async def insist(self, call: Callable[[], Awaitable[T]], again_when_uncertain: bool = False) -> T:
        """Make a call, and again while it certainly had no effect (or may have it twice) and there is time.

        Raises the NotDelivered of the last try.
        """
        loop = asyncio.get_running_loop()
        until = loop.time() + LONGEST_WAIT
        for tried in range(MOST_TRIES):
            try:
                return await call()
            except (Unreachable, Throttled, Conflict, Uncertain) as error:
                if isinstance(error, Uncertain) and not again_when_uncertain:
                    raise
                wait = error.after if isinstance(error, Throttled) else 0.3 * 2**tried
                wait += random.uniform(0, 0.1)  # noqa: S311 - so that those refused together don't return together
                if tried == MOST_TRIES - 1 or loop.time() + wait > until:
                    raise
                self._metrics.retried()
                await asyncio.sleep(wait)
        raise AssertionError("the last try returns or raises")


def _broken(error: Exception) -> NotDelivered:
    """What a connection that broke means: before it stood nothing was sent, after that nobody knows."""
    name = type(error).__name__
    before = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL)
    return Unreachable(name) if isinstance(error, before) else Uncertain(name)


def _object(body: bytes) -> Json:
    """The object in an answer. Empty when there is none: what was sent has arrived, whatever is answered to it."""
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}
