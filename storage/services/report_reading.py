"""Reading reports: all that is known of a meeting, as much of it as a viewer may see, and which meeting is at hand."""

from dataclasses import replace
from datetime import datetime, timedelta

from storage.domain.meetings import Meeting
from storage.domain.people import Viewer
from storage.domain.refusals import NoReport
from storage.domain.registrations import RegistrationStatus
from storage.domain.reports import (
    SUMMARISED,
    Line,
    LineKind,
    Origin,
    Report,
    ReportFile,
    may_correct,
    numbered,
    numbered_as_noted,
)
from storage.repositories.agenda import HIGHEST_ID
from storage.services.report_held import visible
from storage.services.report_people import who_were_there
from storage.unit_of_work import UnitOfWork

BEFORE = timedelta(minutes=30)
"""So long before a meeting begins notes of it may be made."""

AFTER = timedelta(hours=72)
"""So long after a meeting what somebody notes is still about that one, until its summary was posted."""

STILL = timedelta(days=14)
"""So long after a meeting who may correct its report still adds to it, also when it was posted."""


def lines_of(unit: UnitOfWork, meeting_id: int, posted: bool) -> tuple[Line, ...]:
    """The lines of a report, without what was taken away, by the numbers that people call them by now."""
    if posted:
        return numbered(unit.reports.lines(meeting_id))
    kept = unit.reports.kept(meeting_id)
    # What gave way to a newer report was taken away by nobody, and had its number for as long as that stood there.
    gone = [one.line.id for one in kept if one.removed and one.changed and one.line.kind in SUMMARISED]
    return numbered_as_noted((one.line for one in kept if not one.removed), gone)


def report_of(unit: UnitOfWork, meeting: Meeting) -> Report:
    """All that is known of a meeting that was held, its lines numbered; also what is private."""
    standing = unit.reports.standing(meeting.id)
    lines = lines_of(unit, meeting.id, standing.posted_at is not None)
    present, excused, others = who_were_there(unit, meeting, lines)
    return Report(meeting, standing, lines, present, excused, others)


def told(unit: UnitOfWork, meeting_id: int) -> Report | None:
    """The report of a meeting for a notice; None when there is no such meeting."""
    ids = [meeting_id] if 0 < meeting_id < HIGHEST_ID else []
    meeting = unit.meetings.by_ids(ids, None).get(meeting_id)
    return report_of(unit, meeting) if meeting else None


def report_for(unit: UnitOfWork, meeting_id: int, viewer: Viewer) -> Report:
    """The report as a viewer may see it. Raises NoSuchMeeting, NoReport."""
    meeting = visible(unit, meeting_id, viewer)
    found = report_of(unit, meeting)
    if may_correct(viewer, meeting):
        return found
    if found.standing.posted_at is None:
        raise NoReport
    return replace(found, lines=tuple(one for one in found.lines if not one.private))


def report_file(unit: UnitOfWork, meeting: Meeting, viewer: Viewer) -> ReportFile | None:
    """The report as a document for this viewer, without what is private; None where there is none for them."""
    network = unit.agendas.network()
    found = report_of(unit, meeting)
    hidden = found.standing.posted_at is None and not may_correct(viewer, meeting)
    if network is None or hidden or not meeting.agenda_visible_to(viewer):
        return None
    shown = tuple(one for one in found.lines if not one.private)
    return ReportFile(network, replace(found, lines=shown), left_out=len(shown) < len(found.lines))


def notes_for(unit: UnitOfWork, meeting_id: int, viewer: Viewer) -> tuple[Line, ...]:
    """The numbered lines that a viewer may see, by number; after them who was said to be there or not, and remarks."""
    meeting = visible(unit, meeting_id, viewer)
    posted = unit.reports.standing(meeting_id).posted_at is not None
    lines = (one for one in lines_of(unit, meeting_id, posted) if one.number or _is_noted(one))
    seen = [one for one in lines if may_see(one, meeting, viewer, posted)]
    return tuple(sorted(seen, key=lambda one: (not one.number, one.number)))


def may_see(line: Line, meeting: Meeting, viewer: Viewer, posted: bool) -> bool:
    """Whether a viewer may see a line: their own; before posting who takes part; private ones who may correct."""
    if may_correct(viewer, meeting) or is_own(line, viewer):
        return True
    return not line.private and (posted or meeting.viewer_takes_part)


def is_own(line: Line, viewer: Viewer) -> bool:
    """Whether this viewer said it."""
    return viewer.person is not None and viewer.person.id == line.by_id and line.origin is Origin.NOTE


# --- the meeting at hand


def at_hand(unit: UnitOfWork, viewer: Viewer, now: datetime, conversation_id: str) -> Meeting | None:
    """The meeting that a note belongs to, said now in this conversation; None when there is none."""
    chat = unit.reports.meeting_of_chat(conversation_id)
    if chat is not None:
        return _of_chat(unit, chat, viewer, now)
    if viewer.person is None:
        return None
    near = unit.reports.around(now - STILL, now + BEFORE, viewer.person.id)
    running = [one for one, _ in near if not one.is_over(now) and _concerns(unit, one, viewer)]
    if running:
        # Who coordinates may correct all of them, but sits in one; and what began goes before what is to begin.
        return max(running, key=lambda one: (one.viewer_takes_part, one.is_running(now), one.starts.timestamp()))
    lately = [(one, posted) for one, posted in near if one.is_over(now)]
    open_ = [one for one, posted in lately if not posted and _ended_since(one, now - AFTER)]
    over = [one for one in open_ if _concerns(unit, one, viewer)]
    late = [one for one, posted in lately if posted and may_correct(viewer, one) and not _approved(unit, one)]
    return max(over or late, key=lambda one: one.ends.timestamp(), default=None)


def _ended_since(meeting: Meeting, moment: datetime) -> bool:
    return meeting.ends.timestamp() > moment.timestamp()


def _approved(unit: UnitOfWork, meeting: Meeting) -> bool:
    return unit.reports.standing(meeting.id).approved_at is not None


def _of_chat(unit: UnitOfWork, meeting_id: int, viewer: Viewer, now: datetime) -> Meeting | None:
    found = unit.meetings.by_ids([meeting_id], viewer.person.id if viewer.person else None).get(meeting_id)
    if found is None or found.cancelled or not found.agenda_visible_to(viewer) or is_ahead(found, now):
        return None
    return found


def is_ahead(meeting: Meeting, now: datetime) -> bool:
    """Whether a meeting is so far ahead that nothing can be noted of it."""
    return meeting.starts.timestamp() > (now + BEFORE).timestamp()


def _concerns(unit: UnitOfWork, meeting: Meeting, viewer: Viewer) -> bool:
    if may_correct(viewer, meeting):
        return True
    if viewer.person is None or not meeting.viewer_takes_part:
        return False
    own = unit.registrations.standing(viewer.person.id, meeting.id)
    return own is None or own.status is not RegistrationStatus.EXCUSED  # who is not there notes nothing of it


def _is_noted(line: Line) -> bool:
    """Whether a line without a number is one of the notes: who was there, or a remark ("noteer dat het laat was")."""
    return line.kind in _PEOPLE or (line.kind is LineKind.DISCUSSION and line.origin is Origin.NOTE)


_PEOPLE = frozenset({LineKind.ATTENDEE, LineKind.EXCUSED})
