"""How late the event loop is: sampled by a task that sleeps and looks at when it is woken."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

SAMPLE_EVERY = 0.25
"""Seconds that the sampler sleeps: short enough to meet most stops of 200 ms, and next to no work."""


@asynccontextmanager
async def sampling_lag(tell: Callable[[float], None]) -> AsyncIterator[None]:
    """While inside, `tell` is called with every sample, in seconds."""
    task = asyncio.create_task(_sample(tell))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _sample(tell: Callable[[float], None]) -> None:
    loop = asyncio.get_running_loop()
    while True:
        due = loop.time() + SAMPLE_EVERY
        await asyncio.sleep(SAMPLE_EVERY)
        tell(max(0.0, loop.time() - due))
