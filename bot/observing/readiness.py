"""Whether the bot can take a turn: a few checks, run together, each with a time limit, and remembered for a while."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping

Check = Callable[[], Awaitable[object]]
"""Fails by raising or by returning False."""

CHECK_WITHIN = 2.0
"""Seconds after which a check that gave no answer counts as failed."""

KEEP = 5.0
"""Seconds that an answer is kept: asking more often, which anyone can, makes no more work."""

log = logging.getLogger(__name__)


class Readiness:
    """The checks by their codes."""

    def __init__(
        self,
        checks: Mapping[str, Check],
        within: float = CHECK_WITHIN,
        keep: float = KEEP,
        timer: Callable[[], float] = time.monotonic,
    ) -> None:
        self._checks, self._within, self._keep, self._timer = checks, within, keep, timer
        self._lock = asyncio.Lock()
        self._running: dict[str, asyncio.Task[str]] = {}
        self._failing: dict[str, str] = {}
        self._until: float | None = None

    async def failing(self) -> tuple[str, ...]:
        """The codes of the checks that fail now, or did within the last seconds; empty when the bot is ready."""
        async with self._lock:
            if self._until is None or self._timer() >= self._until:
                found = await self._look()
                self._tell(found)
                self._failing, self._until = found, self._timer() + self._keep
        return tuple(self._failing)

    async def close(self) -> None:
        """End the checks that are still under way."""
        for task in self._running.values():
            task.cancel()
        await asyncio.gather(*self._running.values(), return_exceptions=True)

    async def _look(self) -> dict[str, str]:
        """What fails, and the type of its error."""
        for code, check in self._checks.items():
            # One that hangs is waited for again and never started twice: it may hold a thread.
            if code not in self._running or self._running[code].done():
                self._running[code] = asyncio.create_task(_answer(check))
        if self._running:
            await asyncio.wait(self._running.values(), timeout=self._within)
        answers = {code: task.result() if task.done() else "no answer" for code, task in self._running.items()}
        return {code: answer for code, answer in answers.items() if answer}

    def _tell(self, found: Mapping[str, str]) -> None:
        """Log when something changed."""
        if found and found.keys() != self._failing.keys():
            log.warning("not ready: %s", ", ".join(f"{code} ({why})" for code, why in found.items()))
        elif self._failing and not found:
            log.info("ready again")


async def _answer(check: Check) -> str:
    """Empty when a check succeeds, else why it does not, without the message of an error."""
    try:
        return "refused" if await check() is False else ""
    except Exception as error:  # noqa: BLE001 - a check may fail in any way, and the page must answer
        return type(error).__name__
