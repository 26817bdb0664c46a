"""Questions about people and organisations."""

from collections.abc import Collection

from storage.domain.people import Organisation, Person, Role, Viewer
from storage.unit_of_work import Units


class People:
    """Questions about people and organisations."""

    def __init__(self, units: Units) -> None:
        self._units = units

    async def known(self, ids: Collection[int]) -> tuple[Person, ...]:
        """The people with these ids, by name."""
        return await self._units.read(lambda unit: unit.people.by_ids(ids))

    async def by_email(self, email: str) -> Person | None:
        """The person with this mail address, in any case."""
        found = await self._units.read(lambda unit: unit.people.by_emails([email.lower()]))
        return next(iter(found), None)

    async def everybody(self) -> tuple[Person, ...]:
        """All people of the network, the coordinators first."""
        by_role = await self._units.read(lambda unit: [unit.people.with_role(role) for role in ROLES_FIRST])
        return tuple(person for people in by_role for person in people)

    async def coordinators(self) -> tuple[Person, ...]:
        """Those who coordinate the network, by name."""
        return await self._units.read(lambda unit: unit.people.with_role(Role.COORDINATOR))

    async def ambassadors(self) -> tuple[Person, ...]:
        """The ambassadors of all organisations, by name."""
        return await self._units.read(lambda unit: unit.people.with_role(Role.AMBASSADOR))

    async def of_organisation(
        self, organisation_id: int, viewer: Viewer
    ) -> tuple[Organisation, tuple[Person, ...]] | None:
        """An organisation and its people; None when there is none that this viewer may know."""
        organisation, people = await self._units.read(
            lambda unit: (
                unit.people.organisation(organisation_id),
                unit.people.of_organisation(organisation_id),
            )
        )
        return (organisation, people) if organisation and viewer.may_know(organisation) else None

    async def organisations(self, viewer: Viewer) -> tuple[Organisation, ...]:
        """The organisations that this viewer may know, by name."""
        found = await self._units.read(lambda unit: unit.people.organisations())
        return tuple(one for one in found if viewer.may_know(one))


ROLES_FIRST = (Role.COORDINATOR, Role.AMBASSADOR, Role.EXTERNAL)
