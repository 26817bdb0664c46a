"""The keys with which the Bot Framework signs: fetched without blocking, and never thrown away for nothing.

The SDK's own keeps everybody out for up to a day after a key rotation, and stops the event loop while it fetches.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from jwt import PyJWK
from jwt.exceptions import PyJWTError

from bot.settings import is_loopback

FETCH_WITHIN = aiohttp.ClientTimeout(total=5)
REFRESH_AFTER = 24 * 3600.0
"""Seconds after which known keys are fetched again."""

ASK_AGAIN_AFTER = 60.0
"""Seconds between two fetches for keys that nobody knows, or after one that failed: strangers choose those."""

MOST_BYTES = 512 * 1024


log = logging.getLogger(__name__)


class KeysUnavailable(Exception):
    """No keys are known yet and they can't be fetched; the message says why."""


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A public key and the channels it may sign for (empty: all)."""

    key: Any
    endorsements: frozenset[str]


class SigningKeys:
    """The signing keys behind one OpenID metadata address."""

    def __init__(
        self, session: aiohttp.ClientSession, metadata_url: str, timer: Callable[[], float] = time.monotonic
    ) -> None:
        self._session, self._url, self._timer = session, metadata_url, timer
        self._keys: Mapping[str, SigningKey] = {}
        self._fetched = -REFRESH_AFTER
        self._tried = -ASK_AGAIN_AFTER
        self._lock = asyncio.Lock()
        self._refreshing: asyncio.Task[None] | None = None

    async def key(self, kid: str) -> SigningKey | None:
        """The key called `kid`; None when there is none, even after asking again.

        Raises KeysUnavailable when not a single key could ever be fetched.
        """
        if kid in self._keys:
            self._refresh_when_old()
            return self._keys[kid]
        async with self._lock:
            if kid not in self._keys and self._timer() - self._tried >= ASK_AGAIN_AFTER:
                await self._fetch()
        if not self._keys:
            raise KeysUnavailable(self._url)
        return self._keys.get(kid)

    async def ready(self) -> bool:
        """Whether keys are known, after trying to fetch them."""
        try:
            await self.key("")
        except KeysUnavailable:
            return False
        return True

    def _refresh_when_old(self) -> None:
        """Fetch old keys again beside the turns, which go on with those we have."""
        now = self._timer()
        old = now - self._fetched >= REFRESH_AFTER and now - self._tried >= ASK_AGAIN_AFTER
        if old and (self._refreshing is None or self._refreshing.done()):
            self._refreshing = asyncio.create_task(self._refresh())

    async def _refresh(self) -> None:
        async with self._lock:
            await self._fetch()

    async def _fetch(self) -> None:
        """Replace the keys; keep the old ones when that fails."""
        self._tried = self._timer()
        try:
            metadata = await self._json(self._url)
            found = _keys(await self._json(str(metadata.get("jwks_uri", ""))))
        except (aiohttp.ClientError, TimeoutError, ValueError, TypeError) as error:
            log.warning("signing keys not fetched: %s", type(error).__name__)
            return
        if found:
            self._keys, self._fetched = found, self._timer()

    async def _json(self, url: str) -> Mapping[str, Any]:
        parts = urlsplit(url)
        if parts.scheme != "https" and not is_loopback(parts.hostname or ""):
            raise ValueError(f"not https: {url}")
        async with self._session.get(url, timeout=FETCH_WITHIN, allow_redirects=False) as response:
            response.raise_for_status()
            if (response.content_length or 0) > MOST_BYTES:
                raise ValueError("too large")
            document = await response.json(content_type=None)
        if not isinstance(document, dict):
            raise ValueError("not an object")  # noqa: TRY004 - what came is wrong, not how we call
        return document


def _keys(document: Mapping[str, Any]) -> dict[str, SigningKey]:
    found: dict[str, SigningKey] = {}
    for entry in document.get("keys") or ():
        if not isinstance(entry, dict) or entry.get("kty") != "RSA" or not isinstance(entry.get("kid"), str):
            continue
        try:
            key = PyJWK(entry, algorithm="RS256").key
        except (PyJWTError, ValueError):
            continue  # one broken entry must not hide the others
        endorsements = entry.get("endorsements")
        named = frozenset(endorsements) if isinstance(endorsements, list) else frozenset()
        found[entry["kid"]] = SigningKey(key, named)
    return found
