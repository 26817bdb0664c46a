"""The keys with which the Bot Framework signs: fetched without blocking, and never thrown away for nothing.

The SDK's own keeps everybody out for up to a day after a key rotation, and stops the event loop while it fetches.
"""

import asyncio
import json
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import aiohttp
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt import PyJWK
from jwt.exceptions import PyJWTError

from bot.hosts import is_loopback, read_address

FETCH_WITHIN = aiohttp.ClientTimeout(total=5)
REFRESH_AFTER = 24 * 3600.0
"""Seconds after which known keys are fetched again."""

ASK_AGAIN_AFTER = 60.0
"""Seconds between two fetches for keys that nobody knows, or after one that failed: strangers choose those."""

ASK_AGAIN_WITHOUT_KEYS = 5.0
"""The same while no key is known at all, and nobody can come in."""

MOST_BYTES = 512 * 1024
"""The largest document that is read; Microsoft's are under 50 KB."""

LEAST_KEY_BITS = 2048

log = logging.getLogger(__name__)


class KeysUnavailable(Exception):
    """No keys are known yet and they can't be fetched; the message says why."""


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A public key and the channels it may sign for (empty: all)."""

    key: RSAPublicKey
    endorsements: frozenset[str]


class SigningKeys:
    """The signing keys behind one OpenID metadata address."""

    def __init__(
        self, session: aiohttp.ClientSession, metadata_url: str, timer: Callable[[], float] = time.monotonic
    ) -> None:
        self._session, self._url, self._timer = session, metadata_url, timer
        self._keys: Mapping[str, SigningKey] = {}
        self._fetched = self._tried = float("-inf")
        self._fetching: asyncio.Task[None] | None = None

    async def key(self, kid: str) -> SigningKey | None:
        """The key called `kid`; None when there is none, even after asking again.

        Raises KeysUnavailable when not a single key could ever be fetched.
        """
        known = self._keys.get(kid)
        if known is not None:
            if self._timer() - self._fetched >= REFRESH_AFTER:
                self._fetch_beside()  # the turns go on with the keys that we have
            return known
        if fetching := self._fetch_beside():
            await asyncio.wait({fetching})  # who is interrupted here doesn't interrupt the others' fetch
        if not self._keys:
            raise KeysUnavailable(self._url)
        return self._keys.get(kid)

    async def ready(self) -> bool:
        """Whether keys are known, after trying to fetch them when none are."""
        if self._keys:
            return True  # asking for one that nobody has would fetch them every minute
        try:
            await self.key("")
        except KeysUnavailable:
            return False
        return True

    def _fetch_beside(self) -> asyncio.Task[None] | None:
        """The fetch that is under way, or a new one if it is time for that."""
        pause = ASK_AGAIN_AFTER if self._keys else ASK_AGAIN_WITHOUT_KEYS
        if self._fetching is None and self._timer() - self._tried >= pause:
            self._fetching = asyncio.create_task(self._fetch())
        return self._fetching

    async def _fetch(self) -> None:
        """Replace the keys; keep the old ones when that fails."""
        try:
            metadata = await self._json(self._url)
            found = _keys(await self._json(str(metadata.get("jwks_uri", ""))))
            if found:
                self._keys, self._fetched = found, self._timer()
        except (aiohttp.ClientError, OSError, ValueError, RuntimeError) as error:  # RuntimeError: nested too deep
            log.warning("signing keys not fetched: %s", type(error).__name__)
        finally:
            self._tried, self._fetching = self._timer(), None

    async def _json(self, url: str) -> Mapping[str, Any]:
        self._check(url)
        async with self._session.get(url, timeout=FETCH_WITHIN, allow_redirects=False) as response:
            if response.status != HTTPStatus.OK:
                raise ValueError(f"status {response.status}")
            document = json.loads(await _limited(response.content))
        if not isinstance(document, dict):
            raise ValueError("not an object")  # noqa: TRY004 - what came is wrong, not how we call
        return document

    def _check(self, url: str) -> None:
        """Raises ValueError unless nobody on the way can change what is there.

        Plain http is for this machine, and only if the metadata themselves come from it.
        """
        address, first = read_address(url), read_address(self._url)
        if address is None or first is None:
            raise ValueError("not a plain address")
        if address.scheme != "https" and not (is_loopback(address.host) and is_loopback(first.host)):
            raise ValueError("not https")


async def _limited(content: aiohttp.StreamReader) -> bytes:
    """All of a body, whatever length it was said to have. Raises ValueError when that is too much."""
    body = bytearray()
    async for part in content.iter_any():
        body += part
        if len(body) > MOST_BYTES:
            raise ValueError("too large")
    return bytes(body)


def _keys(document: Mapping[str, Any]) -> dict[str, SigningKey]:
    """The RSA keys that sign, by name; the first of a name counts, and a broken entry doesn't hide the others."""
    entries = document.get("keys")
    found: dict[str, SigningKey] = {}
    for entry in entries if isinstance(entries, list) else ():
        if isinstance(entry, dict) and isinstance(entry.get("kid"), str) and (key := _key(entry)):
            found.setdefault(entry["kid"], key)
    return found


def _key(entry: Mapping[str, Any]) -> SigningKey | None:
    signs = entry.get("use", "sig") == "sig" and entry.get("alg", "RS256") == "RS256"
    if entry.get("kty") != "RSA" or not signs:
        return None
    try:
        key = PyJWK(dict(entry), algorithm="RS256").key
    except (PyJWTError, ValueError, TypeError, OverflowError):
        return None
    if not isinstance(key, RSAPublicKey) or key.key_size < LEAST_KEY_BITS:
        return None  # a private key that lies in the open proves nothing
    endorsements = entry.get("endorsements") or []
    if not isinstance(endorsements, list) or not all(isinstance(one, str) for one in endorsements):
        return None  # read as "none", they would let it sign for every channel
    return SigningKey(key, frozenset(endorsements))
