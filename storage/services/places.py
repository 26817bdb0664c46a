"""Where in Teams the bot is, whom it greeted, and in which channel it posts."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.domain.people import Person, Viewer
from storage.domain.places import Place, PlaceKind
from storage.domain.refusals import NotCoordinator, NotInChannel
from storage.unit_of_work import UnitOfWork, Units

REMOVED = "removed"
"""Why nothing is written where the bot was removed; other reasons are Teams' own codes."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How a person can be reached: their personal chat, if there is one. `dead`: nothing can be written there."""

    person: Person | None
    place: Place | None = None
    dead: bool = False


class Places:
    """The places the bot is in."""

    def __init__(self, units: Units) -> None:
        self._units = units

    async def arrive(self, place: Place, now: datetime) -> bool:
        """The bot was installed here. True for the one caller that should greet."""

        def work(unit: UnitOfWork) -> bool:
            unit.places.arrive(place)
            return unit.places.claim_welcome(place, now)

        return await self._units.write(work)

    async def forget_welcome(self, place: Place) -> None:
        """The welcome did not arrive: it may be said again."""
        await self._units.write(lambda unit: unit.places.forget_welcome(place))

    async def forget(self, conversation_ids: Collection[str]) -> None:
        """Places that were only rehearsed in: as if the bot had never been there."""
        await self._units.write(lambda unit: unit.places.delete(conversation_ids))

    async def leave(self, conversation_id: str, now: datetime) -> None:
        """The bot was removed from this chat or team."""
        await self._units.write(lambda unit: unit.places.remove(conversation_id, now, REMOVED))

    async def dead(self, conversation_id: str, now: datetime, why: str) -> None:
        """Teams says that nothing can be written here any more; `why` is its code."""
        await self._units.write(lambda unit: unit.places.mark_dead(conversation_id, now, why[:60]))

    async def keep(self, place: Place) -> None:
        """Keep an address, such as that of a personal chat that was just made; a dead one lives again."""
        await self._units.write(lambda unit: unit.places.arrive(place))

    async def of_person(self, person_id: int) -> Reach:
        """Where this person can be written to."""

        return (await self.of_people([person_id])).get(person_id, Reach(None))

    async def of_people(self, person_ids: Collection[int]) -> dict[int, Reach]:
        """Where these people can be written to, by id; who does not exist is left out."""

        def work(unit: UnitOfWork) -> dict[int, Reach]:
            people = unit.people.by_ids(person_ids)
            found = unit.places.personal_of([one.entra_id for one in people if one.entra_id])
            chats = {one.id: found.get(one.entra_id or "", (None, True)) for one in people}
            return {one.id: Reach(one, chats[one.id][0], dead=not chats[one.id][1]) for one in people}

        return await self._units.read(work)

    async def at(self, conversation_id: str) -> Place | None:
        """The living place with this conversation id."""
        found = await self._units.read(lambda unit: unit.places.at(conversation_id))
        return found[0] if found and found[1] else None

    async def teams(self) -> Sequence[Place]:
        """The teams where the bot is."""
        return await self._units.read(lambda unit: unit.places.live(PlaceKind.TEAM))

    async def post_here(self, place: Place, viewer: Viewer) -> None:
        """Make this channel the one where the bot posts.

        Raises NotCoordinator, or NotInChannel anywhere but in a channel of a team.
        """
        if not viewer.is_coordinator:
            raise NotCoordinator
        if place.kind is not PlaceKind.CHANNEL:
            raise NotInChannel

        def work(unit: UnitOfWork) -> None:
            unit.places.arrive(place)
            unit.places.post_only_here(place)

        await self._units.write(work)

    async def posting(self) -> Place | None:
        """The channel where the bot posts, once a coordinator chose one."""
        return await self._units.read(lambda unit: unit.places.posting())
