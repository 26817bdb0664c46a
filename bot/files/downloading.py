"""Fetches a file that somebody sent in Teams, and puts one where Teams wants it: at known hosts, at checked addresses.

A link opens by itself for some minutes (it carries its own token), so nothing of ours goes along: no token, no cookies,
no proxy settings. A name is looked up once, and the connection is made to what was found and checked: a name that leads
elsewhere a moment later gains nothing.
"""

import asyncio
import logging
import socket
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from http import HTTPStatus
from urllib.parse import urljoin

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from bot.files.file_hosts import FILE_HOSTS, FileAddress, file_address, is_open
from bot.files.kinds import MOST_BYTES
from bot.hosts import is_loopback
from storage.domain.uploads import Unread, Unreadable

MOST_SECONDS = 30.0
MOST_REDIRECTS = 5
_PIECE = 1 << 16
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_TAKEN = frozenset({200, 201, 202})
_DEAD = frozenset({401, 403, 404, 410})
_HEADERS = {"Accept-Encoding": "identity", "Accept": "*/*", "User-Agent": "ambassadeursbot"}
_log = logging.getLogger(__name__)


class ForbiddenAddress(OSError):
    """A name leads to a machine that is not on the open internet."""


class CheckedResolver(AbstractResolver):
    """Looks a name up, and refuses it as soon as one of its addresses is not on the open internet."""

    def __init__(self, inner: AbstractResolver, *, loopback: bool = False) -> None:
        self.inner, self.loopback = inner, loopback

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """The addresses of a host, all checked.

        :raises ForbiddenAddress: when one may not be spoken to.
        """
        found = await self.inner.resolve(host, port, family)
        here = self.loopback and is_loopback(host)
        for one in found:
            if not (is_loopback(one["host"]) if here else is_open(one["host"])):
                raise ForbiddenAddress(host)
        return found

    async def close(self) -> None:
        """Let go of the resolver within."""
        await self.inner.close()


async def download(
    url: str,
    hosts: Iterable[str] = FILE_HOSTS,
    *,
    most_bytes: int = MOST_BYTES,
    most_seconds: float = MOST_SECONDS,
    resolver: AbstractResolver | None = None,
    loopback: bool = False,
) -> bytes:
    """The bytes of a file.

    :param hosts: HOST or *.DOMAIN; what the settings allow.
    :param resolver: instead of the system's, for tests.
    :param loopback: let this machine through as well, for tests and the playground.
    :raises Unreadable: with WRONG_PLACE, LINK_DEAD, NOT_FETCHED, TOO_BIG or EMPTY.
    """
    async with _checked(most_seconds, resolver, loopback) as session:
        return await _follow(session, url, tuple(hosts), most_bytes, loopback)


async def put(
    url: str,
    data: bytes,
    hosts: Iterable[str] = FILE_HOSTS,
    *,
    most_seconds: float = MOST_SECONDS,
    resolver: AbstractResolver | None = None,
    loopback: bool = False,
) -> None:
    """Put a file of ours where Teams wants it: at an address that is checked likewise, and nowhere it leads on to.

    :raises Unreadable: with WRONG_PLACE, LINK_DEAD or NOT_FETCHED.
    """
    async with _checked(most_seconds, resolver, loopback) as session:
        address = file_address(url, tuple(hosts), loopback=loopback)
        if address is None:
            raise Unreadable(Unread.WRONG_PLACE)
        headers = {
            "Content-Type": "application/octet-stream",
            "Content-Range": f"bytes 0-{len(data) - 1}/{len(data)}",
        }
        target = URL(address.url, encoded=True)
        async with session.put(target, data=data, headers=headers, allow_redirects=False) as answer:
            if answer.status not in _TAKEN:
                raise Unreadable(Unread.LINK_DEAD if answer.status in _DEAD else Unread.NOT_FETCHED)


@asynccontextmanager
async def _checked(
    most_seconds: float, resolver: AbstractResolver | None, loopback: bool
) -> AsyncIterator[aiohttp.ClientSession]:
    """A session that connects to checked addresses only, and takes nothing of ours along; its errors as Unreadable."""
    checked = CheckedResolver(resolver or aiohttp.ThreadedResolver(), loopback=loopback)
    connector = aiohttp.TCPConnector(resolver=checked, use_dns_cache=False, force_close=True, limit=2)
    try:
        async with (
            asyncio.timeout(most_seconds),
            aiohttp.ClientSession(
                connector=connector,
                headers=_HEADERS,
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
                trust_env=False,
            ) as session,
        ):
            yield session
    except ForbiddenAddress as forbidden:
        raise Unreadable(Unread.WRONG_PLACE) from forbidden
    except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as failed:
        if isinstance(failed, aiohttp.ClientConnectorError) and isinstance(failed.os_error, ForbiddenAddress):
            raise Unreadable(Unread.WRONG_PLACE) from failed
        _log.warning("a file was not moved: %s", type(failed).__name__)  # its address opens it: not in the log
        raise Unreadable(Unread.NOT_FETCHED) from failed


async def _follow(
    session: aiohttp.ClientSession, url: str, hosts: tuple[str, ...], most_bytes: int, loopback: bool
) -> bytes:
    """Go from address to address, each checked like the first."""
    for _ in range(MOST_REDIRECTS + 1):
        address = file_address(url, hosts, loopback=loopback)
        if address is None:
            raise Unreadable(Unread.WRONG_PLACE)
        async with session.get(URL(address.url, encoded=True), allow_redirects=False) as answer:
            if answer.status not in _REDIRECTS:
                return await _body(answer, most_bytes)
            url = _onward(address, answer.headers.get("Location", ""))
    raise Unreadable(Unread.WRONG_PLACE)


def _onward(address: FileAddress, location: str) -> str:
    """Where a redirect leads; an address without its scheme or host stays where we are."""
    try:
        return urljoin(address.url, location) if location else ""
    except ValueError:
        return ""


async def _body(answer: aiohttp.ClientResponse, most_bytes: int) -> bytes:
    if answer.status in _DEAD:
        raise Unreadable(Unread.LINK_DEAD)
    if answer.status != HTTPStatus.OK:
        raise Unreadable(Unread.NOT_FETCHED)
    if answer.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise Unreadable(Unread.NOT_FETCHED)  # we asked for none: it may unpack to anything
    if (answer.content_length or 0) > most_bytes:
        raise Unreadable(Unread.TOO_BIG)
    body = bytearray()
    async for piece in answer.content.iter_chunked(_PIECE):
        body += piece
        if len(body) > most_bytes:
            raise Unreadable(Unread.TOO_BIG)
    if not body:
        raise Unreadable(Unread.EMPTY)
    return bytes(body)
