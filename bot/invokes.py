"""Invokes: what Teams asks and wants answered at once, such as the dialog behind an action on a message."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any

from bot.clock import Clock
from bot.giving import Giving
from bot.observing.metrics import Metrics, TurnOutcome
from bot.observing.turn_ids import in_turn
from bot.recognising import Recognising
from bot.teams.activities import CARD_ACTION, FETCH, SUBMIT, Incoming
from bot.teams.messenger import CARD, Messenger, plain
from bot.whispering import Whispering
from dialogs import card_actions, task_modules
from dialogs.task_modules import TaskModule
from dialogs.texts import general as texts
from dialogs.texts.refusals import sentence
from dialogs.turn import Card, Message, Reply, Turn
from storage.domain.activities import Knock, Standing, knock
from storage.domain.dialogs import Memory
from storage.domain.places import PlaceKind
from storage.domain.refusals import NoSuchPoll
from storage.services.house import House

log = logging.getLogger(__name__)

Body = Mapping[str, Any]

ANSWERED_WITHIN = 4.0
"""Seconds after which a pressed card is answered, whether or not it is done: Teams waits for 5."""

LONGEST_UNDER = 200
"""Characters of a text that is shown under a card."""

SAID = "application/vnd.microsoft.activity.message"
"""What the answer to a pressed card is when it is no card: words for who pressed."""


class Invokes:
    """Answers the invokes of one bot."""

    def __init__(
        self, house: House, messenger: Messenger, clock: Clock, metrics: Metrics, giving: Giving | None = None
    ) -> None:
        self._house, self._clock, self._metrics, self._giving = house, clock, metrics, giving
        self._messenger, self._recognising = messenger, Recognising(house, messenger)
        self._whispering = Whispering(house, messenger, clock)
        self._pressed: set[asyncio.Task[Body]] = set()

    async def answer(self, incoming: Incoming) -> Body | None:
        """The body of the answer; None for an invoke that the bot has no use for.

        Whatever goes wrong is logged once, with a reference that the user is shown in the dialog.
        """
        if incoming.consent is not None and self._giving is not None:
            return await self._giving.answer(incoming, incoming.consent)
        if incoming.invoke == CARD_ACTION:
            return await self._in_time(incoming)
        if incoming.invoke not in {FETCH, SUBMIT}:
            return None
        return await self._counted(incoming, lambda: self._dialog(incoming), _telling)

    async def finish(self, within: float) -> None:
        """Let what was pressed and takes long come to its end, for so many seconds."""
        if self._pressed:
            await asyncio.wait(self._pressed, timeout=within)

    async def _counted(
        self, incoming: Incoming, answer: Callable[[], Awaitable[Body | None]], sorry: Callable[[str], Body]
    ) -> Body | None:
        begun = time.monotonic()
        outcome: TurnOutcome = "failed"
        with in_turn() as reference:
            try:
                body = await answer()
                outcome = "answered" if body else "silent"
            except Exception:
                log.exception("invoke failed, reference %s", reference)
                return sorry(texts.error(reference))
            finally:
                self._metrics.turn(incoming.type, outcome, time.monotonic() - begun)
        return body

    # --- dialogs

    async def _dialog(self, incoming: Incoming) -> Body | None:
        shown = await self._answer(incoming)
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
        turn = await self._turn_alone(incoming, "")
        return await task_modules.opened(
            self._house, turn, incoming.command, incoming.quoted.html, incoming.quoted.link
        )

    async def _submitted(self, incoming: Incoming, came: Knock) -> TaskModule:
        turn = await self._turn_alone(incoming, came.keys[-1] if came.keys else "")
        shown = await task_modules.submitted(self._house, turn)
        await self._house.activities.finish(came, incoming.conversation_id, None, self._clock.now())
        return shown

    async def _turn_alone(self, incoming: Incoming, key: str) -> Turn:
        turn = await self._turn(incoming, key)
        # Only who opened a dialog sees it, wherever they did: what is asked there is asked in private, and there only.
        alone = replace(turn.place, kind=PlaceKind.PERSONAL)
        return replace(turn, place=alone, opened_in=turn.place, memory=Memory(), text="")

    async def _turn(self, incoming: Incoming, key: str, *, look_up: bool = True) -> Turn:
        visit = await self._house.visitors.visit(incoming.sender.entra_id, incoming.conversation_id)
        return await self._recognising.turn(incoming, key, visit, self._clock.now(), look_up=look_up)

    # --- cards that become another

    async def _in_time(self, incoming: Incoming) -> Body:
        """The answer to a pressed card; that it is being done where it takes longer than Teams waits."""
        task = asyncio.create_task(self._card(incoming))
        self._pressed.add(task)
        task.add_done_callback(self._pressed.discard)
        done, _ = await asyncio.wait({task}, timeout=ANSWERED_WITHIN)
        return task.result() if done else _said(texts.BUSY)

    async def _card(self, incoming: Incoming) -> Body:
        body = await self._counted(incoming, lambda: self._in_place(incoming), _said)
        return body or _said(sentence(NoSuchPoll()))

    async def _in_place(self, incoming: Incoming) -> Body | None:
        came = knock(incoming.conversation_id, incoming.id, incoming.sender.id, incoming.nonce, alone=True)
        key = came.keys[-1] if came.keys else ""
        turn = await self._turn(incoming, key, look_up=False)
        if card_actions.only_looks(turn):
            return _card_body(await card_actions.looked_at(self._house, turn))
        if await self._house.activities.claim(came, self._clock.now()) is not Standing.NEW:
            self._metrics.duplicate()
            return _card_body(await card_actions.looked_at(self._house, turn)) or _said(texts.ALREADY_DONE)
        try:
            if turn.viewer.person is None:
                turn = await self._turn(incoming, key)
            reply = await card_actions.pressed(self._house, turn)
        except Exception:
            await self._house.activities.fail(came)
            raise
        kept = turn.kept(reply.memory)
        await self._house.activities.finish(came, incoming.conversation_id, kept, self._clock.now())
        said = await self._told(incoming, turn, reply)
        shown = reply.shown if reply.shown is not None or said else await card_actions.looked_at(self._house, turn)
        return _card_body(shown) or (_said(said) if said else None)

    async def _told(self, incoming: Incoming, turn: Turn, reply: Reply) -> str:
        """Say what a press answers, to who pressed only. What is short stands under the card: it is returned."""
        said = reply.private or reply.message
        under = _under(said, reply) if said is not None else ""
        if said is not None and not under:
            under = await self._sent(incoming, turn, said, reply)
        if reply.also is not None:
            await self._asked(incoming, turn, reply.also)
        return under

    async def _sent(self, incoming: Incoming, turn: Turn, said: Message, reply: Reply) -> str:
        """Send it where only they read it; what to say about that under the card."""
        if turn.personal:
            await self._messenger.reply(incoming, said)
            return ""
        reached = await self._whispering.whisper(incoming, said, reply.memory)
        return texts.ANSWERED_PRIVATELY if reached else texts.UNREACHABLE

    async def _asked(self, incoming: Incoming, turn: Turn, question: Message) -> None:
        """Ask what follows; asked in vain it is asked again another time."""
        asked = await self._whispering.whisper(incoming, question)
        if not asked and turn.reported is not None:
            await self._house.visitors.forget_asking(turn.reported.entra_id)


def _under(said: Message, reply: Reply) -> str:
    """What fits under a card, which shows plain words on one line: no question, button or link; "" where it doesn't."""
    asks = reply.memory is not None and bool(reply.memory.pending)
    if reply.shown is not None or said.card is not None or said.file is not None or asks:
        return ""
    fits = len(said.text) <= LONGEST_UNDER and not any(sign in said.text for sign in ("\n", "](", "://"))
    return plain(said.text) if fits else ""


def _telling(text: str) -> Body:
    return _body(task_modules.telling(text))


def _body(shown: TaskModule) -> Body:
    card = {"contentType": CARD, "content": dict(shown.card)}
    value = {"title": shown.title, "height": "medium", "width": "medium", "card": card}
    return {"task": {"type": "continue", "value": value}}


def _card_body(card: Card | None) -> Body | None:
    return {"statusCode": 200, "type": CARD, "value": dict(card)} if card is not None else None


def _said(text: str) -> Body:
    return {"statusCode": 200, "type": SAID, "value": text}
