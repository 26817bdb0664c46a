"""HTTP as bytes on loopback: connections that send anything at all, and a server that costs next to nothing.

A client and server library would cost more than the bots that are measured, and would refuse to send what is wrong.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from ssl import SSLContext

HOST = "127.0.0.1"
BACKLOG = 2048
END = b"\r\n\r\n"
LONGEST_WAIT = 60.0
"""Seconds after which an answer is given up."""

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_CLOSES = re.compile(rb"\r\nconnection: *close", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a bot answered: its status, and whether it hangs up."""

    status: int
    closes: bool


@dataclass(frozen=True, slots=True)
class Call:
    """A request to our server; `head` is its first line and headers."""

    method: str
    path: str
    head: bytes
    body: bytes


@dataclass(frozen=True, slots=True)
class Response:
    """What our server answers, after `delay` seconds."""

    status: int = 200
    body: bytes = b"{}"
    delay: float = 0.0


class Line:
    """A keep-alive connection to a bot, made again when the bot hung up; one request at a time."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._transport: asyncio.Transport | None = None
        self._answers = _Answers()

    async def send(self, request: bytes) -> Answer:
        """The answer to a request. Raises ConnectionError when the bot hangs up instead, TimeoutError on silence."""
        if self._transport is None or self._transport.is_closing():
            loop = asyncio.get_running_loop()
            self._transport, self._answers = await loop.create_connection(_Answers, HOST, self._port)
        waiting = self._answers.expect()
        self._transport.write(request)
        async with asyncio.timeout(LONGEST_WAIT):
            answer = await waiting
        if answer.closes:
            self.close()
        return answer

    def close(self) -> None:
        """Hang up."""
        if self._transport is not None:
            self._transport.close()
            self._transport = None


class _Answers(asyncio.Protocol):
    """Finds answers in what a bot sends."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._waiting: asyncio.Future[Answer] | None = None

    def expect(self) -> asyncio.Future[Answer]:
        self._waiting = asyncio.get_running_loop().create_future()
        return self._waiting

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        taken = _whole(self._buffer)
        if taken is None or self._waiting is None or self._waiting.done():
            return
        head, _ = taken
        self._waiting.set_result(Answer(int(head[9:12]), _CLOSES.search(head) is not None))

    def connection_lost(self, exc: Exception | None) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(ConnectionError(str(exc or "hung up")))


class _Calls(asyncio.Protocol):
    """Hands requests to a handler and writes its responses."""

    def __init__(self, handle: Callable[[Call], Response]) -> None:
        self._handle = handle
        self._buffer = bytearray()
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (taken := _whole(self._buffer)) is not None:
            head, body = taken
            method, path, _ = head.split(b"\r\n", 1)[0].decode("latin-1").split(" ", 2)
            response = self._handle(Call(method, path, head, body))
            if response.delay:
                asyncio.get_running_loop().call_later(response.delay, self._write, response)
            else:
                self._write(response)

    def _write(self, response: Response) -> None:
        head = f"HTTP/1.1 {response.status} .\r\nContent-Type: application/json\r\nContent-Length: {len(response.body)}"
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(head.encode() + END + response.body)


def _whole(buffer: bytearray) -> tuple[bytes, bytes] | None:
    """Takes a whole message's head and body out of a buffer; None when it is not all there yet."""
    end = buffer.find(END)
    if end < 0:
        return None
    head = bytes(buffer[: end + 2])
    found = _LENGTH.search(head)
    until = end + len(END) + (int(found[1]) if found else 0)
    if len(buffer) < until:
        return None
    body = bytes(buffer[end + len(END) : until])
    del buffer[:until]
    return head, body


@asynccontextmanager
async def listening(handle: Callable[[Call], Response], tls: SSLContext | None = None) -> AsyncIterator[int]:
    """A server on a free loopback port; gives the port."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Calls(handle), HOST, 0, ssl=tls, backlog=BACKLOG)
    try:
        yield int(server.sockets[0].getsockname()[1])
    finally:
        server.close()


def post(body: bytes, **headers: str) -> bytes:
    """A request to the bot's endpoint, with a Content-Length and these headers (underscores are dashes)."""
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    head = ["POST /api/messages HTTP/1.1", f"Host: {HOST}", *lines, f"Content-Length: {len(body)}"]
    return "\r\n".join(head).encode() + END + body
