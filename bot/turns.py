"""One turn from activity to answer: once, in order, route, send. Only this sends what a turn answers."""

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace

from bot.clock import Clock
from bot.giving import Giving
from bot.observing.metrics import Metrics, TurnOutcome
from bot.observing.turn_ids import in_turn
from bot.recognising import Recognising
from bot.teams.activities import Call, Incoming
from bot.teams.calls import heard
from bot.teams.failures import NotDelivered, Rejected
from bot.teams.lines import Lines
from bot.teams.messenger import Messenger
from bot.teams.turnstile import Turnstile
from bot.whispering import Whispering
from dialogs.conversations.channels import welcome
from dialogs.router import route
from dialogs.texts import general as texts
from dialogs.turn import Message, Reply, Turn
from storage.domain.activities import Knock, Standing, knock
from storage.domain.places import Place, PlaceKind
from storage.services.activities import Begun
from storage.services.house import House
from storage.services.visitors import Visit

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds: Teams wants a sign of life within 2, and sends a message again that is not acknowledged within 15."""

    sign_of_life: float = 2.0
    next_sign: float = 8.0
    acknowledged: float = 10.0
    look_again: float = 0.25
    others: float = 30.0
    """How long a turn waits for another process that is at the same one, or at an older one of its conversation."""

    pressed_twice: float = 5.0
    """Within this a second press of a button is the same finger, and not a question what became of it."""

    answers_kept: float = 3600.0
    """So long an answer to a button is remembered: it may hold what somebody typed, and what holds may change."""


THINKING_AT_ONCE = 2
"""Turns that are understood in one go of the event loop: each takes some milliseconds."""

MOST_ANSWERS = 200
"""Answers to buttons that are remembered, in memory only."""


class Turns:
    """Takes the turns of one bot."""

    def __init__(
        self,
        house: House,
        messenger: Messenger,
        clock: Clock,
        metrics: Metrics,
        patience: Patience | None = None,
        giving: Giving | None = None,
    ) -> None:
        self._house, self._messenger, self._clock, self._metrics = house, messenger, clock, metrics
        self._patience, self._giving = patience or Patience(), giving
        self._recognising, self._whispering = Recognising(house, messenger), Whispering(house, messenger, clock)
        self._lines, self._thinking = Lines(), Turnstile(THINKING_AT_ONCE)
        self._answers: OrderedDict[str, tuple[float, Reply]] = OrderedDict()

    async def take(self, incoming: Incoming) -> None:
        """Run the turn of an activity, once and after those before it in its conversation.

        Returns when it is done, or in time for Teams to know that it arrived: then it goes on by itself. Whatever goes
        wrong in it is logged once, with a reference that the user is shown. Raises TooBusy.
        """
        came = knock(incoming.conversation_id, incoming.id, incoming.sender.id, incoming.nonce)
        task = self._lines.join(incoming.conversation_id, came.keys, lambda: self._run(incoming, came))
        await asyncio.wait({task}, timeout=self._patience.acknowledged)

    async def finish(self, within: float) -> None:
        """Let the turns in flight end, for so many seconds."""
        await self._lines.finish(within)

    async def _run(self, incoming: Incoming, came: Knock) -> None:
        begun = time.monotonic()
        outcome: TurnOutcome = "failed"
        with in_turn() as reference:
            try:
                async with self._signs_of_life(incoming, came):
                    outcome = await self._take(incoming, came)
            except NotDelivered as error:
                # What Teams does not take may be said otherwise. Else nobody would hear it, or has the answer already.
                log.warning("answer not delivered: %s, reference %s", error, reference)
                if isinstance(error, Rejected):
                    await self._apologise(incoming, reference)
            except Exception:
                log.exception("turn failed, reference %s", reference)
                await self._apologise(incoming, reference)
            finally:
                self._metrics.turn(incoming.type, outcome, time.monotonic() - begun)

    async def _take(self, incoming: Incoming, came: Knock) -> TurnOutcome:
        if incoming.bot_arrived or incoming.bot_left:
            return await self._move(incoming, came)
        if incoming.call is not None:
            return await self._hear(incoming, incoming.call, came)
        if incoming.type != "message" or not _is_for_us(incoming):
            return "silent"
        begun = await self._begin(incoming, came)
        if begun.standing is not Standing.NEW:
            self._metrics.duplicate()
            return await self._again(incoming, came) if begun.standing is Standing.PRESSED else "silent"
        visit = await self._visit(incoming, came, begun)
        turn = await self._recognising.turn(incoming, came.keys[-1] if came.keys else "", visit, self._clock.now())
        await self._thinking.enter()
        try:
            reply = await route(self._house, turn)
        except Exception:
            await self._house.activities.fail(came)
            raise
        kept = turn.kept(reply.memory)
        await self._house.activities.finish(came, incoming.conversation_id, kept, self._clock.now())
        if reply.unanswered:
            self._metrics.unanswered()
        await self._send(incoming, turn, reply)
        self._remember_answer(came, reply)
        return "answered"

    async def _begin(self, incoming: Incoming, came: Knock) -> Begun:
        """Claim the turn, and wait while another process is at the same one: it may not come to its end.

        RUNNING when it still is after a while: it lives, and will answer.
        """
        place, conversation_id = incoming.place, incoming.conversation_id
        until = time.monotonic() + self._patience.others
        while True:
            begun = await self._house.activities.begin(
                came, place, conversation_id, incoming.sender.entra_id, self._clock.now()
            )
            if begun.standing is not Standing.RUNNING or time.monotonic() > until:
                return begun
            await asyncio.sleep(self._patience.look_again)

    async def _visit(self, incoming: Incoming, came: Knock, begun: Begun) -> Visit:
        """What is known when it is this turn's turn: what an older one leaves behind counts."""
        if not begun.must_wait:
            return begun.visit
        await self._wait_for_others(came)
        return await self._house.visitors.visit(incoming.sender.entra_id, incoming.conversation_id)

    async def _wait_for_others(self, came: Knock) -> None:
        until = time.monotonic() + self._patience.others
        while await self._house.activities.must_wait(came, self._clock.now()):
            if time.monotonic() > until:
                return  # better out of order than not at all
            await asyncio.sleep(self._patience.look_again)

    async def _again(self, incoming: Incoming, came: Knock) -> TurnOutcome:
        """A button that is pressed again after a while gets the answer that it got then."""
        self._forget_answers()
        at, reply = self._answers.get(came.press or "", (0.0, Reply(Message(texts.ALREADY_DONE))))
        if at and time.monotonic() - at < self._patience.pressed_twice:
            return "silent"
        await self._tell(incoming, reply)
        return "answered"

    def _remember_answer(self, came: Knock, reply: Reply) -> None:
        if came.press is not None:
            self._answers[came.press] = (time.monotonic(), reply)
        self._forget_answers()

    def _forget_answers(self) -> None:
        """Forget answers that are old, and the oldest where there are many."""
        since = time.monotonic() - self._patience.answers_kept
        while self._answers and (len(self._answers) > MOST_ANSWERS or next(iter(self._answers.values()))[0] < since):
            self._answers.popitem(last=False)

    async def _move(self, incoming: Incoming, came: Knock) -> TurnOutcome:
        """The bot was installed or removed."""
        standing = await self._house.activities.claim(came, self._clock.now())
        if standing is not Standing.NEW:
            self._metrics.duplicate()
            return "silent"
        place = _installed_at(incoming)
        if incoming.bot_left:
            await self._house.places.leave(place.conversation_id, self._clock.now())
        elif await self._house.places.arrive(place, self._clock.now()):
            await self._welcome(incoming, place)
        await self._house.activities.finish(came, incoming.conversation_id, None, self._clock.now())
        return "answered"

    async def _hear(self, incoming: Incoming, call: Call, came: Knock) -> TurnOutcome:
        """A meeting began or ended in Teams: nobody is answered."""
        if await self._house.activities.claim(came, self._clock.now()) is not Standing.NEW:
            self._metrics.duplicate()
            return "silent"
        now, tell = self._clock.now(), self._house.summaries.ended if call.ended else self._house.summaries.began
        if await tell(heard(incoming, call, now), now) is not None:
            await self._house.places.keep(incoming.place)
        await self._house.activities.finish(came, incoming.conversation_id, None, now)
        return "silent"

    async def _welcome(self, incoming: Incoming, place: Place) -> None:
        try:
            await self._messenger.reply(incoming, welcome(place.kind))
        except NotDelivered as error:
            log.warning("welcome not delivered: %s", error)
            await self._house.places.forget_welcome(place)

    @asynccontextmanager
    async def _signs_of_life(self, incoming: Incoming, came: Knock) -> AsyncIterator[None]:
        """While inside: after a while show that an answer is coming, and tell other processes that we are at it."""
        task = asyncio.create_task(self._show_life(incoming, came))
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _show_life(self, incoming: Incoming, came: Knock) -> None:
        await asyncio.sleep(self._patience.sign_of_life)
        while incoming.type == "message" and _is_for_us(incoming):
            # Each by itself, and Teams may take its time: the lease must not run out while the turn goes on.
            await self._try(lambda: self._house.activities.still_busy(came, self._clock.now()))
            await self._try(lambda: self._messenger.typing(incoming))
            await asyncio.sleep(self._patience.next_sign)

    async def _try(self, sign: Callable[[], Awaitable[None]]) -> None:
        try:
            async with asyncio.timeout(self._patience.next_sign):
                await sign()
        except Exception as error:  # noqa: BLE001 - the turn itself goes on, and tells what is wrong
            log.warning("no sign of life given: %s", type(error).__name__)

    async def _send(self, incoming: Incoming, turn: Turn, reply: Reply) -> None:
        if reply.message is not None and reply.message.file is not None and self._giving is not None:
            reply = replace(reply, message=await self._giving.sized(reply.message, turn.viewer))
        await self._tell(incoming, reply)
        if reply.also is None:
            return
        asked = await self._ask(incoming, turn, reply.also)
        if not asked and turn.reported is not None:
            await self._house.visitors.forget_asking(turn.reported.entra_id)

    async def _tell(self, incoming: Incoming, reply: Reply) -> None:
        reached = await self._whispering.whisper(incoming, reply.private, reply.memory) if reply.private else True
        message = reply.message if reached else reply.unreachable
        if message is not None:
            await self._messenger.reply(incoming, message)

    async def _ask(self, incoming: Incoming, turn: Turn, question: Message) -> bool:
        if not turn.personal:
            return await self._whispering.whisper(incoming, question)
        try:
            await self._messenger.reply(incoming, question)
        except NotDelivered as error:
            log.warning("question not delivered: %s", error)
            return False
        return True

    async def _apologise(self, incoming: Incoming, reference: str) -> None:
        if incoming.type != "message":
            return
        try:
            await self._messenger.reply(incoming, Message(texts.error(reference)))
        except Exception:
            log.exception("apology not delivered, reference %s", reference)


def _is_for_us(incoming: Incoming) -> bool:
    """In company the bot only listens when it is spoken to."""
    return incoming.place.kind is PlaceKind.PERSONAL or incoming.mentions_bot or incoming.value is not None


def _installed_at(incoming: Incoming) -> Place:
    """The place that an installation is about: in a channel, the whole team."""
    place = incoming.place
    if place.kind is not PlaceKind.CHANNEL:
        return place
    team = place.team_id or place.conversation_id
    return Place(team, PlaceKind.TEAM, place.service_url, place.tenant_id, team, place.bot_id)
