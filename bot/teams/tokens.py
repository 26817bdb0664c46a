"""The bot's own token for the connector, renewed ahead of its end while turns go on with the one that is still good."""

import asyncio
import logging
import time
from collections.abc import Callable
from typing import Protocol

from bot.settings import Settings
from bot.teams.entra import Entra, Given, NoToken

__all__ = ["NoToken", "NoTokens", "RenewedTokens", "Tokens", "tokens_for"]

RENEW_BEFORE = 300.0
"""Seconds before its end from which a token is renewed (a token that lives shorter: from half its life)."""

ASK_AGAIN_AFTER = 10.0
"""Seconds after a refusal in which Entra is left alone, and the least that a token is kept."""

WAIT_AT_MOST = 30.0
"""Seconds that a turn waits for a token when there is none."""

log = logging.getLogger(__name__)


class Tokens(Protocol):
    """Gives tokens for the connector."""

    async def token(self) -> str | None:
        """A valid token; None when none is needed. Raises NoToken."""
        ...


class NoTokens:
    """For a bot without an app id, which only speaks to this machine."""

    async def token(self) -> str | None:
        return None


class RenewedTokens:
    """Keeps a token from `ask`, which may block; it runs in a thread, once at a time."""

    def __init__(self, ask: Callable[[], Given], timer: Callable[[], float] = time.monotonic) -> None:
        self._ask, self._timer = ask, timer
        self._token, self._ends, self._ask_at = "", float("-inf"), float("-inf")
        self._refusal = ""
        self._asking: asyncio.Task[None] | None = None

    async def token(self) -> str | None:
        if self._asking is None and self._timer() >= self._ask_at:
            self._asking = asyncio.create_task(self._renew())
        if self._asking is not None and self._timer() >= self._ends:
            # Not `await`ed itself: a turn that gives up must not take the token from those who wait with it.
            await asyncio.wait({self._asking}, timeout=WAIT_AT_MOST)
        if self._timer() >= self._ends:
            raise NoToken(self._refusal or "no answer yet")
        return self._token

    async def _renew(self) -> None:
        asked = self._timer()
        try:
            given = await asyncio.to_thread(self._ask)
        except NoToken as refusal:
            self._refusal = str(refusal)
            self._ask_at = self._timer() + ASK_AGAIN_AFTER
            log.warning("no new token: %s", refusal.code)
        else:
            lasts = max(ASK_AGAIN_AFTER, given.seconds)
            self._token, self._ends = given.token, asked + lasts
            self._ask_at = self._ends - min(RENEW_BEFORE, lasts / 2)
        finally:
            self._asking = None


def tokens_for(settings: Settings) -> Tokens:
    """The token source that fits these settings."""
    return NoTokens() if settings.local_only else RenewedTokens(Entra(settings).ask)
