"""Turns of one conversation one after the other, of different ones at the same time, and the same one only once."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

MOST_WAITING = 1_000
"""Turns that may be at work or waiting: more than that and Teams had better send them again later."""


class TooBusy(Exception):
    """There is too much waiting already."""


class Lines:
    """Runs work in the background, in order within a line."""

    def __init__(self) -> None:
        self._last: dict[str, asyncio.Task[None]] = {}
        self._by_key: dict[str, asyncio.Task[None]] = {}
        self._all: set[asyncio.Task[None]] = set()

    def join(self, line: str, keys: Sequence[str], work: Callable[[], Awaitable[None]]) -> asyncio.Task[None]:
        """Let `work` run after all that joined this line before; when one of `keys` is at work already, that one.

        `work` must not raise. Raises TooBusy.
        """
        for key in keys:
            if key in self._by_key:
                return self._by_key[key]
        if len(self._all) >= MOST_WAITING:
            raise TooBusy
        task = asyncio.create_task(self._after(self._last.get(line), work))
        self._last[line] = task
        self._all.add(task)
        self._by_key.update(dict.fromkeys(keys, task))
        task.add_done_callback(lambda done: self._leave(line, keys, done))
        return task

    async def finish(self, within: float) -> None:
        """Wait until all work is done, but no longer than so many seconds."""
        if self._all:
            await asyncio.wait(set(self._all), timeout=within)

    @staticmethod
    async def _after(before: asyncio.Task[None] | None, work: Callable[[], Awaitable[None]]) -> None:
        if before is not None:
            await asyncio.wait({before})
        await work()

    def _leave(self, line: str, keys: Sequence[str], task: asyncio.Task[None]) -> None:
        self._all.discard(task)
        for key in keys:
            del self._by_key[key]
        if self._last.get(line) is task:
            del self._last[line]
