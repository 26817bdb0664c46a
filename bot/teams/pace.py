"""How fast this process writes to Teams by itself: under the limits of each conversation and of the whole.

Answers don't wait for this: people ask at their own pace. They only obey when Teams says "too many".

Each limit is a generic cell rate algorithm (a leaky bucket that keeps one moment): `burst` calls at once and then one
every `every` seconds never make more than burst + T / every calls in any T seconds.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limit:
    """So many calls at once, and then one every so many seconds."""

    burst: int
    every: float


# Teams allows 7 messages a second in one conversation, 8 in two, 60 in thirty seconds and 1,800 an hour. With these
# two limits together there are at most 6 in one second, 8 in two, 50 in thirty seconds and 1,776 in an hour.
CONVERSATION = (Limit(5, 1 / 1.5), Limit(300, 1 / 0.41))

SHARE = 0.9
"""Of what Teams allows for everybody: what leaves evenly arrives in bunches, up to a tenth of a second apart."""

MOST_REMEMBERED = 5_000
"""Conversations of which is remembered when they were last written to."""


class Pace:
    """Lets calls through in time. `a_second`: how many Teams allows for everybody together."""

    def __init__(self, a_second: float, timer: Callable[[], float] = time.monotonic) -> None:
        self._timer = timer
        self._every, self._next = 1 / (SHARE * a_second), 0.0
        self._gate = asyncio.Lock()
        self._conversations: OrderedDict[str, _Bucket] = OrderedDict()
        self._paused: dict[str, float] = {}

    async def message(self, conversation_id: str) -> None:
        """Wait until something may be posted (or updated) in this conversation; the call itself waits for `call`."""
        bucket = self._conversations.pop(conversation_id, None) or _Bucket(CONVERSATION)
        self._conversations[conversation_id] = bucket
        while len(self._conversations) > MOST_REMEMBERED:
            self._conversations.popitem(last=False)
        await self._until(bucket.take(self._timer()))
        await self.unpaused(conversation_id)

    async def unpaused(self, conversation_id: str) -> None:
        """Wait until this conversation needs no longer be left alone."""
        if conversation_id in self._paused:
            await self._until(self._paused[conversation_id])

    def left(self, conversation_id: str) -> float:
        """Seconds for which this conversation must still be left alone; 0 when it needs not."""
        return max(0.0, self._paused.get(conversation_id, 0.0) - self._timer())

    async def call(self) -> None:
        """Wait until any call may be made: one by one, and when they really leave counts.

        Who was woken too late catches up by one call only, so that a busy machine makes no bunches.
        """
        async with self._gate:
            await self._until(self._next)
            self._next = max(self._next, self._timer() - self._every) + self._every

    def pause(self, conversation_id: str, seconds: float) -> None:
        """Teams asked to leave this conversation alone."""
        now = self._timer()
        self._paused = {key: until for key, until in self._paused.items() if until > now}
        self._paused[conversation_id] = now + seconds

    async def _until(self, moment: float) -> None:
        wait = moment - self._timer()
        if wait > 0:
            await asyncio.sleep(wait)


class _Bucket:
    """Some limits that all hold, and for each the moment at which it would be empty again."""

    __slots__ = ("_empty_at", "_limits")

    def __init__(self, limits: Sequence[Limit]) -> None:
        self._limits = limits
        self._empty_at = [0.0] * len(limits)

    def take(self, now: float) -> float:
        """Take a place; the moment from which it holds."""
        moment = now
        for limit, empty_at in zip(self._limits, self._empty_at, strict=True):
            moment = max(moment, empty_at - (limit.burst - 1) * limit.every)
        self._empty_at = [
            max(empty_at, moment) + limit.every for limit, empty_at in zip(self._limits, self._empty_at, strict=True)
        ]
        return moment
