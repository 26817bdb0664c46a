"""Reports of meetings: notes, delivered reports, and correcting what was made of them."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from storage.domain.meetings import Meeting
from storage.domain.minutes import Minutes
from storage.domain.people import Viewer
from storage.domain.refusals import NoSuchMeeting
from storage.domain.reports import Line, NewLine, Report, ReportFile, ReportStanding, ReportTraces
from storage.services.gate import Chosen
from storage.services.report_delivering import delivered, prepared, to_prepare
from storage.services.report_held import visible
from storage.services.report_lines import added, changed, noted, removed, restored
from storage.services.report_listing import listed
from storage.services.report_reading import at_hand, notes_for, report_file, report_for, report_of, told
from storage.services.report_touching import linked, touched
from storage.unit_of_work import UnitOfWork, Units

__all__ = ["Reports", "report_of", "touched"]


class Reports:
    """What is written of meetings. What a viewer may not see raises NoSuchMeeting, as if there was nothing."""

    def __init__(self, units: Units) -> None:
        self._units = units

    async def at_hand(self, viewer: Viewer, now: datetime, conversation_id: str = "") -> Meeting | None:
        """The meeting that a note belongs to, said in this conversation; None when there is none.

        That of this meeting chat; else the one that runs or begins within half an hour, in which the viewer takes part
        or which they may correct; else the last one that ended less than 72 hours ago and was not posted; else, for
        who may correct it, the last one that was posted and ended less than 14 days ago, until it is approved.
        """
        return await self._units.read(lambda unit: at_hand(unit, viewer, now, conversation_id))

    async def note(
        self,
        new: NewLine,
        meeting_id: int,
        viewer: Viewer,
        now: datetime,
        *,
        chosen: Chosen = False,
        conversation_id: str = "",
    ) -> Line:
        """Note something of a meeting, for who takes part, is in its chat, or may correct it; said twice it is one.

        Raises NoSuchMeeting, NotKnown, NotRegistered for who does not take part, MeetingCancelled, NotNow more than
        half an hour before it, ReportApproved, NothingSaid, TooLong, NotSensible, IdentifiesSomebody.
        """

        def work(unit: UnitOfWork) -> Line:
            return noted(unit, new, meeting_id, viewer, now, chosen, conversation_id)

        return await self._units.write(work, meeting_id)

    async def notes(self, meeting_id: int, viewer: Viewer) -> tuple[Line, ...]:
        """The numbered lines that a viewer may see, by number: before posting for who takes part, and one's own."""
        return await self._units.read(lambda unit: notes_for(unit, meeting_id, viewer))

    async def change(
        self,
        meeting_id: int,
        line_id: int,
        values: Mapping[str, Any],
        viewer: Viewer,
        now: datetime,
        *,
        chosen: Chosen = False,
    ) -> Line:
        """Change text, owner, due, kind, until, private or certain of a line; what who may correct changes is certain.

        One's own note until it is posted, else for who may correct. Raises NoSuchMeeting, NoSuchLine, NotCoordinator,
        ReportApproved, NothingSaid, TooLong, IdentifiesSomebody; NotSensible for a value that means nothing, and for
        making public what was said about a case.
        """

        def work(unit: UnitOfWork) -> Line:
            return changed(unit, meeting_id, line_id, values, viewer, now, chosen)

        return await self._units.write(work, meeting_id)

    async def remove(self, meeting_id: int, line_id: int, viewer: Viewer, now: datetime) -> Line:
        """Take a line away; twice is once. Raises NoSuchMeeting, NoSuchLine, NotCoordinator, ReportApproved."""
        return await self._units.write(lambda unit: removed(unit, meeting_id, line_id, viewer, now), meeting_id)

    async def restore(self, meeting_id: int, line_id: int, viewer: Viewer, now: datetime) -> Line:
        """Put back what was taken away. Raises the same."""
        return await self._units.write(lambda unit: restored(unit, meeting_id, line_id, viewer, now), meeting_id)

    async def add(
        self, meeting_id: int, new: NewLine, viewer: Viewer, now: datetime, *, chosen: Chosen = False
    ) -> Line:
        """Add a line to a report, for who may correct. Raises NotCoordinator, and what `note` raises but NotNow."""
        return await self._units.write(lambda unit: added(unit, meeting_id, new, viewer, now, chosen), meeting_id)

    async def list_people(
        self, meeting_id: int, people: Sequence[NewLine], viewer: Viewer, now: datetime, *, chosen: Chosen = False
    ) -> Report:
        """Correct who was there and who was excused: ATTENDEE and EXCUSED lines, one for each, which are all of them.

        For who may correct. Raises NoSuchMeeting, NotCoordinator, MeetingCancelled, ReportApproved, TooLong,
        IdentifiesSomebody; NothingSaid where nobody was there.
        """
        return await self._units.write(lambda unit: listed(unit, meeting_id, people, viewer, now, chosen), meeting_id)

    async def deliver(
        self, meeting_id: int, name: str, text: str, minutes: Minutes, viewer: Viewer | None, now: datetime
    ) -> Report:
        """Take in a report that was written and read; `viewer` None for an import. The same text twice is once.

        `minutes` is what was read in `text`. Its lines come in the place of those of an earlier one that nobody
        corrected; a note that says the same is merged into them. What is about a case is private; so is, and to be
        confirmed, what may identify somebody. Raises NoSuchMeeting, NotCoordinator, MeetingCancelled, ReportApproved.
        """

        cases, names = await self._units.read(lambda unit: to_prepare(unit, meeting_id, viewer))
        ready = await asyncio.to_thread(prepared, minutes, text, cases, names)

        def work(unit: UnitOfWork) -> Report:
            return delivered(unit, meeting_id, name, text, minutes, viewer, now, ready)

        return await self._units.write(work, meeting_id)

    async def report(self, meeting_id: int, viewer: Viewer) -> Report:
        """The report of a meeting as a viewer may see it. Raises NoSuchMeeting; NoReport before it was posted, but not
        for who may correct it.
        """
        return await self._units.read(lambda unit: report_for(unit, meeting_id, viewer))

    async def standing(self, meeting_id: int, viewer: Viewer) -> ReportStanding:
        """How far the report of a meeting is. Raises NoSuchMeeting."""

        def work(unit: UnitOfWork) -> ReportStanding:
            return unit.reports.standing(visible(unit, meeting_id, viewer).id)

        return await self._units.read(work)

    async def file(self, meeting_id: int, viewer: Viewer) -> ReportFile | None:
        """The report as a document for this viewer, without what is private; None where there is none for them."""

        def work(unit: UnitOfWork) -> ReportFile | None:
            try:
                return report_file(unit, visible(unit, meeting_id, viewer), viewer)
            except NoSuchMeeting:
                return None

        return await self._units.read(work)

    async def told(self, meeting_id: int) -> Report | None:
        """The whole report for a notice, also what is private; None when the meeting is gone."""
        return await self._units.read(lambda unit: told(unit, meeting_id))

    async def traces(self, viewer: Viewer) -> ReportTraces:
        """How much of the viewer is kept around reports."""
        person = viewer.person
        if person is None:
            return ReportTraces()
        return await self._units.read(lambda unit: unit.reports.traces(person.id))

    async def link(
        self, meeting_id: int, viewer: Viewer, now: datetime, *, recording: str | None = None, report: str | None = None
    ) -> ReportStanding:
        """Keep the https address of the recording or the full report; an empty one takes it away, None leaves it.

        Raises NoSuchMeeting, NotCoordinator, and NotSensible("recording" or "report") for what is no such address.
        """
        return await self._units.write(
            lambda unit: linked(unit, meeting_id, viewer, now, recording, report), meeting_id
        )
