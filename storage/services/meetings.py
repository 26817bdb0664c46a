"""Finding meetings, their sessions and their agenda."""

from collections.abc import Collection
from datetime import datetime

from storage.domain.agenda import AgendaPoint
from storage.domain.meetings import Meeting, MeetingQuery, Session, Which
from storage.domain.people import Viewer
from storage.unit_of_work import UnitOfWork, Units


class Meetings:
    """Questions about meetings."""

    def __init__(self, units: Units) -> None:
        self._units = units

    async def find(self, query: MeetingQuery, viewer: Viewer, zone: str, now: datetime) -> tuple[Meeting, ...]:
        """The meetings that a question refers to; empty when there are none.

        NEXT gives the nearest that is not over, or those of a named period. A period that lies behind, or a title
        that is only in the past, gives the past one. PREVIOUS gives the latest that is over. ALL gives all to come,
        or all of a named period in order. A cancelled meeting is found by its name or day,
        where no other is meant.
        """
        return await self._units.read(lambda unit: _find(unit, query, _id(viewer), zone, now))

    async def known(self, ids: Collection[int], viewer: Viewer) -> tuple[Meeting, ...]:
        """The meetings with these ids, the earliest first."""
        found = await self._units.read(lambda unit: unit.meetings.by_ids(ids, _id(viewer)))
        return tuple(sorted(found.values(), key=lambda meeting: meeting.starts))

    async def sessions(self, meeting: Meeting) -> tuple[Session, ...]:
        """The parallel parts of a meeting."""
        return await self._units.read(lambda unit: unit.meetings.sessions(meeting.id))

    async def agenda(self, meeting: Meeting) -> tuple[AgendaPoint, ...]:
        """The agenda of a meeting. Whether the viewer may see it is `meeting.agenda_visible_to`."""
        return await self._units.read(lambda unit: unit.agenda.of_meeting(meeting.id))


def _id(viewer: Viewer) -> int | None:
    return viewer.person.id if viewer.person else None


def _find(
    unit: UnitOfWork, query: MeetingQuery, viewer_id: int | None, zone: str, now: datetime
) -> tuple[Meeting, ...]:
    if query.which is Which.PREVIOUS:
        return unit.meetings.past(query, now, zone, viewer_id)[:1]
    coming = unit.meetings.upcoming(query, now, zone, viewer_id)
    if query.which is Which.NEXT:
        ahead = query.first is not None and query.first > now.date()
        looks_back = (query.bounded or query.ids) and not coming and not ahead
        found = unit.meetings.past(query, now, zone, viewer_id)[::-1] if looks_back else coming
        return _taking_place(found) if query.bounded else found[:1]
    past = unit.meetings.past(query, now, zone, viewer_id) if query.bounded else ()
    return tuple(reversed(past)) + coming


def _taking_place(found: tuple[Meeting, ...]) -> tuple[Meeting, ...]:
    """Those that take place; the cancelled ones where there is nothing else."""
    return tuple(meeting for meeting in found if not meeting.cancelled) or found
