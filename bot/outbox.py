"""Sends what the bot says by itself: claim, reach, make, commit that it is being sent, send, settle.

Nothing is sent twice. What is not known to have arrived is ambiguous, and the coordinator's to decide on.
"""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress

from bot.clock import Clock
from bot.observing.metrics import Metrics
from bot.observing.turn_ids import in_turn
from bot.reach import Address, OutOfReach, Reach
from bot.teams.failures import Conflict, Dead, NotDelivered, Throttled, Unreachable
from bot.teams.messenger import Messenger
from dialogs.notices import compose
from dialogs.turn import Message
from storage.domain.notices import Claimed, Notice, to_place
from storage.services.house import House
from storage.services.notices import Pace

log = logging.getLogger(__name__)

MOST_AT_ONCE = 75
"""Notices that are being sent at the same moment: at 45 a second so many that Teams may take a second for each."""

BATCH = 25
LOOK_EVERY = 1.0
"""Seconds between two looks at what is due, when nobody wakes the outbox."""

LOOK_SOON = 0.1
AGAIN_AFTER_ERROR = 2.0
SETTLE_WITHIN = 20.0
"""Seconds in which what became of a notice is written down, whatever the database does."""

CALL_SHARE = 0.85
"""Of the time that a notice may be `sending`: how long a call may take. After that nothing leaves any more."""

UPDATE_AGAIN_AFTER = 10.0
"""Seconds after which an update is made again that did not arrive."""


