"""Addresses that would let a stranger speak through us to machines that are none of theirs: all are refused."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.files.downloading import MOST_REDIRECTS, download
from bot.files.file_hosts import file_address, is_open
from storage.domain.uploads import Unread, Unreadable

GOOD = "https://waterland-my.sharepoint.com/personal/nele/_layouts/15/download.aspx?UniqueId=1&tempauth=v1.ey~J0"

HOSTILE = [
    "",
    "https://",
    "https:///etc/passwd",
    "file:///etc/passwd",
    "ftp://waterland.sharepoint.com/a",
    "gopher://waterland.sharepoint.com/a",
    "data:text/plain,hallo",
    "javascript:alert(1)",
    "http://waterland.sharepoint.com/a",
    "//waterland.sharepoint.com/a",
    "waterland.sharepoint.com/a",
    "https://evil.example/a",
    "https://sharepoint.com/a",
    "https://sharepoint.com.evil.example/a",
    "https://evilsharepoint.com/a",
    "https://waterland.sharepoint.com.evil.example/a",
    "https://evil.example/.sharepoint.com/a",
    "https://evil.example?waterland.sharepoint.com",
    "https://evil.example#.sharepoint.com",
    "https://evil.example\\.sharepoint.com/a",
    "https://waterland.sharepoint.com\\@evil.example/a",
    "https://waterland.sharepoint.com@evil.example/a",
    "https://user:pass@waterland.sharepoint.com/a",
    "https://user@waterland.sharepoint.com/a",
    "https://waterland.sharepoint.com:443@evil.example/a",
    "https://waterland.sharepoint.com:80/a",
    "https://waterland.sharepoint.com:8443/a",
    "https://waterland.sharepoint.com:0/a",
    "https://waterland.sharepoint.com:99999/a",
    "https://waterland.sharepoint.com:4 43/a",
    "https://waterland.sharepoint.com./a",
    "https://.sharepoint.com/a",
    "https://-a.sharepoint.com/a",
    "https://a..sharepoint.com/a",
    "https://a_b.sharepoint.com/a",
    "https://xn--waterlnd-9za.sharepoint.com/a",
    "https://wåterland.sharepoint.com/a",
    "https://waterland。sharepoint。com/a",
    "https://waterland.ſharepoint.com/a",
    "https://waterland.sharepoint.com/a b",
    "https://waterland.sharepoint.com/a\r\nHost: evil.example",
    "https://waterland.sharepoint.com/a\x00",
    "https://waterland%2esharepoint.com/a",
    "https://evil.example%00.sharepoint.com/a",
    "https://evil.example%2f.sharepoint.com/a",
    " https://waterland.sharepoint.com/a",
    "https://waterland.sharepoint.com/a#deel",
    "https://graph.microsoft.com.evil.example/v1.0",
    "https://beta.graph.microsoft.com/v1.0",
    "https://localhost/a",
    "http://localhost:3978/api/messages",
    "https://127.0.0.1/a",
    "https://127.1/a",
    "https://2130706433/a",
    "https://0x7f000001/a",
    "https://0177.0.0.1/a",
    "https://10.0.0.5/a",
    "https://192.168.1.1/a",
    "https://172.16.0.1/a",
    "https://100.64.0.1/a",
    "https://169.254.169.254/latest/meta-data/",
    "https://168.63.129.16/machine",
    "https://0.0.0.0/a",
    "https://[::1]/a",
    "https://[::]/a",
    "https://[::ffff:127.0.0.1]/a",
    "https://[::ffff:7f00:1]/a",
    "https://[fe80::1]/a",
    "https://[fd00::1]/a",
    "https://[64:ff9b::7f00:1]/a",
    "https://93.184.215.14/a",
    "https://metadata.google.internal/computeMetadata/v1/",
    "https://waterland.sharepoint.com/" + "a" * 9_000,
]

ANYWHERE_ELSE = [
    *(
        "127.0.0.1",
        "127.9.9.9",
        "0.0.0.0",
        "10.1.2.3",
        "172.31.255.255",
        "192.168.0.1",
        "169.254.169.254",
        "100.64.0.1",
    ),
    *(
        "192.0.2.1",
        "198.18.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "240.0.0.1",
        "::1",
        "::",
        "fe80::1",
        "fd12::1",
        "ff02::1",
    ),
    *("::ffff:10.0.0.1", "::ffff:8.8.8.8", "2002:7f00:1::", "2001:0:53aa:64c:0:1:f5ff:fffe", "64:ff9b::a00:1"),
    *("fec0::1", "::7f00:1", "fe80::1%eth0", "2001:db8::1", "168.63.129.16", "nonsense", ""),
]


@dataclass
class StubResolver(AbstractResolver):
    """Names that lead where the test says, and how often each was asked for."""

    leads: list[list[str]]
    asked: list[str] = field(default_factory=list)

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        found = self.leads[min(len(self.asked), len(self.leads) - 1)]
        self.asked.append(host)
        return [ResolveResult(hostname=host, host=one, port=port, family=family, proto=0, flags=0) for one in found]

    async def close(self) -> None:
        """Nothing is open."""


async def refusal(url: str, **options: object) -> Unread:
    """Why this address gives nothing."""
    with pytest.raises(Unreadable) as refused:
        await download(url, **options)  # type: ignore[arg-type]
    return refused.value.reason


@pytest.mark.parametrize("url", HOSTILE)
async def test_a_hostile_address_is_never_even_looked_up(url: str) -> None:
    names = StubResolver([["10.255.255.1"]])
    assert await refusal(url, resolver=names) is Unread.WRONG_PLACE
    assert names.asked == []


@pytest.mark.parametrize("url", [GOOD, "HTTPS://Graph.Microsoft.com:443/v1.0/shares/u!aHR0/driveItem/content?a=@b"])
def test_where_teams_keeps_files_is_fine(url: str) -> None:
    assert file_address(url) is not None


def test_the_settings_may_narrow_the_hosts_to_ones_own() -> None:
    own = {"waterland-my.sharepoint.com"}
    assert file_address(GOOD, own) is not None
    assert file_address("https://kust-my.sharepoint.com/a", own) is None


@pytest.mark.parametrize("address", ANYWHERE_ELSE)
def test_an_address_off_the_open_internet_is_known(address: str) -> None:
    assert not is_open(address)


@pytest.mark.parametrize("address", ["13.107.136.10", "2620:1ec:8f8::10"])
def test_an_address_on_the_open_internet_is_known(address: str) -> None:
    assert is_open(address)


@pytest.mark.parametrize(
    "leads",
    [["127.0.0.1"], ["10.0.0.1"], ["169.254.169.254"], ["::1"], ["::ffff:127.0.0.1"], ["13.107.136.10", "10.0.0.1"]],
    ids=" and ".join,
)
async def test_a_good_name_that_leads_to_a_private_machine_is_refused(leads: list[str]) -> None:
    assert await refusal(GOOD, resolver=StubResolver([leads])) is Unread.WRONG_PLACE


@dataclass
class Place:
    """A web server on this machine, and what it was asked."""

    url: str = ""
    asked: list[web.Request] = field(default_factory=list)


Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def place(answer: Answer) -> AsyncIterator[Place]:
    """A server that answers everything so."""
    made = Place()

    async def noted(request: web.Request) -> web.StreamResponse:
        made.asked.append(request)
        return await answer(request)

    application = web.Application()
    application.router.add_route("*", "/{path:.*}", noted)
    runner = web.AppRunner(application, shutdown_timeout=0.2)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    made.url = f"http://localhost:{runner.addresses[0][1]}"
    try:
        yield made
    finally:
        await runner.cleanup()


def redirect(where: str) -> Answer:
    async def answer(request: web.Request) -> web.StreamResponse:
        return web.Response(status=302, headers={"Location": where})

    return answer


def body(content: bytes, status: int = 200, **headers: str) -> Answer:
    async def answer(request: web.Request) -> web.StreamResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return web.Response(body=content, status=status, headers=named)

    return answer


@pytest.mark.parametrize(
    "where",
    [
        "https://10.0.0.1/a",
        "http://10.0.0.1/a",
        "http://169.254.169.254/latest/meta-data/",
        "https://[fd00::1]/a",
        "https://evil.example/a",
        "//evil.example/a",
        "https://waterland.sharepoint.com@evil.example/a",
        "\\\\evil.example\\a",
        "http://waterland.sharepoint.com/a",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "https://[::1",
        "",
    ],
)
async def test_a_redirect_to_elsewhere_is_not_followed(where: str) -> None:
    names = StubResolver([["127.0.0.1"]])
    async with place(redirect(where)) as start:
        assert await refusal(start.url, loopback=True, resolver=names) is Unread.WRONG_PLACE
    assert names.asked == ["localhost"]


async def test_a_redirect_to_a_good_name_on_a_private_machine_is_not_followed() -> None:
    names = StubResolver([["127.0.0.1"], ["10.0.0.1"]])
    async with place(redirect(GOOD)) as start:
        assert await refusal(start.url, loopback=True, resolver=names) is Unread.WRONG_PLACE
    assert names.asked == ["localhost", "waterland-my.sharepoint.com"]


async def test_redirects_end_somewhere() -> None:
    async with place(redirect("/weer")) as round_and_round:
        assert await refusal(round_and_round.url, loopback=True) is Unread.WRONG_PLACE
    assert len(round_and_round.asked) == MOST_REDIRECTS + 1


async def test_a_file_is_fetched_without_anything_of_ours() -> None:
    async with place(body(b"verslag")) as there, place(redirect(f"{there.url}/a%2fb?c=%20d")) as start:
        assert await download(start.url, loopback=True) == b"verslag"
    sent = there.asked[0]
    assert sent.raw_path == "/a%2fb?c=%20d"
    assert not {"Authorization", "Cookie", "Proxy-Authorization", "Referer"} & set(sent.headers)


async def test_a_name_is_looked_up_once_and_what_was_checked_is_what_is_called() -> None:
    names = StubResolver([["127.0.0.1"], ["10.0.0.1"]])
    async with place(body(b"verslag")) as there:
        assert await download(there.url, loopback=True, resolver=names) == b"verslag"
    assert names.asked == ["localhost"]


async def test_this_machine_is_only_for_who_says_so() -> None:
    async with place(body(b"verslag")) as there:
        assert await refusal(there.url) is Unread.WRONG_PLACE
    assert there.asked == []


async def test_a_file_that_says_it_is_too_big_is_not_read() -> None:
    async with place(body(b"x" * 2_000)) as there:
        assert await refusal(there.url, loopback=True, most_bytes=1_000) is Unread.TOO_BIG


async def test_a_file_that_does_not_say_how_big_it_is_is_counted() -> None:
    sent = 0

    async def endless(request: web.Request) -> web.StreamResponse:
        nonlocal sent
        answer = web.StreamResponse()
        await answer.prepare(request)
        for _ in range(10_000):
            await answer.write(b"x" * 10_000)
            sent += 10_000
        return answer

    async with place(endless) as there:
        assert await refusal(there.url, loopback=True, most_bytes=1_000_000) is Unread.TOO_BIG
    assert sent < 50_000_000


async def test_what_was_packed_on_the_way_is_not_unpacked() -> None:
    async with place(body(b"\x1f\x8b bomb", Content_Encoding="gzip")) as there:
        assert await refusal(there.url, loopback=True) is Unread.NOT_FETCHED


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (401, Unread.LINK_DEAD),
        (404, Unread.LINK_DEAD),
        (410, Unread.LINK_DEAD),
        (500, Unread.NOT_FETCHED),
        (206, Unread.NOT_FETCHED),
    ],
)
async def test_a_link_that_does_not_work_says_so(status: int, reason: Unread) -> None:
    async with place(body(b"oei", status)) as there:
        assert await refusal(there.url, loopback=True) is reason


async def test_an_empty_answer_is_an_empty_file() -> None:
    async with place(body(b"")) as there:
        assert await refusal(there.url, loopback=True) is Unread.EMPTY


async def test_a_server_that_dawdles_is_left() -> None:
    async def dawdle(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse()
        await answer.prepare(request)
        for _ in range(600):
            await answer.write(b".")
            await asyncio.sleep(0.05)
        return answer

    async with place(dawdle) as there:
        assert await refusal(there.url, loopback=True, most_seconds=0.3) is Unread.NOT_FETCHED
