"""Approving reports: what people object, what becomes of that, and who approved when."""

from dataclasses import replace
from datetime import datetime
from functools import partial

from storage.domain.approving import LOOK_BACK, Approving, previous_of
from storage.domain.people import Viewer
from storage.domain.refusals import NoReport, NotCoordinator, ObjectionsOpen
from storage.domain.reports import Approval, Objection, Report, may_correct
from storage.repositories.report_history import Version
from storage.services.approval_due import approve_silently, approved, show_again, silent, to_ask
from storage.services.errands import each_alone
from storage.services.gate import Chosen
from storage.services.objecting import approving, objected, posted, settled
from storage.services.report_held import held, visible
from storage.services.report_reading import report_of
from storage.unit_of_work import UnitOfWork, Units


class Approvals:
    """Objections and approval. What a viewer may not see raises NoSuchMeeting, as if there was nothing."""

    def __init__(self, units: Units) -> None:
        self._units = units

    async def object(
        self, meeting_id: int, line_id: int | None, text: str, viewer: Viewer, now: datetime, *, chosen: Chosen = False
    ) -> Objection:
        """Object to a line of a posted report, or to the whole; said twice it is one.

        Raises NoSuchMeeting, NoReport, ReportApproved, NoSuchLine, NotKnown, NothingSaid, TooLong, IdentifiesSomebody.
        """

        def work(unit: UnitOfWork) -> Objection:
            return objected(unit, meeting_id, line_id, text, viewer, now, chosen)

        return await self._units.write(work, meeting_id)

    async def settle(
        self,
        objection_id: int,
        taken: bool,
        viewer: Viewer,
        now: datetime,
        *,
        new_text: str | None = None,
        chosen: Chosen = False,
    ) -> Objection:
        """Take an objection over, with `new_text` for the line that it is about, or leave it; who objected is told.

        Raises NoSuchObjection, NoSuchMeeting, NotCoordinator, ReportApproved, and what changing a line raises.
        """

        def work(unit: UnitOfWork) -> Objection:
            return settled(unit, objection_id, taken, viewer, now, new_text, chosen)

        return await self._units.write(work)

    async def of(self, meeting_id: int, viewer: Viewer) -> Approving:
        """How far the approval of a report is, with all objections for who may correct it, else one's own.

        Raises NoSuchMeeting, NoReport before it was posted.
        """

        def work(unit: UnitOfWork) -> Approving:
            meeting = visible(unit, meeting_id, viewer)
            found = approving(unit, meeting)
            if found.standing.posted_at is None:
                raise NoReport
            if may_correct(viewer, meeting):
                return found
            own = viewer.person.id if viewer.person else 0
            return replace(found, objections=tuple(one for one in found.objections if one.person.id == own))

        return await self._units.read(work)

    async def told(self, objection_id: int) -> tuple[Objection, Report] | None:
        """An objection and its report, for a notice; None when it is gone."""

        def work(unit: UnitOfWork) -> tuple[Objection, Report] | None:
            found = unit.objections.by_id(objection_id)
            meeting = unit.meetings.by_ids([found.meeting_id], None).get(found.meeting_id) if found else None
            return (found, report_of(unit, meeting)) if found and meeting else None

        return await self._units.read(work)

    async def standing(self, meeting_id: int) -> Approving | None:
        """How far an approval is, for a notice; None when the meeting is gone."""

        def work(unit: UnitOfWork) -> Approving | None:
            meeting = unit.meetings.by_ids([meeting_id], None).get(meeting_id)
            return approving(unit, meeting) if meeting else None

        return await self._units.read(work)

    async def waits_for(self, meeting_id: int) -> Approving | None:
        """The report that is to be approved at this meeting: the previous one of its circle, if there is one."""

        def work(unit: UnitOfWork) -> Approving | None:
            meeting = unit.meetings.by_ids([meeting_id], None).get(meeting_id)
            previous = previous_of(meeting, unit.objections.waiting(meeting.starts - LOOK_BACK)) if meeting else None
            return approving(unit, previous) if previous else None

        return await self._units.read(work)

    async def approve(
        self, meeting_id: int, viewer: Viewer, now: datetime, *, in_meeting_id: int | None = None, anyway: bool = False
    ) -> Approving:
        """A meeting approved a report: it does not change any more. Approved twice it is once.

        Raises NoSuchMeeting, NotCoordinator, NoReport, and ObjectionsOpen unless `anyway`.
        """

        def work(unit: UnitOfWork) -> Approving:
            found = held(unit, meeting_id, viewer)
            found.must_correct()
            before = posted(unit, found)
            if before.standing.approved_at is not None:
                return before
            if before.open and not anyway:
                raise ObjectionsOpen(len(before.open))
            by_id = viewer.person.id if viewer.person else None
            there = unit.meetings.by_ids([in_meeting_id], None) if in_meeting_id else {}
            at = in_meeting_id if in_meeting_id in there else None
            return approved(unit, found.meeting, Approval.AT_MEETING, now, by_id, at)

        return await self._units.write(work, meeting_id)

    async def reopen(self, meeting_id: int, viewer: Viewer, now: datetime) -> Approving:
        """Take an approval back. Raises NoSuchMeeting, NotCoordinator, NoReport."""

        def work(unit: UnitOfWork) -> Approving:
            found = held(unit, meeting_id, viewer)
            found.must_correct()
            if posted(unit, found).standing.approved_at is not None:
                nothing = dict.fromkeys(("approved_at", "approved_by_id", "approved_how", "approved_in_id"))
                unit.reports.write(meeting_id, **nothing)
                show_again(unit, found.meeting, now)
            return approving(unit, found.meeting)

        return await self._units.write(work, meeting_id)

    async def versions(self, meeting_id: int, viewer: Viewer) -> tuple[Version, ...]:
        """The versions of a report that were kept, the latest last, for who may correct it.

        Raises NoSuchMeeting, NotCoordinator.
        """

        def work(unit: UnitOfWork) -> tuple[Version, ...]:
            meeting = visible(unit, meeting_id, viewer)
            if not may_correct(viewer, meeting):
                raise NotCoordinator
            return unit.report_history.versions(meeting.id)

        return await self._units.read(work)

    async def plan_due(self, now: datetime) -> int:
        """Ask after a meeting whether it approved the previous report, and let silence approve where that is set.

        How much was done. Called again and again by every replica: each is asked about and approved once.
        """
        asked, unopposed = await self._units.read(lambda unit: (to_ask(unit, now), silent(unit, now)))
        done = await self._units.write(lambda unit: unit.notices.plan_all(asked, now)) if asked else 0
        works = {one: partial(self._approve_silently, one, now) for one in unopposed}
        return done + await each_alone(works)

    async def _approve_silently(self, meeting_id: int, now: datetime) -> int:
        return await self._units.write(lambda unit: approve_silently(unit, meeting_id, now), meeting_id)