class Outbox:
    """Sends notices, beside other processes that do the same."""

    def __init__(
        self, house: House, messenger: Messenger, clock: Clock, metrics: Metrics, reach: Reach, pace: Pace
    ) -> None:
        self._house, self._messenger, self._clock, self._metrics = house, messenger, clock, metrics
        self._reach, self._pace = reach, pace
        self._owner = secrets.token_hex(16)
        self._woken = asyncio.Event()
        self._sending: set[asyncio.Task[None]] = set()

    def wake(self) -> None:
        """Something may have been planned."""
        self._woken.set()

    async def run(self) -> None:
        """Send what is due, until cancelled."""
        while True:
            pause = AGAIN_AFTER_ERROR
            try:
                pause = await self._round()
            except Exception:
                log.exception("outbox not looked at")
            await self._rest(pause)

    async def finish(self, within: float) -> None:
        """Let what is being sent arrive, for so many seconds."""
        if self._sending:
            await asyncio.wait(set(self._sending), timeout=within)

    async def count(self) -> None:
        """Tell the metrics how much there is."""
        self._metrics.outbox(*await self._house.notices.depths(self._clock.now()))

    async def _rest(self, seconds: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._woken.wait()
        self._woken.clear()

    async def _round(self) -> float:
        """Start on what is due; the seconds until it makes sense to look again."""
        room = MOST_AT_ONCE - len(self._sending)
        if room < BATCH:
            return LOOK_SOON  # a claim costs as much for one as for all of a batch
        if not await self._house.notices.anything_due(self._clock.now()):
            return LOOK_EVERY
        now, notices = self._clock.now(), self._house.notices
        claims = await notices.claim(self._owner, now, self._pace, BATCH)
        stale = await notices.to_refresh(self._owner, now, self._pace, BATCH)
        chats = await self._reach.chats(claim.notice.target for claim in claims)
        for claim in claims:
            self._start(self._send(claim, chats.get(claim.notice.target)))
        for notice in stale:
            self._start(self._update(notice))
        return LOOK_SOON if claims or stale else LOOK_EVERY

    def _start(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(_logged(work))
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)

    async def _send(self, claim: Claimed, chat: Address | None) -> None:
        """Send one message, to the chat that is known or to where its target is.

        Until `begin` nothing happened: if anything goes wrong they are claimed again.
        """
        await asyncio.sleep(max(0.0, (claim.starts - self._clock.now()).total_seconds()))
        try:
            address = chat or await self._reach.address(claim.notice.target, self._clock.now())
            message = await self._made(claim.notices)
            await self._messenger.may_write(address.place)
        except (OutOfReach, NotDelivered) as error:
            await self._not_reached(claim, error)
            return
        notices = await self._begin(claim)
        try:
            if notices and _shown(notices) != _shown(claim.notices):
                message = await self._made(notices)  # some were held, or changed meanwhile
        except Unreachable as error:
            await self._retry(notices, error.code, None)
            return
        if notices and message is None:
            await self._settle(lambda: self._house.notices.cancelled(notices, self._owner))
        elif notices and message is not None:
            await self._post(notices, address, message)

    async def _begin(self, claim: Claimed) -> tuple[Notice, ...]:
        return await self._house.notices.begin(claim, self._owner, self._clock.now(), self._pace)

    async def _made(self, notices: Sequence[Notice]) -> Message | None:
        """The message of notices. Raises Unreachable: what can't be made is tried later, and keeps nobody waiting."""
        try:
            return await compose(self._house, notices, self._clock.now())
        except Exception as error:
            log.exception("notice not made")
            raise Unreachable(type(error).__name__) from error

    async def _not_reached(self, claim: Claimed, error: OutOfReach | NotDelivered) -> None:
        notices = await self._begin(claim)
        if not notices:
            return
        if isinstance(error, OutOfReach | Dead):
            await self._failed(notices, error.code)
        else:
            after = error.after if isinstance(error, Throttled) else None
            await self._retry(notices, error.code, after)

    async def _post(self, notices: Sequence[Notice], address: Address, message: Message) -> None:
        try:
            async with self._in_time():
                activity_id = await self._messenger.post(address.place, address.conversation_id, message)
        except (Throttled, Conflict, Unreachable) as error:
            await self._retry(notices, error.code, error.after if isinstance(error, Throttled) else None)
        except Dead as error:
            await self._house.places.dead(address.place.conversation_id, self._clock.now(), error.code)
            await self._failed(notices, error.code)
        except NotDelivered as error:
            await (self._failed if error.certain else self._ambiguous)(notices, error.code)
        except Exception as error:
            log.exception("notice not sent")
            await self._ambiguous(notices, type(error).__name__)
        else:
            await self._sent(notices, address, activity_id)

    def _in_time(self) -> asyncio.Timeout:
        return asyncio.timeout(CALL_SHARE * self._pace.sending.total_seconds())

    async def _sent(self, notices: Sequence[Notice], address: Address, activity_id: str) -> None:
        now, place = self._clock.now(), address.conversation_id
        await self._settle(lambda: self._house.notices.sent(notices, self._owner, now, place, activity_id))
        for _ in notices:
            self._metrics.settled("sent")

    async def _failed(self, notices: Sequence[Notice], code: str) -> None:
        log.warning("notice failed: %s", code)
        now = self._clock.now()
        await self._settle(lambda: self._house.notices.failed(notices, self._owner, now, code))
        for _ in notices:
            self._metrics.settled("failed")

    async def _ambiguous(self, notices: Sequence[Notice], code: str) -> None:
        log.warning("notice ambiguous: %s", code)
        now = self._clock.now()
        await self._settle(lambda: self._house.notices.ambiguous(notices, self._owner, now, code))
        for _ in notices:
            self._metrics.settled("ambiguous")

    async def _retry(self, notices: Sequence[Notice], code: str, after: float | None) -> None:
        self._metrics.retried()
        now = self._clock.now()
        await self._settle(lambda: self._house.notices.retry(notices, self._owner, now, code, after))

    async def _settle(self, write: Callable[[], Awaitable[None]]) -> None:
        """Write down what became of a notice, also when the database is away for a moment.

        When it stays away the lease runs out, and the notice becomes ambiguous: it is never sent again by itself.
        """
        until = asyncio.get_running_loop().time() + SETTLE_WITHIN
        while True:
            try:
                await write()
            except Exception:
                if asyncio.get_running_loop().time() > until:
                    raise
                log.exception("notice not settled, trying again")
                await asyncio.sleep(AGAIN_AFTER_ERROR)
            else:
                return

    async def _update(self, notice: Notice) -> None:
        """Show in a sent message what holds now. Doing that twice does no harm, so it is tried until it succeeds."""
        again, throttled = None, False
        try:
            await self._show_anew(notice)
        except (OutOfReach, Dead):
            pass  # what was posted is gone: there is nothing left to update
        except Throttled as error:
            again, throttled = max(error.after, LOOK_EVERY), True
        except NotDelivered as error:
            again = None if error.hopeless else UPDATE_AGAIN_AFTER
        except TimeoutError:
            again = UPDATE_AGAIN_AFTER
        now = self._clock.now()
        await self._settle(lambda: self._house.notices.refreshed(notice, self._owner, now, again, throttled))

    async def _show_anew(self, notice: Notice) -> None:
        """Replace the message of a notice, which may hold others."""
        async with self._in_time():
            address = await self._reach.address(_where(notice), self._clock.now())
            await self._messenger.may_write(address.place)
            message = await compose(self._house, await self._house.notices.shown_with(notice), self._clock.now())
            if message is not None and notice.activity_id:
                await self._messenger.update(address.place, address.conversation_id, notice.activity_id, message)


def _shown(notices: Sequence[Notice]) -> list[tuple[int, int]]:
    """What a message shows: which notices, in which version."""
    return [(one.id, one.version) for one in notices]


def _where(notice: Notice) -> str:
    """The target of an update: where it was posted, which may not be the posting channel any more."""
    return to_place(notice.conversation_id) if notice.conversation_id else notice.target


async def _logged(work: Awaitable[None]) -> None:
    """A notice that goes wrong is logged once and stops no other."""
    with in_turn():
        try:
            await work
        except Exception:
            log.exception("notice not handled")
