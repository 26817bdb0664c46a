"""Reads who is in the conversations where polls stand: that tells how many may vote, and who did not yet."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Collection

from bot.clock import Clock
from bot.observing.turn_ids import in_turn
from bot.teams.failures import NotDelivered
from bot.teams.messenger import Messenger
from storage.domain.people import Account
from storage.services.house import House

log = logging.getLogger(__name__)

EVERY = 20.0
"""Seconds between two looks for polls in conversations that nobody looked into."""


class PollRosters:
    """Reads rosters, beside other processes that do the same: each poll takes the first that is read."""

    def __init__(self, house: House, messenger: Messenger, clock: Clock) -> None:
        self._house, self._messenger, self._clock = house, messenger, clock

    async def run(self) -> None:
        """Read what is to be read, until cancelled."""
        while True:
            await asyncio.sleep(EVERY)
            with in_turn():
                await self.round()

    async def round(self) -> None:
        """Look into every conversation once; what goes wrong with one is logged, and keeps no other from being read."""
        try:
            polls: defaultdict[str, list[int]] = defaultdict(list)
            for poll_id, conversation_id in await self._house.polls.to_meet(self._clock.now()):
                polls[conversation_id].append(poll_id)
        except Exception:
            log.exception("polls not looked at")
            return
        for conversation_id, poll_ids in polls.items():
            try:
                await self._look_into(conversation_id, poll_ids)
            except Exception:
                log.exception("roster of a poll not kept")

    async def _look_into(self, conversation_id: str, poll_ids: Collection[int]) -> None:
        try:
            accounts = await self._accounts(conversation_id)
        except NotDelivered as error:
            log.warning("roster of a poll not read: %s", error)
            if not error.hopeless:
                return  # the next round tries again
            accounts = []
        for poll_id in poll_ids:
            await self._house.polls.met(poll_id, accounts, self._clock.now())

    async def _accounts(self, conversation_id: str) -> list[Account]:
        """Who is there; nobody where the bot is not any more. Raises NotDelivered."""
        place = await self._house.places.at(conversation_id)
        return [account async for _, account in self._messenger.roster(place)] if place is not None else []
