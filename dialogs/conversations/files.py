"""Links to files: a meeting for one's own calendar, and the coordinator's full list. Both are for the asker alone."""

from dialogs.language.understanding import Understanding
from dialogs.texts import files as texts
from dialogs.texts.refusals import sentence
from dialogs.turn import Reply, Turn, whisper
from storage.domain.meetings import Meeting
from storage.domain.refusals import MeetingOver, NotKnown, Refusal
from storage.services.house import House


async def calendar(house: House, turn: Turn, meeting: Meeting, _asked: Understanding | None) -> Reply:
    """A link with which the asker puts a meeting in their calendar."""
    if turn.viewer.person is None:
        return whisper(sentence(NotKnown()))
    if meeting.is_over(turn.now):
        return whisper(sentence(MeetingOver()))
    url = await house.links.calendar(meeting.id, turn.viewer.person.id, turn.now)
    if url is None:
        return whisper(texts.no_calendar(meeting, turn.now))
    return whisper(texts.calendar(meeting, url))


async def full_list(house: House, turn: Turn, meeting: Meeting, _asked: Understanding | None) -> Reply:
    """A link to everybody on a meeting's list as a spreadsheet, for coordinators."""
    try:
        url = await house.links.participants(meeting.id, turn.viewer, turn.now)
    except Refusal as refusal:
        return whisper(sentence(refusal))
    attendees = await house.registrations.of_meeting(meeting)
    if url is None:
        return whisper(texts.no_list(meeting, attendees))
    return whisper(texts.full_list(meeting, attendees, url))
