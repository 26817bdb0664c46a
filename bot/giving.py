"""Gives the report as a file through Teams: asks whether somebody wants it, and puts it where Teams says."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any

from bot.clock import Clock
from bot.files.report_document import report_document
from bot.observing.turn_ids import in_turn
from bot.teams.activities import Consent, Incoming
from bot.teams.failures import NotDelivered
from bot.teams.messenger import Messenger
from dialogs.texts import files as texts
from dialogs.texts.refusals import sentence
from dialogs.turn import FileGiven, FileOffer, Message
from storage.domain.activities import Standing, knock
from storage.domain.people import Viewer
from storage.domain.refusals import NoReport
from storage.domain.uploads import Unreadable
from storage.services.house import House

log = logging.getLogger(__name__)

Put = Callable[[str, bytes], Awaitable[None]]
"""Puts bytes at an address that was checked; raises Unreadable when that can't be done."""


class Giving:
    """Offers reports as files, and gives them to who said yes. What is given is made then, for who may see it then."""

    def __init__(self, house: House, messenger: Messenger, clock: Clock, put: Put) -> None:
        self._house, self._messenger, self._clock, self._put = house, messenger, clock, put
        self._giving: set[asyncio.Task[None]] = set()

    async def sized(self, message: Message, viewer: Viewer) -> Message:
        """The message, a file that it offers with its size; without the file where this viewer may not have it."""
        if not isinstance(message.file, FileOffer):
            return message
        made = await self._made(message.file.meeting_id, viewer)
        return replace(message, file=replace(message.file, size=len(made)) if made else None)

    async def answer(self, incoming: Incoming, consent: Consent) -> Mapping[str, Any]:
        """Take a yes or no at once; the file itself follows, for Teams waits some seconds only."""
        came = knock(incoming.conversation_id, incoming.id, incoming.sender.id, "")
        if await self._house.activities.claim(came, self._clock.now()) is Standing.NEW:
            task = asyncio.create_task(self._give(incoming, consent))
            self._giving.add(task)
            task.add_done_callback(self._giving.discard)
            await self._house.activities.finish(came, incoming.conversation_id, None, self._clock.now())
        return {}

    async def finish(self, within: float) -> None:
        """Let what is being given arrive, for so many seconds."""
        if self._giving:
            await asyncio.wait(set(self._giving), timeout=within)

    async def _give(self, incoming: Incoming, consent: Consent) -> None:
        with in_turn() as reference:
            try:
                message = await self._given(incoming, consent) if consent.accepted else Message(texts.NOT_GIVEN)
                await self._messenger.reply(incoming, message)
            except NotDelivered as error:
                log.warning("file not told of: %s, reference %s", error, reference)
            except Exception:
                log.exception("file not given, reference %s", reference)

    async def _given(self, incoming: Incoming, consent: Consent) -> Message:
        visit = await self._house.visitors.visit(incoming.sender.entra_id, incoming.conversation_id)
        viewer = Viewer(visit.person, member=visit.person is not None)
        made = await self._made(consent.meeting_id, viewer)
        if made is None:
            return Message(sentence(NoReport()))
        try:
            await self._put(consent.upload_url, made)
        except Unreadable as error:
            log.warning("report not put: %s", error.reason)
            return Message(texts.NOT_PUT)
        file = FileGiven(consent.name, consent.url, consent.unique_id, consent.kind)
        return Message(texts.GIVEN, file=file)

    async def _made(self, meeting_id: int, viewer: Viewer) -> bytes | None:
        file = await self._house.reports.file(meeting_id, viewer)
        return await asyncio.to_thread(report_document, file, self._clock.now()) if file else None
