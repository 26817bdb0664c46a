"""Summaries after meetings: what Teams tells of them, what is due, holding and posting, and what each may read."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from storage.domain.calendar import SendingHours
from storage.domain.meetings import Meeting
from storage.domain.notices import NoticeState, Timing
from storage.domain.people import Viewer
from storage.domain.refusals import MeetingCancelled, NoReport, NotCoordinator, NothingToSend, NotNow
from storage.domain.reports import (
    SUMMARY,
    SUMMARY_DRAFT,
    SUMMARY_POST,
    Report,
    ReportStanding,
    may_correct,
    numbered,
)
from storage.domain.summaries import (
    EARLY,
    LATE,
    Draft,
    Heard,
    Summary,
    drafted,
    is_material,
    is_of,
    meant,
    over_at,
    posts_at,
)
from storage.services.due_summaries import do, draft, due
from storage.services.errands import each_alone
from storage.services.report_held import Held, held, visible
from storage.services.report_reading import report_of
from storage.services.summary_posting import goes_to_channel, post, readers, summary_of, told
from storage.unit_of_work import UnitOfWork, Units

_POSTS = (SUMMARY_POST, SUMMARY)
_TROUBLED = (NoticeState.FAILED, NoticeState.AMBIGUOUS)
A_MINUTE = timedelta(minutes=1)


class Summaries:
    """Summaries. What a viewer may not see raises NoSuchMeeting; what they may not decide NotCoordinator."""

    def __init__(self, units: Units, hours: Callable[[], SendingHours] = SendingHours) -> None:
        self._units, self._hours = units, hours

    # --- what Teams tells

    async def began(self, heard: Heard, now: datetime) -> Meeting | None:
        """A call began: the meeting that is held in it, None when it is none of ours. Told twice it is once."""
        return await self._units.write(lambda unit: _heard(unit, heard, "started_at", now))

    async def ended(self, heard: Heard, now: datetime) -> Meeting | None:
        """A call ended: the meeting that was held in it; of several ends the last one counts."""
        return await self._units.write(lambda unit: _heard(unit, heard, "ended_at", now))

    # --- what is due

    async def plan_due(self, now: datetime) -> int:
        """Ask, draft and post what is due; how much was done. Called again and again by every replica: each is done
        once.
        """
        hours = self._hours()
        ids = await self._units.read(lambda unit: due(unit, now, hours))
        return await each_alone({one: partial(self._do, one, now, hours) for one in ids})

    async def _do(self, meeting_id: int, now: datetime, hours: SendingHours) -> int:
        return await self._units.write(lambda unit: do(unit, meeting_id, now, hours), meeting_id)

    # --- by who may correct it

    async def hold(self, meeting_id: int, viewer: Viewer, now: datetime, held_: bool) -> Draft:
        """Don't let a summary be posted by itself, or do so again. Raises MeetingCancelled; NotNow once it was."""

        def work(unit: UnitOfWork) -> Draft:
            found = _held(unit, meeting_id, viewer)
            if found.standing.posted_at is not None:
                raise NotNow
            unit.reports.write(meeting_id, held=held_)
            unit.notices.changed(SUMMARY_DRAFT, str(meeting_id), now)
            return self._draft(unit, found.meeting)

        return await self._units.write(work, meeting_id)

    async def release(self, meeting_id: int, viewer: Viewer, now: datetime) -> tuple[Report, bool]:
        """Post a summary now, at any hour; with whether that was done just now: posted before, nothing changes.

        Raises MeetingCancelled, NotNow before the meeting is over, NoReport where there is nothing to tell.
        """

        def work(unit: UnitOfWork) -> tuple[Report, bool]:
            found = _held(unit, meeting_id, viewer)
            if found.standing.posted_at is not None:
                return report_of(unit, found.meeting), False
            if not _may_go(found.meeting, found.standing, now):
                raise NotNow
            if not is_material(report_of(unit, found.meeting)):
                raise NoReport
            if not drafted(found.meeting, found.standing):
                draft(unit, found.meeting, now)
            by_id = viewer.person.id if viewer.person else None
            return post(unit, found.meeting, now, by_id, Timing.URGENT), True

        return await self._units.write(work, meeting_id)

    async def again(self, meeting_id: int, viewer: Viewer, now: datetime) -> int:
        """Send once more what did not arrive of a posted summary, or may not have; how many. Raises NothingToSend."""

        def work(unit: UnitOfWork) -> int:
            _held(unit, meeting_id, viewer)
            subject = str(meeting_id)
            moved = [
                unit.notices.move(kind, subject, _TROUBLED, NoticeState.READY, now, Timing.URGENT) for kind in _POSTS
            ]
            if not sum(moved):
                raise NothingToSend
            return sum(moved)

        return await self._units.write(work, meeting_id)

    async def draft(self, meeting_id: int, viewer: Viewer) -> Draft:
        """A report with all its lines, for who may correct it."""

        def work(unit: UnitOfWork) -> Draft:
            return self._draft(unit, _corrected(unit, meeting_id, viewer))

        return await self._units.read(work)

    async def to_whom(self, meeting_id: int) -> tuple[bool, int]:
        """Whether a summary goes to the channel, else to how many people."""

        def work(unit: UnitOfWork) -> tuple[bool, int]:
            meeting = unit.meetings.by_ids([meeting_id], None).get(meeting_id)
            if meeting is None:
                return False, 0
            return goes_to_channel(unit, meeting), len(readers(unit, meeting))

        return await self._units.read(work)

    # --- for everybody

    async def summary(self, meeting_id: int, viewer: Viewer) -> Summary:
        """The posted summary of a meeting. Raises NoReport before that, also for who may correct it."""

        def work(unit: UnitOfWork) -> Summary:
            report = report_of(unit, visible(unit, meeting_id, viewer))
            if report.standing.posted_at is None:
                raise NoReport
            return summary_of(unit, report)

        return await self._units.read(work)

    async def preview(self, meeting_id: int, viewer: Viewer) -> Summary:
        """The summary as it would be posted now, for who may correct it."""

        def work(unit: UnitOfWork) -> Summary:
            report = report_of(unit, _corrected(unit, meeting_id, viewer))
            return summary_of(unit, replace(report, lines=numbered(report.lines)))

        return await self._units.read(work)

    async def told(self, meeting_id: int, person_id: int | None) -> Summary | None:
        """A posted summary for a notice to one person, or in the channel (None); None for who may not read it."""
        return await self._units.read(lambda unit: told(unit, meeting_id, person_id))

    async def drafted(self, meeting_id: int, person_id: int) -> Draft | None:
        """A draft for a notice to somebody; None once they may not correct it, or the meeting is gone."""

        def work(unit: UnitOfWork) -> Draft | None:
            person = next(iter(unit.people.by_ids([person_id])), None)
            meeting = unit.meetings.by_ids([meeting_id], person_id).get(meeting_id)
            if person is None or meeting is None or not may_correct(Viewer(person, member=True), meeting):
                return None
            return self._draft(unit, meeting)

        return await self._units.read(work)

    def _draft(self, unit: UnitOfWork, meeting: Meeting) -> Draft:
        report = report_of(unit, meeting)
        goes = posts_at(meeting, report.standing, self._hours()) if is_material(report) else None
        return Draft(report, goes)


