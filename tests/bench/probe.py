"""Looks at a bot from inside its process: lag of its event loop, CPU, memory, tasks, files, and whom it called.

The bot knows nothing of it: `launch` puts it beside the bot's own loop, and it tells on a socket in a file.
"""

import asyncio
import json
import os
import resource
import sys
import threading
import time
from pathlib import Path
from typing import Any

TICK = 0.01
"""Seconds between two looks at the clock."""


class Probe:
    """Watches the event loop it is started in. `path` is the socket on which it tells what it saw."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._lags: list[float] = []
        self._busy: list[float] = []
        self._called: set[str] = set()
        self._due = self._cpu = 0.0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._telling: asyncio.Task[Any] | None = None

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        """Begin, in this loop, which need not run yet."""
        self._loop = loop
        sys.addaudithook(self._heard)
        loop.call_soon(self._begin)

    def _begin(self) -> None:
        assert self._loop is not None
        self._telling = self._loop.create_task(asyncio.start_unix_server(self._tell, self._path))
        self._due, self._cpu = time.perf_counter() + TICK, time.process_time()
        self._loop.call_later(TICK, self._tick)

    def _tick(self) -> None:
        now, cpu = time.perf_counter(), time.process_time()
        lag = max(0.0, now - self._due)
        self._lags.append(lag)
        self._busy.append(min(lag, cpu - self._cpu))
        self._due, self._cpu = now + TICK, cpu
        assert self._loop is not None
        self._loop.call_later(TICK, self._tick)

    def _heard(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Remember where the process connected to, and which names it looked up."""
        if event == "socket.connect" and isinstance(arguments[1], tuple):
            self._called.add(f"{arguments[1][0]}:{arguments[1][1]}")
        elif event == "socket.getaddrinfo":
            self._called.add(f"name {arguments[0]}")

    async def _tell(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readline()
        writer.write(json.dumps(self._look()).encode() + b"\n")
        writer.close()

    def _look(self) -> dict[str, Any]:
        """What was seen since the last look; lags in ms, CPU in seconds, memory in bytes."""
        lags, busy = _spread_out(self._lags), sorted(self._busy)
        self._lags, self._busy = [], []
        return {
            "cpu": time.process_time(),
            "lag_p50": _share(lags, 0.5),
            "lag_p99": _share(lags, 0.99),
            "lag_most": _share(lags, 1),
            "busy_most": _share(busy, 1),
            "rss": _rss(),
            "rss_most": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
            "tasks": len(asyncio.all_tasks()),
            "threads": threading.active_count(),
            "files": len(os.listdir("/proc/self/fd")),  # noqa: PTH208 - counting, on the event loop that is watched
            "called": sorted(self._called),
        }


def _spread_out(lags: list[float]) -> list[float]:
    """Lags as whoever arrives at any moment meets them: a long one also hides the ticks that it swallowed."""
    met = []
    for lag in lags:
        met.append(lag)
        met.extend(lag - TICK * hidden for hidden in range(1, int(lag / TICK) + 1))
    return sorted(met)


def _share(values: list[float], share: float) -> float:
    return round(values[min(len(values) - 1, int(len(values) * share))] * 1000, 2) if values else 0.0


def _rss() -> int:
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * os.sysconf("SC_PAGESIZE")


class ProbedLoops(asyncio.DefaultEventLoopPolicy):
    """Gives event loops that are watched."""

    def __init__(self, probe: Probe) -> None:
        super().__init__()
        self._probe = probe

    def new_event_loop(self) -> asyncio.AbstractEventLoop:
        loop = super().new_event_loop()
        self._probe.start(loop)
        return loop
