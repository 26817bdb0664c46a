"""The report of a meeting in a transaction: locked before it is written, and checked for who asks."""

from dataclasses import dataclass

from storage.domain.meetings import Meeting
from storage.domain.people import Viewer
from storage.domain.refusals import MeetingCancelled, NoSuchMeeting, NotCoordinator, ReportApproved
from storage.domain.reports import ReportStanding, may_correct
from storage.repositories.agenda import HIGHEST_ID
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting whose report nobody else writes until the transaction ends. `corrects`: the viewer may correct it."""

    meeting: Meeting
    standing: ReportStanding
    corrects: bool

    def must_correct(self) -> None:
        """Raises NotCoordinator for who may not correct it."""
        if not self.corrects:
            raise NotCoordinator

    def must_be_open(self) -> None:
        """Raises MeetingCancelled, ReportApproved."""
        if self.meeting.cancelled:
            raise MeetingCancelled
        if self.standing.approved_at is not None:
            raise ReportApproved


def visible(unit: UnitOfWork, meeting_id: int, viewer: Viewer) -> Meeting:
    """A meeting whose report this viewer may see. Raises NoSuchMeeting."""
    ids = [meeting_id] if 0 < meeting_id < HIGHEST_ID else []
    found = unit.meetings.by_ids(ids, viewer.person.id if viewer.person else None).get(meeting_id)
    if found is None or not found.agenda_visible_to(viewer):
        raise NoSuchMeeting
    return found


def held(unit: UnitOfWork, meeting_id: int, viewer: Viewer) -> Held:
    """The report of a meeting, locked, for a viewer who may see it. Raises NoSuchMeeting."""
    if 0 < meeting_id < HIGHEST_ID:
        unit.seats.locked(meeting_id)
    meeting = visible(unit, meeting_id, viewer)
    return Held(meeting, unit.reports.standing(meeting_id), may_correct(viewer, meeting))
