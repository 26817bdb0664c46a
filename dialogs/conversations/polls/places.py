"""Where a poll is started, and which meeting it is about."""

from dialogs.language.understanding import understand
from dialogs.turn import Turn
from storage.domain.meetings import Meeting, MeetingQuery
from storage.domain.notices import POSTING_CHANNEL, place_of
from storage.domain.places import Place, PlaceKind, base_of
from storage.domain.polls import Poll
from storage.services.house import House


def where(turn: Turn) -> Place:
    """Where somebody is: also where a dialog was opened that only they see."""
    return turn.opened_in or turn.place


def in_company(turn: Turn) -> bool:
    """Whether a poll can stand here: others read along."""
    return where(turn).kind is not PlaceKind.PERSONAL


def tenant(turn: Turn) -> str | None:
    """Of which tenant this place is."""
    return where(turn).tenant_id


async def stands_here(house: House, turn: Turn, poll: Poll) -> bool:
    """Whether a poll stands in the conversation of this turn, in whichever thread."""
    place = place_of(poll.target)
    stands = base_of(place) if place is not None else ""
    if poll.target == POSTING_CHANNEL:  # the bot may post elsewhere since
        stands = await house.polls.stands_in(poll)
    return stands == base_of(turn.conversation_id) and bool(stands)


async def next_meeting(house: House, turn: Turn, said: str = "") -> Meeting | None:
    """The meeting that is named, as far as it is to come; else the next one."""
    query = MeetingQuery()
    if said:
        names = await house.names.at(turn.network, turn.now, turn.viewer.is_coordinator)
        understood = understand(said, turn.now, names, turn.memory)
        query = understood.query if understood.names_meeting else query
    found = await house.meetings.find(query, turn.viewer, turn.network.timezone, turn.now)
    return next((one for one in found if not one.cancelled and not one.is_over(turn.now)), None)
