"""The agenda of a meeting as a whole: composing, publishing and holding it, and what people promised to bring."""

from dataclasses import replace
from datetime import datetime
from functools import partial

from storage.domain.agenda import AgendaStanding, may_arrange
from storage.domain.composing import Composition
from storage.domain.meetings import Meeting
from storage.domain.notices import Timing
from storage.domain.people import Person, Viewer
from storage.domain.publishing import Promise, Publication, points_until
from storage.domain.refusals import (
    MeetingCancelled,
    MeetingOver,
    NoSuchMeeting,
    NotCoordinator,
    NotNow,
    TooLong,
)
from storage.repositories.agenda import HIGHEST_ID
from storage.services.action_reading import follow_up
from storage.services.composing import applied, composed
from storage.services.due_agendas import DueAgenda, due_agendas, goes_at, last_drafted
from storage.services.errands import each_alone
from storage.services.gate import Chosen, passed
from storage.services.points_held import known, meeting_to_come
from storage.services.publishing import has_content, publication, publish, who_come
from storage.unit_of_work import UnitOfWork, Units

LONGEST_ABOUT = 200
"""Characters of what somebody promises to bring."""


class Agendas:
    """Agendas. What arranges one raises NotCoordinator, NoSuchMeeting, MeetingOver and MeetingCancelled."""

    def __init__(self, units: Units) -> None:
        self._units = units

    async def standing(self, meeting_id: int) -> AgendaStanding:
        """How far the agenda of a meeting is."""
        return await self._units.read(lambda unit: unit.agendas.standing(meeting_id))

    async def composition(self, meeting_id: int, viewer: Viewer, now: datetime) -> Composition:
        """The agenda as the bot proposes it; nothing changes."""
        return await self._units.read(lambda unit: composed(unit, _arranged(unit, meeting_id, viewer, now)))

    async def apply(self, meeting_id: int, viewer: Viewer, now: datetime) -> Composition:
        """Make the proposed agenda the agenda; what does not fit is a proposal again. Twice is once."""

        def work(unit: UnitOfWork) -> Composition:
            meeting = _arranged(unit, meeting_id, viewer, now, lock=True)
            return applied(unit, composed(unit, meeting), now, known(viewer).id)

        return await self._units.write(work, meeting_id)

    async def publication(self, meeting_id: int, viewer: Viewer, now: datetime) -> Publication:
        """The agenda as it stands, and to whom it would go. Raises NotNow where nothing is on it yet."""
        return await self._units.read(lambda unit: _publishable(unit, _arranged(unit, meeting_id, viewer, now)))

    async def publish(
        self, meeting_id: int, viewer: Viewer, now: datetime, urgent: bool = False, compose: bool = False
    ) -> Publication:
        """Publish it once; twice changes nothing. `urgent`: at any hour. Raises NotNow as `publication` does.

        `compose`: first as the draft shows it, where nobody composed it yet.
        """

        def work(unit: UnitOfWork) -> Publication:
            meeting = _arranged(unit, meeting_id, viewer, now, lock=True)
            if compose and unit.agendas.standing(meeting_id).composed_at is None:
                applied(unit, composed(unit, meeting, keep_accepted=True), now, known(viewer).id)
            found = _publishable(unit, meeting)
            if found.standing.published_at is not None:
                return found
            return publish(unit, found.meeting, now, Timing.URGENT if urgent else Timing.NORMAL)

        return await self._units.write(work, meeting_id)

    async def hold(self, meeting_id: int, viewer: Viewer, now: datetime, held: bool) -> AgendaStanding:
        """Don't let it be published by itself, or do so again. Raises NotNow when it was published."""

        def work(unit: UnitOfWork) -> AgendaStanding:
            _arranged(unit, meeting_id, viewer, now, lock=True)
            if unit.agendas.standing(meeting_id).published_at is not None:
                raise NotNow
            unit.agendas.write(meeting_id, held=held)
            return unit.agendas.standing(meeting_id)

        return await self._units.write(work, meeting_id)

    async def promise(
        self, meeting_id: int, viewer: Viewer, now: datetime, about: str = "", *, chosen: Chosen = False
    ) -> Promise:
        """Keep that somebody brings something; `about` is empty when they did not say what.

        Raises NotKnown, NoSuchMeeting, MeetingOver, MeetingCancelled, TooLong, IdentifiesSomebody (field "about").
        """
        person = known(viewer)

        def work(unit: UnitOfWork) -> Promise:
            meeting = meeting_to_come(unit, meeting_id, viewer, now)
            said = passed(unit, about, "about", chosen=chosen)
            if len(said) > LONGEST_ABOUT:
                raise TooLong
            unit.agendas.promise(meeting_id, person.id, " ".join(said.split()) or None, now)
            return _promise(unit, meeting, person)

        return await self._units.write(work, meeting_id)

    async def unpromise(self, meeting_id: int, viewer: Viewer) -> None:
        """Take such a promise back; there need not be one. Raises NotKnown."""
        person = known(viewer)
        await self._units.write(lambda unit: unit.agendas.drop_promise(meeting_id, person.id))

    async def promised(self, meeting_id: int, person_id: int, now: datetime) -> Promise | None:
        """What somebody still has to bring to a meeting to come; None when there is nothing (any more)."""

        def work(unit: UnitOfWork) -> Promise | None:
            meeting = unit.meetings.by_ids([meeting_id], person_id).get(meeting_id)
            person = next(iter(unit.people.by_ids([person_id])), None)
            if meeting is None or person is None or meeting.cancelled or meeting.starts.timestamp() <= now.timestamp():
                return None
            found = _promise(unit, meeting, person)
            waits = found.case or person_id in unit.agendas.promises(meeting_id)
            return found if waits and meeting.agenda_visible_to(Viewer(person, member=True)) else None

        return await self._units.read(work)

    async def told(self, meeting_id: int, person_id: int | None, had: bool = False) -> Publication | None:
        """A published agenda for one person, or for the channel (None).

        None for who may not see it, and unless they `had` it before also for who does not come.
        """

        def work(unit: UnitOfWork) -> Publication | None:
            meeting = unit.meetings.by_ids([meeting_id], person_id).get(meeting_id)
            person = next(iter(unit.people.by_ids([person_id])), None) if person_id is not None else None
            viewer = Viewer(person, member=person_id is None)
            if meeting is None or not meeting.agenda_visible_to(viewer):
                return None
            comes = had or person_id is None or person_id in who_come(unit, meeting_id)
            if not comes:
                return None
            return replace(publication(unit, meeting), actions=follow_up(unit, meeting, viewer))

        return await self._units.read(work)

    async def waits(self, viewer: Viewer, now: datetime) -> Meeting | None:
        """The meeting to come whose agenda was drafted last for this viewer, and is not published yet."""
        return await self._units.read(lambda unit: last_drafted(unit, viewer, now))

    async def goes_at(self, meeting: Meeting, now: datetime) -> datetime | None:
        """When an agenda that was drafted goes out by itself; None when never."""
        return await self._units.read(lambda unit: goes_at(unit, meeting, now))

    async def drafted(self, meeting_id: int) -> Composition | None:
        """The agenda as it will be published when nobody does anything; None when there is no such meeting."""

        def work(unit: UnitOfWork) -> Composition | None:
            meeting = unit.meetings.by_ids([meeting_id], None).get(meeting_id)
            return composed(unit, meeting, keep_accepted=True) if meeting else None

        return await self._units.read(work)

    async def plan_due(self, now: datetime) -> int:
        """Draft and publish the agendas whose day has come, give them to who came later, and remind of promises.

        How much was done. Called again and again, each is done once.
        """
        due = await self._units.read(lambda unit: due_agendas(unit, now))
        return await each_alone({one.meeting.id: partial(self._do, one, now) for one in due})

    async def _do(self, due: DueAgenda, now: datetime) -> int:
        """Do what is due about one meeting; looked at first without a lock, for mostly there is nothing."""
        if not await self._units.read(lambda unit: due.anything(unit, now)):
            return 0
        return await self._units.write(lambda unit: due.do(unit, now), due.meeting.id)


