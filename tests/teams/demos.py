"""Demos that run as `make demo` starts them, in one folder: several people, each with a Playground, on one database."""

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO

NOW = "2026-11-21T10:00:00+01:00"
STOPS_WITHIN = 60
SQLITE = "%Y-%m-%d %H:%M:%S.000000"
"""How SQLAlchemy keeps a moment in SQLite."""


class Demos:
    """The demos of one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._running: list[tuple[subprocess.Popen[str], IO[str]]] = []
        self._addresses: dict[int, str] = {}

    def start(self, *arguments: str) -> int:
        """Start one more, without waiting for it; its number."""
        number = len(self._running)
        log = (self._folder / f"log{number}.txt").open("w")
        environment = {**os.environ, "PORT": str(_free_port()), "BOT_NOW": NOW, "PYTHONUNBUFFERED": "1"}
        environment.pop("DATABASE_URL", None)
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "demo", "--no-browser", *arguments],
            cwd=self._folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        self._running.append((process, log))
        return number

    def address(self, number: int) -> str:
        """The address of its Playground, once that is there."""
        if number not in self._addresses:
            lines = self._running[number][0].stdout
            assert lines is not None
            found = (re.search(r"Playground:\s+(http\S+)", line) for line in lines)
            url = next((match.group(1) for match in found if match), None)
            assert url, (self._folder / f"log{number}.txt").read_text()
            self._addresses[number] = url
        return self._addresses[number]

    def over(self, title: str) -> None:
        """Let a meeting be over since an hour: no test can wait for that."""
        ended = datetime.fromisoformat(NOW) - timedelta(hours=1)
        times = {"starts": ended - timedelta(hours=1), "ends": ended}
        columns = {f"{name}_local": at.replace(tzinfo=None) for name, at in times.items()}
        columns |= {f"{name}_at": at.astimezone(UTC).replace(tzinfo=None) for name, at in times.items()}
        changed = ", ".join(f"{name} = '{at:{SQLITE}}'" for name, at in columns.items())
        with closing(sqlite3.connect(self._folder / ".demo" / "ambassadeursbot.db", timeout=10)) as database:
            done = database.execute(f"UPDATE meetings SET {changed} WHERE title = ?", (title,))
            database.commit()
        assert done.rowcount == 1

    def stop(self) -> None:
        """Press Ctrl-C in all of them; nothing may be left."""
        for number, (process, _) in enumerate(self._running):
            if process.poll() is None:
                self.address(number)  # one that still starts is no demo yet
                process.send_signal(signal.SIGINT)
        for process, log in self._running:
            left = process.wait(timeout=STOPS_WITHIN)
            if process.stdout:
                process.stdout.close()
            log.close()
            assert left == 0
        assert not self._processes(), "Ctrl-C left processes behind"

    def _processes(self) -> list[str]:
        """The processes that still work in the folder."""
        found = []
        for entry in Path("/proc").glob("[0-9]*/cwd"):
            try:
                if entry.resolve().is_relative_to(self._folder):
                    found.append((entry.parent / "cmdline").read_text())
            except OSError:
                continue
        return found


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
