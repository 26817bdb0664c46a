"""Invokes: what Teams asks and wants answered at once, such as the dialog behind an action on a message."""

import logging
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.clock import Clock
from bot.giving import Giving
from bot.observing.metrics import Metrics, TurnOutcome
from bot.observing.turn_ids import in_turn
from bot.recognising import Recognising
from bot.teams.activities import FETCH, SUBMIT, Incoming
from bot.teams.messenger import CARD, Messenger
from dialogs import task_modules
from dialogs.task_modules import TaskModule
from dialogs.texts import general as texts
from dialogs.turn import Turn
from storage.domain.activities import Knock, Standing, knock
from storage.domain.dialogs import Memory
from storage.domain.places import PlaceKind
from storage.services.house import House

log = logging.getLogger(__name__)


class Invokes:
    """Answers the invokes of one bot."""

    def __init__(
        self, house: House, messenger: Messenger, clock: Clock, metrics: Metrics, giving: Giving | None = None
    ) -> None:
        self._house, self._clock, self._metrics, self._giving = house, clock, metrics, giving
        self._recognising = Recognising(house, messenger)

    async def answer(self, incoming: Incoming) -> Mapping[str, Any] | None:
        """The body of the answer; None for an invoke that the bot has no use for.

        Whatever goes wrong is logged once, with a reference that the user is shown in the dialog.
        """
        if incoming.consent is not None and self._giving is not None:
            return await self._giving.answer(incoming, incoming.consent)
        if incoming.invoke not in {FETCH, SUBMIT}:
            return None
        begun = time.monotonic()
        outcome: TurnOutcome = "failed"
        with in_turn() as reference:
            try:
                shown: TaskModule | None = await self._answer(incoming)
                outcome = "answered" if shown else "silent"
            except Exception:
                log.exception("invoke failed, reference %s", reference)
                shown = task_modules.telling(texts.error(reference))
            finally:
                self._metrics.turn(incoming.type, outcome, time.monotonic() - begun)
        return _body(shown) if shown else None

    async def _answer(self, incoming: Incoming) -> TaskModule | None:
        nonce = incoming.nonce if incoming.invoke == SUBMIT else ""
        came = knock(incoming.conversation_id, incoming.id, incoming.sender.id, nonce)
        if incoming.invoke == FETCH:
            return await self._opened(incoming)
        if await self._house.activities.claim(came, self._clock.now()) is not Standing.NEW:
            self._metrics.duplicate()
            return task_modules.telling(texts.ALREADY_DONE)
        try:
            return await self._submitted(incoming, came)
        except Exception:
            await self._house.activities.fail(came)
            raise

    async def _opened(self, incoming: Incoming) -> TaskModule | None:
        turn = await self._turn(incoming, "")
        return await task_modules.opened(
            self._house, turn, incoming.command, incoming.quoted.html, incoming.quoted.link
        )

    async def _submitted(self, incoming: Incoming, came: Knock) -> TaskModule:
        turn = await self._turn(incoming, came.keys[-1] if came.keys else "")
        shown = await task_modules.submitted(self._house, turn)
        await self._house.activities.finish(came, incoming.conversation_id, None, self._clock.now())
        return shown

    async def _turn(self, incoming: Incoming, key: str) -> Turn:
        visit = await self._house.visitors.visit(incoming.sender.entra_id, incoming.conversation_id)
        turn = await self._recognising.turn(incoming, key, visit, self._clock.now())
        # Only who opened a dialog sees it, wherever they did: what is asked there is asked in private, and there only.
        alone = replace(turn.place, kind=PlaceKind.PERSONAL)
        return replace(turn, place=alone, memory=Memory(), text="")


def _body(shown: TaskModule) -> Mapping[str, Any]:
    card = {"contentType": CARD, "content": dict(shown.card)}
    value = {"title": shown.title, "height": "medium", "width": "medium", "card": card}
    return {"task": {"type": "continue", "value": value}}
