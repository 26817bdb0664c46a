"""The command line as a real process, in a folder of its own and an environment that holds nothing else.

It is forked from one that has loaded everything, unless a test looks at a start from nothing, once for each verb.
"""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bot.forge import python

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 90
"""Seconds after which a process is given up."""


@dataclass(frozen=True)
class Ended:
    """How a process ended. `said` is what it printed as one line: the terminal's width breaks lines anywhere."""

    status: int
    out: str
    err: str

    @property
    def said(self) -> str:
        """Standard output on one line."""
        return " ".join(self.out.split())


def free_port() -> int:
    """A port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(**variables: object) -> dict[str, str]:
    """The environment of a bot's process: the program's own needs, and these variables."""
    needed = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"}
    return {**needed, "PORT": str(free_port()), **{name: str(value) for name, value in variables.items()}}


def command(*arguments: str, from_nothing: bool = False) -> list[str]:
    """The command that runs a verb."""
    return [sys.executable, "-m", "bot", *arguments] if from_nothing else python("-m", "bot", *arguments)


def run(folder: Path, *arguments: str, typed: str = "", from_nothing: bool = False, **variables: object) -> Ended:
    """Run a verb in a folder until it ends."""
    done = subprocess.run(
        command(*arguments, from_nothing=from_nothing),
        cwd=folder,
        env=environment(**variables),
        input=typed,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=LONGEST,
        check=False,
    )
    return Ended(done.returncode, done.stdout, done.stderr)


@contextmanager
def serving(folder: Path, *, from_nothing: bool = False, **variables: object) -> Iterator[subprocess.Popen[str]]:
    """A `serve` that says it listens; ended afterwards."""
    with subprocess.Popen(
        command("serve", from_nothing=from_nothing),
        cwd=folder,
        env=environment(**variables),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    ) as process:
        try:
            assert process.stdout is not None
            for line in process.stdout:
                if "luistert" in line:
                    break
            else:
                raise AssertionError(f"serve ended with {process.wait()}")
            yield process
        finally:
            process.kill()
