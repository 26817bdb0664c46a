"""Where in Teams the bot is, whom it greeted, and in which channel it posts."""

from collections.abc import Collection, Sequence
from datetime import datetime

from storage.domain.people import Viewer
from storage.domain.places import Place, PlaceKind
from storage.domain.refusals import NotCoordinator, NotInChannel
from storage.unit_of_work import UnitOfWork, Units


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
        await self._units.write(lambda unit: unit.places.remove(conversation_id, now))

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
