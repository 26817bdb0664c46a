"""Agenda points in a transaction: locked in one order everywhere, and as much of them as a viewer may see."""

from dataclasses import replace
from datetime import datetime

from storage.domain.agenda import AgendaPoint, Comment, CommentKind, PointDetails, PointKind, PointState, may_arrange
from storage.domain.meetings import Meeting
from storage.domain.people import Person, Viewer
from storage.domain.refusals import (
    MeetingCancelled,
    MeetingOver,
    NoSuchMeeting,
    NoSuchPoint,
    NotKnown,
    NotYours,
    PointSettled,
)
from storage.repositories.agenda import HIGHEST_ID
from storage.unit_of_work import UnitOfWork

_PRIVATE = frozenset({PointState.DECLINED, PointState.WITHDRAWN, PointState.MERGED})
"""What stands so is between its proposer and who arranges the agenda."""


def known(viewer: Viewer) -> Person:
    """The one who asks. Raises NotKnown."""
    if viewer.person is None:
        raise NotKnown
    return viewer.person


def held(unit: UnitOfWork, point_id: int, *also: int | None) -> AgendaPoint:
    """A point that nobody else changes until the transaction ends, and its meeting and these others. NoSuchPoint.

    Meetings are locked first, in the order of their ids, and then points: everywhere, so that nobody waits in a ring.
    Only a point that goes elsewhere at this very moment can make one; then the database lets one of both begin again.
    """
    found = unit.agenda.by_ids([point_id]).get(point_id)
    if found is None:
        raise NoSuchPoint
    for meeting_id in sorted(one for one in {found.meeting_id, *also} if one is not None and 0 < one < HIGHEST_ID):
        unit.seats.locked(meeting_id)
    point = unit.agenda.locked(point_id)
    if point is None:
        raise NoSuchPoint
    return point


def its_meeting(unit: UnitOfWork, point: AgendaPoint, viewer: Viewer) -> Meeting | None:
    """The meeting of a point, as it is for a viewer; None for the backlog."""
    if point.meeting_id is None:
        return None
    viewer_id = viewer.person.id if viewer.person else None
    return unit.meetings.by_ids([point.meeting_id], viewer_id).get(point.meeting_id)


def to_change(unit: UnitOfWork, point_id: int, viewer: Viewer, *also: int | None) -> tuple[AgendaPoint, Meeting | None]:
    """A locked point with its meeting, for its proposer or who may arrange. Raises NotKnown, NoSuchPoint, NotYours."""
    known(viewer)
    point = held(unit, point_id, *also)
    meeting = its_meeting(unit, point, viewer)
    if not may_see(point, meeting, viewer):
        raise NoSuchPoint
    if not (point.is_of(viewer) or may_arrange(viewer, meeting)):
        raise NotYours
    return point, meeting


def must_be_open(point: AgendaPoint) -> None:
    """Raises PointSettled."""
    if not point.state.open:
        raise PointSettled


def meeting_to_come(unit: UnitOfWork, meeting_id: int, viewer: Viewer, now: datetime) -> Meeting:
    """A meeting whose agenda this viewer may see, and that is still to be held. It is locked.

    Raises NoSuchMeeting, MeetingOver, MeetingCancelled.
    """
    if not 0 < meeting_id < HIGHEST_ID or unit.seats.locked(meeting_id) is None:
        raise NoSuchMeeting
    found = unit.meetings.by_ids([meeting_id], viewer.person.id if viewer.person else None)[meeting_id]
    if not found.agenda_visible_to(viewer):
        raise NoSuchMeeting
    if found.is_over(now):
        raise MeetingOver
    if found.cancelled:
        raise MeetingCancelled
    return found


def may_see(point: AgendaPoint, meeting: Meeting | None, viewer: Viewer) -> bool:
    """Whether a viewer may hear of a point at all."""
    if point.is_of(viewer) or may_arrange(viewer, meeting):
        return True
    if point.state in _PRIVATE:
        return False
    return not viewer.is_stranger if meeting is None else meeting.agenda_visible_to(viewer)


def shown(point: AgendaPoint, meeting: Meeting | None, viewer: Viewer, published: bool) -> AgendaPoint:
    """A point without what this viewer may not see of it."""
    if point.is_of(viewer) or may_arrange(viewer, meeting):
        return point
    kept = replace(point, declined_why=None, invite=None, guest_name=None, guest_organisation=None)
    if _may_read(point, meeting, viewer, published):
        return kept
    return replace(kept, explanation=None, link=None)


def details(unit: UnitOfWork, point: AgendaPoint, viewer: Viewer) -> PointDetails:
    """A point with all that this viewer may see of it. Raises NoSuchPoint."""
    meeting = its_meeting(unit, point, viewer)
    if not may_see(point, meeting, viewer):
        raise NoSuchPoint
    published = meeting is not None and unit.agendas.standing(meeting.id).published_at is not None
    reads_case = may_read_case(point, meeting, viewer, published)
    return PointDetails(
        point=shown(point, meeting, viewer, published),
        meeting=meeting,
        proposer=_proposer(unit, point, viewer),
        case=unit.agenda_talk.case(point.id) if reads_case else None,
        comments=_comments(unit, point, meeting, viewer, reads_case),
        supported=viewer.person is not None and bool(unit.agenda_talk.supported(viewer.person.id, [point.id])),
    )


def may_read_case(point: AgendaPoint, meeting: Meeting | None, viewer: Viewer, published: bool) -> bool:
    """Whether a viewer may read the prepared text of a case: once published, whoever takes part in the meeting."""
    if point.is_of(viewer) or may_arrange(viewer, meeting):
        return True
    return published and meeting is not None and meeting.viewer_takes_part


def _may_read(point: AgendaPoint, meeting: Meeting | None, viewer: Viewer, published: bool) -> bool:
    """Whether a viewer may read the explanation, which of a case says as much as its text."""
    if point.kind is PointKind.CASE:
        return may_read_case(point, meeting, viewer, published)
    return published and meeting is not None and meeting.agenda_visible_to(viewer)


def _proposer(unit: UnitOfWork, point: AgendaPoint, viewer: Viewer) -> Person | None:
    found = unit.people.by_ids([point.proposer_id]) if point.proposer_id is not None else ()
    return next((one for one in found if not viewer.is_stranger and viewer.may_meet(one)), None)


def _comments(
    unit: UnitOfWork, point: AgendaPoint, meeting: Meeting | None, viewer: Viewer, reads_case: bool
) -> tuple[Comment, ...]:
    """What was asked back is for proposer and arrangers; what is said of a case, for who may read it. And one's own."""
    runs = point.is_of(viewer) or may_arrange(viewer, meeting)
    open_to_all = point.kind is not PointKind.CASE or reads_case

    def may_read(comment: Comment) -> bool:
        own = viewer.person is not None and comment.person.id == viewer.person.id
        for_all = comment.kind is CommentKind.COMMENT and open_to_all and viewer.may_meet(comment.person)
        return runs or own or for_all

    return tuple(one for one in unit.agenda_talk.comments(point.id) if may_read(one))
