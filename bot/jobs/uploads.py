"""Reads the files that people send: claim, download, extract and parse in a process of its own, tell.

Every replica does it. Who goes down while reading lets another try when the lease ends; what was found is committed
with the notice that tells it, so nobody hears it twice.
"""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime
from typing import TypeAlias
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.files.reading import read_safely
from bot.observing.turn_ids import in_turn
from storage.domain.uploads import ReportFound, Unreadable, Upload, found_in
from storage.services.house import House

log = logging.getLogger(__name__)

LOOK_EVERY = 5.0
"""Seconds between two looks for what others left, when nobody wakes it."""

AT_ONCE = 4
"""Files that one bot has in hand: some are being downloaded, two are read at the same time."""

Fetch: TypeAlias = Callable[[str], Awaitable[bytes]]
"""The bytes at an address; raises Unreadable."""


class Uploads:
    """Reads files, beside other processes that do the same."""

    def __init__(self, house: House, clock: Clock, fetch: Fetch) -> None:
        self._house, self._clock, self._fetch = house, clock, fetch
        self._owner = secrets.token_hex(16)
        self._woken = asyncio.Event()
        self._reading: set[asyncio.Task[None]] = set()

    def wake(self) -> None:
        """There may be a file."""
        self._woken.set()

    async def run(self) -> None:
        """Read what there is, until cancelled."""
        try:
            while True:
                await self._round()
                with suppress(TimeoutError):
                    async with asyncio.timeout(LOOK_EVERY):
                        await self._woken.wait()
                self._woken.clear()
        finally:
            for task in self._reading:
                task.cancel()  # somebody else takes it up
            await asyncio.gather(*self._reading, return_exceptions=True)

    async def _round(self) -> None:
        """Begin on as many files as there is room for."""
        try:
            while len(self._reading) < AT_ONCE:
                upload = await self._house.uploads.next(self._owner, self._clock.now())
                if upload is None:
                    return
                task = asyncio.create_task(self._read(upload))
                self._reading.add(task)
                task.add_done_callback(self._done)
        except Exception:
            log.exception("uploads not looked at")

    def _done(self, task: "asyncio.Task[None]") -> None:
        self._reading.discard(task)
        self.wake()  # there is room for the next one

    async def _read(self, upload: Upload) -> None:
        """Read one file; what goes wrong with it but a refusal is logged, and tried again when the lease ends."""
        with in_turn():
            try:
                await self._settle(upload)
            except Exception:
                log.exception("upload not read")

    async def _settle(self, upload: Upload) -> None:
        try:
            found = await self._found(upload)
        except Unreadable as error:
            await self._house.uploads.refused(upload.id, self._owner, error.reason, self._clock.now())
        else:
            await self._house.uploads.read(upload.id, self._owner, found, self._clock.now())

    async def _found(self, upload: Upload) -> ReportFound:
        extracted = await read_safely(upload.name, await self._fetch(upload.url))
        now = await self._local_now()
        minutes = await self._house.uploads.minutes(extracted.text, now)
        return found_in(upload.name, extracted.text, minutes, now, upload.meeting_id)

    async def _local_now(self) -> datetime:
        """In the network's zone: a report says days."""
        network = (await self._house.visitors.visit(None, "")).network
        return self._clock.now().astimezone(ZoneInfo(network.timezone))