def _arranged(unit: UnitOfWork, meeting_id: int, viewer: Viewer, now: datetime, lock: bool = False) -> Meeting:
    """A meeting to come whose agenda this viewer may arrange; with `lock` nobody else changes it meanwhile."""
    if not 0 < meeting_id < HIGHEST_ID or (lock and unit.seats.locked(meeting_id) is None):
        raise NoSuchMeeting
    meeting = unit.meetings.by_ids([meeting_id], viewer.person.id if viewer.person else None).get(meeting_id)
    if meeting is None or not meeting.agenda_visible_to(viewer):
        raise NoSuchMeeting
    if not may_arrange(viewer, meeting):
        raise NotCoordinator
    if meeting.is_over(now):
        raise MeetingOver
    if meeting.cancelled:
        raise MeetingCancelled
    return meeting


def _publishable(unit: UnitOfWork, meeting: Meeting) -> Publication:
    found = publication(unit, meeting)
    if not has_content(found.points):
        raise NotNow
    return found


def _promise(unit: UnitOfWork, meeting: Meeting, person: Person) -> Promise:
    about = unit.agendas.promises(meeting.id).get(person.id)
    case = person.id in unit.agendas.case_drafts(meeting.id)
    return Promise(meeting, person, points_until(meeting, unit.rules.of(meeting.kind)), about, case)
