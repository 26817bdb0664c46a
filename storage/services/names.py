"""Every name somebody may mention, kept at hand until one of them changes."""

from datetime import date, datetime

from storage.domain.meetings import NEAR_FUTURE, RECENT_PAST
from storage.domain.network import Names, Network
from storage.unit_of_work import Units


class KnownNames:
    """The network's names. Read again when the network's revision or the day changes."""

    def __init__(self, units: Units) -> None:
        self._units = units
        self._at: tuple[int, date] | None = None
        self._names = self._public = Names()

    async def at(self, network: Network, now: datetime, for_coordinator: bool) -> Names:
        """The names as of `network.revision` that such a viewer may know, with the meetings around `now`."""
        wanted = (network.revision, now.date())
        if self._at != wanted:
            self._names = await self._units.read(lambda unit: unit.network.names(now - RECENT_PAST, now + NEAR_FUTURE))
            self._public = self._names.for_coordinator(False)
            self._at = wanted
        return self._names if for_coordinator else self._public
