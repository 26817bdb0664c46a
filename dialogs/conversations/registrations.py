"""Questions about who comes to a meeting, and where one stands oneself."""

from dialogs.cards import registrations as cards
from dialogs.cards.registrations import asks, buttons_card, offer_card, waiting_card
from dialogs.language.intents import Intent
from dialogs.texts import registrations as texts
from dialogs.turn import Card, Reply, Turn, say, whisper
from storage.domain.meetings import Meeting
from storage.domain.people import Person
from storage.domain.registrations import OwnRegistration, RegistrationStatus, coming, excused
from storage.services.house import House

INTENTS = frozenset({Intent.ATTENDANCE_WHO, Intent.ATTENDANCE_COUNT, Intent.ATTENDANCE_EXCUSED, Intent.ATTENDANCE_ME})


async def answer(house: House, turn: Turn, meeting: Meeting, intent: Intent) -> Reply:
    """Answer a question about a meeting's list. Who is excused, and one's own standing, are told in person."""
    if intent is Intent.ATTENDANCE_ME and turn.viewer.person is not None:
        return await standing(house, turn, turn.viewer.person, meeting)
    attendees = await house.registrations.of_meeting(meeting)
    match intent:
        case Intent.ATTENDANCE_COUNT:
            return say(texts.count(meeting, coming(attendees), turn.may_tell, turn.now))
        case Intent.ATTENDANCE_EXCUSED:
            return whisper(texts.excused(meeting, excused(attendees), turn.viewer, turn.now))
        case _:
            return say(texts.who(meeting, coming(attendees), turn.may_tell, turn.personal, turn.now))


async def mine(house: House, turn: Turn, person: Person) -> Reply:
    """Everything the one who asks is registered for."""
    return whisper(texts.standings(await house.registrations.standings(person, turn.now), turn.now))


async def standing(house: House, turn: Turn, person: Person, meeting: Meeting) -> Reply:
    """Where the one who asks stands for one meeting."""
    own = await house.registrations.standing(person, meeting)
    return whisper(texts.standing(meeting, own, turn.now), _next(turn, person, meeting, own))


def _next(turn: Turn, person: Person, meeting: Meeting, own: OwnRegistration | None) -> Card | None:
    """What one can change of one's standing."""
    if meeting.cancelled or meeting.is_over(turn.now):
        return None
    status = own.status if own else RegistrationStatus.WITHDRAWN
    if status is RegistrationStatus.OFFERED:
        return offer_card(meeting.id, turn.id)
    if status is RegistrationStatus.WAITLISTED:
        return waiting_card(meeting.id, person.id, turn.id)
    button = cards.register_or_cannot(meeting, own, turn.now)
    return buttons_card([asks(*button, meeting.id)]) if button else None
