"""Who comes to a meeting, and where somebody stands."""

from datetime import datetime

from storage.domain.meetings import Meeting
from storage.domain.people import Person
from storage.domain.registrations import Attendee, OwnRegistration
from storage.unit_of_work import Units


class Registrations:
    """Questions about registrations."""

    def __init__(self, units: Units) -> None:
        self._units = units

    async def of_meeting(self, meeting: Meeting) -> tuple[Attendee, ...]:
        """Everybody on a meeting's list, by organisation and name."""
        return await self._units.read(lambda unit: unit.registrations.of_meeting(meeting.id))

    async def standing(self, person: Person, meeting: Meeting) -> OwnRegistration | None:
        """A person's standing for one meeting; None when they never said anything."""
        return await self._units.read(lambda unit: unit.registrations.standing(person.id, meeting.id))

    async def standings(self, person: Person, now: datetime | None) -> tuple[OwnRegistration, ...]:
        """A person's standing for every meeting that is not over; for all meetings ever when `now` is None."""
        return await self._units.read(lambda unit: unit.registrations.standings(person.id, now))
