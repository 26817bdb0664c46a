"""Replicas of the bot as processes that can be killed: forked from one that has everything loaded, to start at once.

    python -m tests.bot.replicas DATABASE_URL NOW

It starts a replica for every line that it reads, which says on which port, and answers with its process id; it ends
with its input. All of them have the same time.
"""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import bot.app
import bot.jobs.errands
import bot.jobs.uploads
import bot.outbox
import storage.services.uploads
from bot.observing.logs import keep_log
from bot.settings import Settings
from storage.services.notices import Pace
from tests.bot.forge import ROOT, python
from tests.bot.processes import free_port

A_SECOND = 40.0
LEASE, SENDING = timedelta(seconds=2), timedelta(seconds=6)
"""Much shorter than in production, so that what a killed replica had in hand is soon free or ambiguous."""

ERRANDS_EVERY = 0.5
"""Seconds: so that several look at what is due at the same moment."""

URN_KEY = "0123456789abcdef0123456789abcdef"
"""The key of anonymous polls, which all replicas are given."""

AT_ONCE = 20
"""Notices that each replica takes in hand: few, or what three of them have claimed is all there is."""


@dataclass
class Replicas:
    """Bots on one database, in the order in which they were started; those that were killed are no longer in it."""

    launcher: "subprocess.Popen[str]"
    alive: list[int] = field(default_factory=list)
    ports: list[int] = field(default_factory=list)
    """On which each of them listens, or will in a moment."""

    @property
    def urls(self) -> list[str]:
        """Their addresses."""
        return [f"http://127.0.0.1:{port}" for port in self.ports]

    def start(self) -> None:
        """One more."""
        assert self.launcher.stdin is not None
        assert self.launcher.stdout is not None
        self.ports.append(free_port())
        self.launcher.stdin.write(f"{self.ports[-1]}\n")
        self.launcher.stdin.flush()
        self.alive.append(int(self.launcher.stdout.readline()))

    def kill(self, number: int) -> None:
        """End one in the middle of whatever it does."""
        del self.ports[number]
        os.kill(self.alive.pop(number), signal.SIGKILL)


@contextmanager
def replicas(database_url: str, now: datetime, folder: Path, count: int = 3) -> Iterator[Replicas]:
    """Some bots on a database, sending what is due; what they log lies in `folder`."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", "OMP_NUM_THREADS": "1"}
    with (
        (folder / "replicas.log").open("w") as log,
        subprocess.Popen(
            python("-m", "tests.bot.replicas", database_url, now.isoformat()),
            cwd=folder,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        ) as launcher,
    ):
        found = Replicas(launcher)
        try:
            for _ in range(count):
                found.start()
            yield found
        finally:
            for number in reversed(range(len(found.alive))):
                found.kill(number)
            launcher.kill()


def main(database_url: str, now: str) -> None:
    """Fork a replica for every line of the input."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for them
    settings = Settings(database_url=database_url, log_style="text", urn_key=URN_KEY)
    begins, began = datetime.fromisoformat(now), time.monotonic()
    bot.app._notice_pace = lambda _: Pace(A_SECOND, LEASE, SENDING)
    bot.jobs.errands.EVERY = ERRANDS_EVERY
    bot.jobs.uploads.LOOK_EVERY, storage.services.uploads.LEASE = ERRANDS_EVERY, LEASE
    bot.outbox.MOST_AT_ONCE, bot.outbox.BATCH = AT_ONCE, AT_ONCE // 2
    for port in sys.stdin:
        at = begins + timedelta(seconds=time.monotonic() - began)
        replica = os.fork()
        if replica == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            keep_log("text")
            asyncio.run(_serve(replace(settings, port=int(port), starts_at=at)))
            os._exit(0)
        sys.stdout.write(f"{replica}\n")
        sys.stdout.flush()


async def _serve(settings: Settings) -> None:
    async with bot.app.running(settings):
        await asyncio.Event().wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
