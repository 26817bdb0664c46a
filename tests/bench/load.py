"""Load on a bot: many conversations, each saying the next thing when the last is answered, for some seconds."""

import asyncio
import statistics
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tests.bench.bots import Bot, Look
from tests.bench.people import Person, as_bytes, message
from tests.bench.standins import StandIns
from tests.bench.wire import Line, post

JSON = "application/json; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Round:
    """What a round of load showed. Latencies in ms, from the question to its answer in the connector."""

    turns: int
    seconds: float
    cpu: float
    """Seconds of CPU, user and system, that the bot used."""
    latencies: list[float]
    statuses: Counter[int]
    look: Look

    @property
    def cpu_ms(self) -> float:
        """CPU per turn, in ms."""
        return self.cpu * 1000 / max(1, self.turns)

    @property
    def pace(self) -> float:
        """Turns per second."""
        return self.turns / self.seconds

    @property
    def latency(self) -> float:
        """The median latency in ms."""
        return statistics.median(self.latencies) if self.latencies else 0.0


@dataclass
class Load:
    """People who each talk to one bot in their own chat, over a line of their own."""

    bot: Bot
    standins: StandIns
    people: Sequence[Person]
    texts: Sequence[str]
    token: str
    _lines: list[Line] = field(default_factory=list)
    _latencies: list[float] = field(default_factory=list)
    _statuses: Counter[int] = field(default_factory=Counter)

    async def round(self, seconds: float) -> Round:
        """All talk for so long; the turns that are in progress at the end still count."""
        await self._say_to_all(lambda _: False)  # once each: connections are made, faces recognised
        self._latencies, self._statuses = [], Counter()
        before, begun, posted = await self.bot.look(), time.perf_counter(), self.standins.posts
        end = begun + seconds
        await self._say_to_all(lambda _: time.perf_counter() < end)
        took, after = time.perf_counter() - begun, await self.bot.look()
        return Round(self.standins.posts - posted, took, after.cpu - before.cpu, self._latencies, self._statuses, after)

    async def _say_to_all(self, more: Callable[[int], bool]) -> None:
        self._lines = self._lines or [Line(self.bot.port) for _ in self.people]
        await asyncio.gather(*(self._talk(number, more) for number in range(len(self.people))))

    async def _talk(self, number: int, more: Callable[[int], bool]) -> None:
        # Spread over the connector's delay: people don't all write in the same millisecond and then march in step.
        await asyncio.sleep(self.standins.delay * number / len(self.people))
        said = 0
        while said == 0 or more(said):
            await self._say(number, self.texts[(number + said) % len(self.texts)])
            said += 1

    async def _say(self, number: int, text: str) -> None:
        who = self.people[number]
        activity = message(self.standins.service_url, who, who.chat, text)
        request = post(as_bytes(activity), Content_Type=JSON, Authorization=f"Bearer {self.token}")
        begun = time.perf_counter()
        answer = await self._lines[number].send(request)
        self._statuses[answer.status] += 1
        arrived = self.standins.arrived.get(who.chat.id, 0.0)
        if arrived > begun:
            self._latencies.append((arrived - begun) * 1000)

    def close(self) -> None:
        """Hang up everywhere."""
        for line in self._lines:
            line.close()
