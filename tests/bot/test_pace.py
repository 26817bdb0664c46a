"""How fast the bot writes by itself: under each of Teams' limits, whatever comes when, and paused where asked."""

import asyncio
import random
import time
from bisect import bisect_right

import pytest

from bot.settings import MOST_SENDS_PER_SECOND
from bot.teams.pace import CONVERSATION, MOST_REMEMBERED, Pace, _Bucket
from tests.bot.limits import IN_ONE


def most_within(moments: list[float], seconds: float) -> int:
    """The most moments in any stretch of so many seconds."""
    return max(bisect_right(moments, at + seconds - 1e-9) - number for number, at in enumerate(moments))


def arrivals(pattern: str, count: int) -> list[float]:
    """When somebody wants to write."""
    chance = random.Random(7)
    if pattern == "at once":
        return [0.0] * count
    if pattern == "in bursts":
        return sorted(chance.randrange(count) * 2.0 for _ in range(count))
    return sorted(chance.uniform(0, count / 2) for _ in range(count))


@pytest.mark.parametrize("pattern", ["at once", "in bursts", "anyhow"])
def test_one_conversation_stays_under_all_limits(pattern: str) -> None:
    bucket = _Bucket(CONVERSATION)
    moments = [bucket.take(at) for at in arrivals(pattern, 6000)]
    assert moments == sorted(moments)
    for seconds, most in IN_ONE:
        assert most_within(moments, seconds) <= most


@pytest.mark.parametrize("stall", [0.0, 0.3], ids=["on time", "with an event loop that stands still"])
async def test_everybody_together_stays_under_the_limit(stall: float) -> None:
    pace, left = Pace(MOST_SENDS_PER_SECOND), list[float]()

    async def call() -> None:
        await pace.call()
        left.append(time.monotonic())

    calls = asyncio.gather(*(call() for _ in range(80)))
    await asyncio.sleep(0.3)
    time.sleep(stall)  # noqa: ASYNC251 - that is what is tested
    await calls
    assert most_within(left, 1) <= MOST_SENDS_PER_SECOND


def test_little_is_not_slowed_down() -> None:
    assert _Bucket(CONVERSATION).take(5.0) == 5.0


async def test_a_conversation_that_must_be_left_alone_keeps_no_other_waiting() -> None:
    pace = Pace(50)
    pace.pause("a", 60)
    waiting = asyncio.create_task(pace.message("a"))
    await pace.message("b")
    assert not waiting.done()
    waiting.cancel()


async def test_a_pause_ends() -> None:
    pace, loop = Pace(50), asyncio.get_running_loop()
    begun = loop.time()
    pace.pause("a", 0.2)
    await pace.message("a")
    assert loop.time() - begun >= 0.19


async def test_only_so_many_conversations_are_remembered() -> None:
    pace = Pace(1_000_000)
    for number in range(MOST_REMEMBERED + 10):
        await pace.message(str(number))
    assert len(pace._conversations) == MOST_REMEMBERED
