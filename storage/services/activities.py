"""Once per activity, and in order: who may run a turn, what is known when it begins, and that it was done."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.domain.activities import Knock, Standing
from storage.domain.dialogs import Memory
from storage.domain.places import Place
from storage.services.visitors import Visit
from storage.unit_of_work import UnitOfWork, Units

LEASE = timedelta(seconds=20)
"""How long a turn is believed to be running without a word of it."""

KEPT = timedelta(days=2)
"""How long is remembered what was taken: Teams sends nothing again after some minutes."""


@dataclass(frozen=True, slots=True)
class Begun:
    """How a turn begins. `must_wait`: another process is at an older turn of this conversation."""

    standing: Standing
    visit: Visit
    must_wait: bool = False


class Activities:
    """What comes from Teams, each thing once."""

    def __init__(self, units: Units) -> None:
        self._units = units
        self._owner = secrets.token_hex(16)

    async def begin(
        self, knock: Knock, place: Place, conversation_id: str, entra_id: str | None, now: datetime
    ) -> Begun:
        """Claim what came in, keep its address, and tell what is known: one transaction."""

        def work(unit: UnitOfWork) -> Begun:
            standing, must_wait = _claim(unit, knock, self._owner, now)
            network, person, memory, known = unit.memories.visit(entra_id, conversation_id, place)
            if standing is Standing.NEW and not known:
                unit.places.arrive(place)
            return Begun(standing, Visit(network, person, memory), must_wait)

        return await self._units.write(work)

    async def claim(self, knock: Knock, now: datetime) -> Standing:
        """Claim what came in without asking what is known; ours too when who had it went away without finishing."""
        return await self._units.write(lambda unit: _claim(unit, knock, self._owner, now)[0])

    async def must_wait(self, knock: Knock, now: datetime) -> bool:
        """Whether another process still is at an older turn of this conversation."""
        if not knock.keys:
            return False
        return await self._units.read(lambda unit: unit.activities.others_before(knock, self._owner, now))

    async def finish(self, knock: Knock, conversation_id: str, memory: Memory | None, now: datetime) -> None:
        """The turn is done, and this is what the conversation remembers of it: one transaction."""
        if not knock.keys and memory is None:
            return

        def work(unit: UnitOfWork) -> None:
            unit.activities.finish(knock.keys, self._owner)
            if memory is not None:
                unit.memories.keep(conversation_id, memory, now)

        await self._units.write(work)

    async def fail(self, knock: Knock) -> None:
        """The turn went wrong and its apology is the answer: sent again it is done.

        A button may be pressed again: rather that than that nothing ever comes of it.
        """

        def work(unit: UnitOfWork) -> None:
            unit.activities.release([knock.press] if knock.press else [], self._owner)
            unit.activities.finish(knock.keys, self._owner)

        await self._units.write(work)

    async def still_busy(self, knock: Knock, now: datetime) -> None:
        """The turn takes longer than most."""
        await self._units.write(lambda unit: unit.activities.extend(knock.keys, self._owner, now + LEASE))

    async def forget_old(self, now: datetime) -> None:
        """Forget what was taken long ago."""
        await self._units.write(lambda unit: unit.activities.forget_before(now - KEPT))


def _claim(unit: UnitOfWork, knock: Knock, owner: str, now: datetime) -> tuple[Standing, bool]:
    """Claim all keys of a knock, or none: a press that was done before is done, whatever id it comes under now."""
    unit.activities.lock_line(knock.line)
    until = now + LEASE
    for number, key in enumerate(knock.keys):
        if unit.activities.claim(key, knock.line, owner, now, until):
            continue
        if not unit.activities.is_done(key):
            unit.activities.release(knock.keys[:number], owner)
            return Standing.RUNNING, False
        unit.activities.finish(knock.keys[:number], owner)
        return (Standing.PRESSED if key == knock.press else Standing.DONE), False
    return Standing.NEW, bool(knock.keys) and unit.activities.others_before(knock, owner, now)
