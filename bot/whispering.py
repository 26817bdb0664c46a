"""What is said to one person, in their personal chat, about something that they did elsewhere."""

import logging
from dataclasses import replace

from bot.clock import Clock
from bot.teams.activities import Incoming
from bot.teams.failures import NotDelivered
from bot.teams.messenger import Messenger
from dialogs.turn import Message
from storage.domain.dialogs import Memory
from storage.services.house import House

log = logging.getLogger(__name__)


class Whispering:
    """Says something in private."""

    def __init__(self, house: House, messenger: Messenger, clock: Clock) -> None:
        self._house, self._messenger, self._clock = house, messenger, clock

    async def whisper(self, incoming: Incoming, message: Message, memory: Memory | None = None) -> bool:
        """Say something in the personal chat, where what the bot asks in it will be answered. False: not delivered."""
        try:
            chat = await self._messenger.whisper(incoming, message)
        except NotDelivered as error:
            log.warning("private answer not delivered: %s", error)
            return False
        await self._house.places.keep(chat)
        if memory is not None and memory.pending:
            now = self._clock.now()
            there = await self._house.visitors.visit(incoming.sender.entra_id, chat.conversation_id)
            kept = replace(there.memory.fresh(now), pending=memory.pending)
            await self._house.visitors.remember(chat.conversation_id, kept, now)
        return True
