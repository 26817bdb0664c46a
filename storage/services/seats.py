"""How many seats a meeting has, for whom, and until when: the coordinator's part of its list."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from storage.domain import seating as decisions
from storage.domain.meetings import Meeting
from storage.domain.people import Person, Viewer
from storage.domain.refusals import NotCoordinator, NotNow, NotSensible
from storage.services.alerts import alert_seats
from storage.services.seating import Seating, seating
from storage.unit_of_work import UnitOfWork, Units

MOST_SEATS = 100_000


@dataclass(frozen=True, slots=True)
class SeatsChanged:
    """A meeting after its seats were changed, and who got one by that, in their order."""

    meeting: Meeting
    given: tuple[Person, ...] = ()


class Seats:
    """Changes to the seats of a meeting. All raise NotCoordinator, NoSuchMeeting, MeetingOver, MeetingCancelled."""

    def __init__(self, units: Units) -> None:
        self._units = units

    async def set_capacity(self, meeting_id: int, capacity: int | None, viewer: Viewer, now: datetime) -> SeatsChanged:
        """Another number of seats; None: as many as come. Nobody loses theirs. Raises NotSensible."""
        if capacity is not None and not 0 <= capacity <= MOST_SEATS:
            raise NotSensible("capacity")

        def change(held: Seating) -> dict[str, Any]:
            decisions.set_capacity(held.seats, capacity)
            return {"capacity": capacity}

        return await self._change(meeting_id, viewer, now, change)

    async def limit(
        self, meeting_id: int, per_organisation: int | None, until: date | None, viewer: Viewer, now: datetime
    ) -> SeatsChanged:
        """At most so many of each organisation until that day, or to the end; None: no limit. Raises NotSensible."""
        most, last = per_organisation, until if per_organisation is not None else None
        if most is not None and not 1 <= most <= MOST_SEATS:
            raise NotSensible("per_organisation")

        def change(held: Seating) -> dict[str, Any]:
            if last is not None and last < now.astimezone(held.meeting.starts.tzinfo).date():
                raise NotSensible("per_organisation_until")
            decisions.set_limit(held.seats, most, last)
            return {"per_organisation": most, "per_organisation_until": last}

        return await self._change(meeting_id, viewer, now, change)

    async def close(self, meeting_id: int, viewer: Viewer, now: datetime) -> Meeting:
        """Nobody registers any more by themselves; the waiting list goes on."""
        changed = await self._change(
            meeting_id, viewer, now, lambda held: {} if held.meeting.closed else {"closed_at": now}
        )
        return changed.meeting

    async def reopen(self, meeting_id: int, viewer: Viewer, now: datetime) -> Meeting:
        """People register again, also when the last day for that is past. Raises NotNow once the meeting runs."""

        def change(held: Seating) -> dict[str, Any]:
            if held.meeting.is_running(now):
                raise NotNow
            columns: dict[str, Any] = {"closed_at": None} if held.meeting.closed else {}
            last = held.meeting.register_until
            past = last is not None and last < now.astimezone(held.meeting.starts.tzinfo).date()
            return {**columns, "register_until": None} if past else columns

        return (await self._change(meeting_id, viewer, now, change)).meeting

    async def _change(
        self, meeting_id: int, viewer: Viewer, now: datetime, change: Callable[[Seating], dict[str, Any]]
    ) -> SeatsChanged:
        person = viewer.person
        if person is None or not viewer.is_coordinator:
            raise NotCoordinator

        def work(unit: UnitOfWork) -> SeatsChanged:
            held = seating(unit, meeting_id, now)
            _write(held, change(held), person)
            given = held.keep(person.id)
            alert_seats(unit, meeting_id, now, person.id, held.level_before)
            return SeatsChanged(unit.meetings.by_ids([meeting_id], person.id)[meeting_id], given)

        return await self._units.write(work, meeting_id)


def _write(held: Seating, columns: dict[str, Any], by: Person) -> None:
    """Write the columns that differ, and each of them in the meeting's history."""
    before: dict[str, Any] = {name: getattr(held.meeting, name) for name in columns if name != "closed_at"}
    if "closed_at" in columns:
        before["closed_at"] = None if columns["closed_at"] else held.now
    changed = {name: value for name, value in columns.items() if value != before[name]}
    held.unit.seats.set_meeting(held.meeting.id, **changed)
    for name, value in changed.items():
        held.unit.changes.add(held.meeting.id, held.now, by.id, *_said(name, before[name], value))


def _said(name: str, old: object, new: object) -> tuple[str, str | None, str | None]:
    if name == "closed_at":
        return "closed", "closed" if old else None, "closed" if new else None
    return name, None if old is None else str(old), None if new is None else str(new)
