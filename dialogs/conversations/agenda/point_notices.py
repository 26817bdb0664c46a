"""What who runs a meeting hears of what was proposed for it, and proposers of comments, once a day."""

from datetime import datetime

from dialogs.cards.point_notices import proposed_card
from dialogs.texts import point_notices as texts
from dialogs.turn import Message
from storage.domain.agenda import CommentKind, PointState, may_arrange
from storage.domain.notices import Notice, person_of
from storage.domain.people import Viewer
from storage.domain.refusals import NoSuchMeeting, NoSuchPoint
from storage.services.house import House


async def proposed(house: House, notice: Notice, now: datetime) -> Message | None:
    """The points that wait for a decision; nothing when there are none any more, or when it is too late for any."""
    people = await house.people.known([person_of(notice.target) or 0])
    if not people:
        return None
    viewer = Viewer(people[0], member=True)
    try:
        board = await house.points.of_meeting(int(notice.subject), viewer)
    except NoSuchMeeting:
        return None
    waits = [one for one in board.points if one.state is PointState.PROPOSED and not one.is_of(viewer)]
    gone = board.meeting.cancelled or board.meeting.is_over(now)
    if not waits or gone or not may_arrange(viewer, board.meeting):
        return None
    return Message(texts.proposed(board.meeting, waits), proposed_card(board.meeting.id))


async def commented(house: House, notice: Notice, _now: datetime) -> Message | None:
    """What was said about somebody's point since the notice was planned, while the point is open."""
    people = await house.people.known([person_of(notice.target) or 0])
    if not people:
        return None
    try:
        details = await house.points.details(int(notice.subject), Viewer(people[0], member=True))
    except NoSuchPoint:
        return None
    since = datetime.fromisoformat(notice.data["since"])
    said = [
        one
        for one in details.comments
        if one.kind is CommentKind.COMMENT and one.at >= since and one.person.id != people[0].id
    ]
    return Message(texts.commented(details.point, said)) if said and details.point.state.open else None
