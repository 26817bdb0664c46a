"""A few at a time in one go of the event loop: when hundreds come together, everything else gets a turn in between."""

import asyncio
from collections import deque


class Turnstile:
    """Lets `at_once` callers through in each go of the loop, the others in the next ones, in order. Holds nobody up."""

    def __init__(self, at_once: int) -> None:
        self._at_once = at_once
        self._passed = 0
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._turning = False

    async def enter(self) -> None:
        """Go on in this go of the loop, or wait for the next one with room."""
        if self._passed < self._at_once and not self._waiting:
            self._passed += 1
            self._turn_soon()
            return
        place = asyncio.get_running_loop().create_future()
        self._waiting.append(place)
        self._turn_soon()
        await place

    def _turn_soon(self) -> None:
        if not self._turning:
            self._turning = True
            asyncio.get_running_loop().call_soon(self._turn)

    def _turn(self) -> None:
        self._turning, self._passed = False, 0
        while self._waiting and self._passed < self._at_once:
            place = self._waiting.popleft()
            if not place.done():  # who waited may have left
                place.set_result(None)
                self._passed += 1
        if self._passed:
            self._turn_soon()
