"""What who runs a meeting hears of what was proposed for it, once a day."""

from datetime import datetime

from dialogs.cards.point_notices import proposed_card
from dialogs.texts import point_notices as texts
from dialogs.turn import Message
from storage.domain.agenda import PointState, may_arrange
from storage.domain.notices import Notice, person_of
from storage.domain.people import Viewer
from storage.domain.refusals import NoSuchMeeting
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