def _corrected(unit: UnitOfWork, meeting_id: int, viewer: Viewer) -> Meeting:
    """A meeting whose report this viewer may correct. Raises NoSuchMeeting, NotCoordinator."""
    meeting = visible(unit, meeting_id, viewer)
    if not may_correct(viewer, meeting):
        raise NotCoordinator
    return meeting


def _held(unit: UnitOfWork, meeting_id: int, viewer: Viewer) -> Held:
    """The same, with the meeting locked. Raises MeetingCancelled as well."""
    found = held(unit, meeting_id, viewer)
    found.must_correct()
    if found.meeting.cancelled:
        raise MeetingCancelled
    return found


def _may_go(meeting: Meeting, standing: ReportStanding, now: datetime) -> bool:
    """Whether a summary may be posted by hand: the meeting is over, or so much so that somebody says it is."""
    return over_at(meeting, standing).timestamp() <= now.timestamp() or meeting.is_over(now)


def _heard(unit: UnitOfWork, heard: Heard, column: str, now: datetime) -> Meeting | None:
    """Tie a call to its meeting and keep when it began or ended: the latest of each that is about that meeting."""
    found = _tied(unit, heard)
    if found is None or unit.seats.locked(found.id) is None:
        return None
    if not heard.in_channel:
        unit.summaries.tie(heard.conversation_id, found.id, heard.teams_id, now)
    before = getattr(unit.reports.standing(found.id), column)
    if before is None or before.timestamp() < heard.at.timestamp():
        unit.reports.write(found.id, **{column: heard.at})
    return found


def _tied(unit: UnitOfWork, heard: Heard) -> Meeting | None:
    """The meeting of that chat, where it is held now; else the one that the link or the title means."""
    id_ = unit.reports.meeting_of_chat(heard.conversation_id)
    known = unit.meetings.by_ids([id_], None).get(id_) if id_ is not None else None
    if known is not None and not known.cancelled and is_of(known, heard.at):
        return known
    # A minute more: `coming` leaves out what starts at the very moment.
    return meant(heard, unit.meetings.coming(heard.at - LATE - A_MINUTE, heard.at + EARLY + A_MINUTE))
