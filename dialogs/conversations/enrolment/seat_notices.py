"""What people are told by themselves of a seat: given, offered, gone by, changed by others, or to be filled."""

from datetime import datetime

from dialogs.cards.registrations import comes_card, offer_card, offered_card
from dialogs.texts import seats as texts
from dialogs.turn import Message
from storage.domain.meetings import Meeting
from storage.domain.notices import Notice, person_of
from storage.domain.people import Person, Viewer
from storage.domain.presenting import presented_by
from storage.domain.registrations import COMES, IN_LINE, OwnRegistration, RegistrationStatus
from storage.services.house import House


async def given(house: House, notice: Notice, now: datetime) -> Message | None:
    """Moved up from the waiting list."""
    person, own = await _own(house, notice, now)
    if person is None or own is None or own.status is not RegistrationStatus.REGISTERED:
        return None
    card = comes_card(own.meeting.id)
    return Message(texts.seat_given(own, _here(own, now)), card)


async def offered(house: House, notice: Notice, now: datetime) -> Message | None:
    """A seat is offered, with yes and no; once it is decided the same message shows what became of it."""
    _, own = await _own(house, notice, now)
    if own is None:
        return None
    open_ = own.status is RegistrationStatus.OFFERED and own.offered_until is not None and now < own.offered_until
    if not open_ and notice.activity_id is None:
        return None
    text = texts.offered(own, open_, _here(own, now))
    return Message(text, offered_card(text, own.meeting.id, f"n{notice.id}", open_), card_only=True)


async def lapsed(house: House, notice: Notice, now: datetime) -> Message | None:
    """An offer went by unanswered."""
    _, own = await _own(house, notice, now)
    if own is None or own.status is not RegistrationStatus.WAITLISTED:
        return None
    return Message(texts.lapsed(own))


async def for_you(house: House, notice: Notice, now: datetime) -> Message | None:
    """Somebody else registered or excused them."""
    person, own = await _own(house, notice, now)
    if person is None or own is None:
        return None
    text = texts.for_you(own, await _person(house, notice.data.get("by")), _here(own, now))
    if text is None:
        return None
    if own.status in COMES:
        return Message(text, comes_card(own.meeting.id))
    card = offer_card(own.meeting.id, f"n{notice.id}") if own.status is RegistrationStatus.OFFERED else None
    return Message(text, card)


async def replaces(house: House, notice: Notice, now: datetime) -> Message | None:
    """They come in another's place: everything they need to know."""
    person, own = await _own(house, notice, now)
    other = await _person(house, notice.data.get("instead_of"))
    if person is None or own is None or other is None or own.status not in COMES | IN_LINE:
        return None
    points = await house.meetings.agenda(own.meeting)
    visible = own.meeting.agenda_visible_to(Viewer(person, member=True))
    names = [one.person.name for one in await house.registrations.of_meeting(own.meeting)]
    taken_on = presented_by(other, points, names)
    text = texts.replaces(own, other.name, points if visible else (), taken_on, _here(own, now))
    comes = own.status in COMES
    card = comes_card(own.meeting.id) if comes else None
    return Message(text, card)


async def presenter_out(house: House, notice: Notice, now: datetime) -> Message | None:
    """For the organiser: who was to present something doesn't come."""
    who = await _person(house, notice.data.get("person"))
    meeting = await _meeting(house, notice, who)
    if who is None or meeting is None or meeting.cancelled or meeting.is_over(now):
        return None
    own = await house.registrations.standing(who, meeting)
    if own is None or own.status in COMES | IN_LINE:
        return None
    names = [one.person.name for one in await house.registrations.of_meeting(meeting)]
    points = presented_by(who, await house.meetings.agenda(meeting), names)
    return Message(texts.presenter_out(meeting, who, points, own.replaced_by)) if points else None


def _here(own: OwnRegistration, now: datetime) -> datetime:
    """The moment in the meeting's zone, for "vandaag" and "morgen"."""
    return now.astimezone(own.meeting.starts.tzinfo)


async def _own(house: House, notice: Notice, now: datetime) -> tuple[Person | None, OwnRegistration | None]:
    """Who is told, and where they stand; nothing once the meeting is over or cancelled."""
    person = await _person(house, person_of(notice.target))
    meeting = await _meeting(house, notice, person)
    if person is None or meeting is None or meeting.cancelled or meeting.is_over(now):
        return person, None
    return person, await house.registrations.standing(person, meeting)


async def _meeting(house: House, notice: Notice, person: Person | None) -> Meeting | None:
    found = await house.meetings.known([int(notice.subject)], Viewer(person, member=True))
    return next(iter(found), None)


async def _person(house: House, person_id: int | None) -> Person | None:
    return next(iter(await house.people.known([person_id])), None) if person_id else None
