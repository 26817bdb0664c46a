"""Which actions there are: for one viewer, of one meeting, and for the agenda of the next one."""

from storage.domain.actions import Action, FollowUp
from storage.domain.agenda import Fixed
from storage.domain.approving import LOOK_BACK, previous_of
from storage.domain.carrying import circle_of
from storage.domain.composing import fixed_of
from storage.domain.meetings import Meeting
from storage.domain.people import Viewer
from storage.domain.refusals import NoSuchAction, NoSuchMeeting
from storage.repositories.agenda import HIGHEST_ID
from storage.unit_of_work import UnitOfWork


def viewer_id(viewer: Viewer | None) -> int | None:
    """The id of a viewer whom the network knows."""
    return viewer.person.id if viewer is not None and viewer.person is not None else None


def mine(unit: UnitOfWork, viewer: Viewer) -> tuple[Action, ...]:
    """What a viewer still has to do, also with the groups of which they are; what is due first comes first."""
    return unit.actions.open_for(viewer.person.id) if viewer.person is not None else ()


def open_of(unit: UnitOfWork, viewer: Viewer, meeting_id: int | None, person_id: int | None) -> tuple[Action, ...]:
    """The open actions of a meeting and of somebody (None: of all) that a viewer may see. Raises NoSuchMeeting."""
    if meeting_id is not None:
        ids = [meeting_id] if 0 < meeting_id < HIGHEST_ID else []
        meeting = unit.meetings.by_ids(ids, viewer_id(viewer)).get(meeting_id)
        if meeting is None:
            raise NoSuchMeeting
    found = unit.actions.open_of(meeting_id, person_id, viewer_id(viewer))
    return tuple(one for one in found if one.is_visible_to(viewer))


def action_for(unit: UnitOfWork, action_id: int, viewer: Viewer, *, lock: bool = False) -> Action:
    """An action that a viewer may see; `lock`: nobody else changes it meanwhile. Raises NoSuchAction."""
    own = viewer_id(viewer)
    found = unit.actions.locked(action_id, own) if lock else unit.actions.by_ids([action_id], own).get(action_id)
    if found is None or not found.is_visible_to(viewer):
        raise NoSuchAction
    return found


def open_before(unit: UnitOfWork, meeting: Meeting, viewer: Viewer | None = None) -> tuple[Action, ...]:
    """The open actions of the earlier meetings of the same circle; with `viewer` those that this one may see."""
    found = unit.actions.open_in(circle_of(meeting), meeting.starts, viewer_id(viewer))
    lived = (one for one in found if one.created_at is None or one.created_at <= meeting.starts)
    return tuple(one for one in lived if viewer is None or one.is_visible_to(viewer))


def settled_before(unit: UnitOfWork, meeting: Meeting, viewer: Viewer | None = None) -> tuple[Action, ...]:
    """What was settled since the meeting before this one, of the same circle, and is told at this one."""
    found = unit.actions.settled_in(circle_of(meeting), meeting, viewer_id(viewer))
    before = (one for one in found if one.settled_at is not None and one.settled_at <= meeting.starts)
    return tuple(one for one in before if viewer is None or one.is_visible_to(viewer))


def follow_up(unit: UnitOfWork, meeting: Meeting, viewer: Viewer) -> FollowUp:
    """What a viewer reads under the agenda of a meeting, at the points for it: of actions, and which report it is."""
    fixed = {fixed_of(one) for one in unit.agenda.of_meeting(meeting.id)}
    report = report_before(unit, meeting, viewer) if Fixed.PREVIOUS_REPORT in fixed else None
    if Fixed.ACTIONS not in fixed:
        return FollowUp(report=report)
    return FollowUp(open_before(unit, meeting, viewer), settled_before(unit, meeting, viewer), report)


def report_before(unit: UnitOfWork, meeting: Meeting, viewer: Viewer) -> Meeting | None:
    """The meeting whose report is to be approved at this one, for who may see that report."""
    found = previous_of(meeting, unit.objections.waiting(meeting.starts - LOOK_BACK))
    seen = unit.meetings.by_ids([found.id], viewer_id(viewer)).get(found.id) if found else None
    return seen if seen is not None and seen.agenda_visible_to(viewer) else None
