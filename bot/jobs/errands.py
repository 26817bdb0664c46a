"""The timed errands: free seats that go by, and what is due about the meetings to come.

Every replica does them; what they change and plan is done once, whoever is first.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime

from bot.clock import Clock
from storage.services.house import House

log = logging.getLogger(__name__)

EVERY = 30.0
"""Seconds between two rounds. The first one comes after a pause as well: who starts a bot sees it answer first."""


class Errands:
    """Does what is due, beside other processes that do the same."""

    def __init__(self, house: House, clock: Clock) -> None:
        self._clock = clock
        self._errands: tuple[Callable[[datetime], Awaitable[int]], ...] = (
            house.registrations.sweep,
            house.invitations.plan_due,
            house.carrying.plan_due,
            house.agendas.plan_due,
            house.actions.plan_due,
            house.approvals.plan_due,
            house.summaries.plan_due,
            house.polls.plan_due,
        )

    async def run(self) -> None:
        """Do what is due, until cancelled."""
        while True:
            await asyncio.sleep(EVERY)
            await self.round()

    async def round(self) -> None:
        """Do every errand once; what goes wrong with one is logged, and keeps no other from being done."""
        for errand in self._errands:
            try:
                await errand(self._clock.now())
            except Exception:
                log.exception("errand not done")
