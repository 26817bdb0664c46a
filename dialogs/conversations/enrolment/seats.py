"""Seats: taking or leaving one that is offered, the waiting list, and how many there are for whom."""

from datetime import date

from dialogs.cards.payloads import ChangeSeats, DecideSeat
from dialogs.cards.registrations import offer_card, offers_card, registered_card, sure_card
from dialogs.conversations.enrolment import whom
from dialogs.language.answers import number_beside, plainly, until_day, without_limit, yes_or_no
from dialogs.language.intents import Intent
from dialogs.language.sessions import adds_places, places_in, sessions_in
from dialogs.language.understanding import Understanding
from dialogs.texts import meetings
from dialogs.texts import registering as common
from dialogs.texts import seats as texts
from dialogs.texts.refusals import sentence
from dialogs.turn import Reply, Turn, whisper
from storage.domain.meetings import Meeting, Session
from storage.domain.refusals import (
    MeetingCancelled,
    MeetingOver,
    NoSuchMeeting,
    NoSuchSession,
    NotCoordinator,
    NothingOffered,
    Refusal,
)
from storage.domain.registrations import IN_LINE, RegistrationStatus
from storage.services.house import House

SEATS = "seats"
"""How a conversation remembers that the bot asked whether to change seats: "seats:meeting.verb.number.until"."""

HOW_MANY = "howmany"
"""How it remembers that the bot asked how many: "howmany:meeting.verb"."""


_SEATS_INTENTS = frozenset({Intent.REGISTRATION_CAPACITY, Intent.REGISTRATION_LIMIT, Intent.MEETING_PLACES})
"""What a bare number may be taken for."""


async def waiting(house: House, turn: Turn, meeting: Meeting, _asked: Understanding | None) -> Reply:
    """The waiting list for a coordinator; for others their own place on it."""
    me = turn.viewer.person
    if me is None:
        return whisper(sentence(NotCoordinator()))
    own = await house.registrations.standing(me, meeting)
    if not turn.viewer.is_coordinator:
        card = offer_card(meeting.id, turn.id) if own and own.status is RegistrationStatus.OFFERED else None
        return whisper(texts.own_place(meeting, own, turn.now), card)
    attendees = await house.registrations.of_meeting(meeting)
    line = [one for one in attendees if one.status in IN_LINE]
    line.sort(key=lambda one: (one.status is not RegistrationStatus.OFFERED, one.queue or 0))
    return whisper(texts.waiting(meeting, line, turn.viewer.may_know, turn.now))


async def decide(house: House, turn: Turn, pressed: DecideSeat) -> Reply:
    """A button that takes or leaves an offered seat."""
    return await _decide(house, turn, pressed.meeting, pressed.verb == "accept")


async def _decide(house: House, turn: Turn, meeting_id: int, yes: bool) -> Reply:
    meeting = await whom.meeting_with(house, turn.viewer, meeting_id)
    me = turn.viewer.person
    try:
        act = house.registrations.accept if yes else house.registrations.decline
        own = (await act(meeting_id, turn.viewer, turn.now)).own
    except NothingOffered as refusal:
        said = texts.about(texts.NOTHING_OFFERED, meeting) if meeting else sentence(refusal)
        return whisper(said)
    except Refusal as refusal:
        return whom.refused(refusal, meeting, turn.now)
    if not yes:
        return whisper(texts.about(texts.DECLINED, own.meeting))
    comes = own.status is RegistrationStatus.REGISTERED and me is not None
    card = registered_card(meeting_id, me.id, turn.id, sessions=False) if comes and me else None
    return whisper(texts.accepted(own, turn.now), card)


async def decided(house: House, turn: Turn, yes: bool) -> Reply | None:
    """A typed yes or no while the bot asked nothing here: about the seat that is offered. None: there is none."""
    if turn.viewer.person is None:
        return None
    own = await house.registrations.standings(turn.viewer.person, turn.now)
    offers = [one for one in own if one.status is RegistrationStatus.OFFERED]
    if not offers:
        return None
    if len(offers) == 1:
        return await _decide(house, turn, offers[0].meeting.id, yes)
    pairs = [(one.meeting.id, meetings.choice(one.meeting)) for one in offers]
    return whisper(texts.WHICH_OFFER, offers_card(pairs, yes, turn.id))


async def change(house: House, turn: Turn, meeting: Meeting, asked: Understanding | None, verb: str) -> Reply:
    """A coordinator changes the seats: ask how many where that is not said, then whether it is right."""
    if not turn.viewer.is_coordinator:
        return whisper(sentence(NotCoordinator()))
    if meeting.cancelled or meeting.is_over(turn.now):
        return whom.refused(MeetingCancelled() if meeting.cancelled else MeetingOver(), meeting, turn.now)
    if verb in {"close", "reopen"}:
        return _sure(turn, meeting, verb, None, None)
    if asked and verb == "capacity" and (named := await _named_session(house, turn, meeting, asked)) is not None:
        return _of_session(turn, *named, asked)
    until = until_day(asked) if asked and verb == "limit" else None
    number = asked.number if asked and asked.number is not None else number_beside(asked) if asked else None
    if asked and number is not None and verb == "capacity" and adds_places(asked.text):
        number += meeting.capacity or 0
    if number is not None or (asked and without_limit(asked.text)):
        return _sure(turn, meeting, verb, number, until)
    question = texts.HOW_MANY if verb == "capacity" else texts.HOW_MANY_EACH
    return whom.asking(turn, f"{HOW_MANY}:{meeting.id}.{verb}", texts.about(question, meeting))


async def _named_session(
    house: House, turn: Turn, meeting: Meeting, asked: Understanding
) -> tuple[Meeting, Session] | None:
    """The one session that a sentence names, of this meeting or, where it names no meeting, of the next with any."""
    following = None if asked.names_meeting else await house.sessions.next_for(turn.viewer, turn.now)
    for one in (meeting, following):
        sessions = await house.meetings.sessions(one) if one else ()
        named = sessions_in(asked.text, sessions)
        if one is not None and len(named) == 1:
            return one, next(session for session in sessions if session.id == named[0])
    return None


def _of_session(turn: Turn, meeting: Meeting, session: Session, asked: Understanding) -> Reply:
    number = places_in(asked.text)
    if number is not None or without_limit(asked.text):
        return _sure(turn, meeting, "capacity", number, None, session)
    return whom.asking(turn, f"{HOW_MANY}:{meeting.id}.capacity.{session.id}", texts.how_many_in(session))


def _sure(
    turn: Turn, meeting: Meeting, verb: str, number: int | None, until: date | None, session: Session | None = None
) -> Reply:
    question = texts.sure_session(session, number) if session else _question(meeting, verb, number, until)
    day = until.isoformat() if until else ""
    values = {"meeting": meeting.id, "verb": verb, "number": number, "until": day, "nonce": f"{turn.id}-seats"}
    payload = ChangeSeats.model_validate({**values, "session": session.id if session else 0})
    said = "" if number is None else str(number)
    card = sure_card(texts.BUTTON_CHANGE, payload, turn.id)
    return whom.asking(turn, f"{SEATS}:{meeting.id}.{verb}.{said}.{day}.{payload.session}", question, card)


def _question(meeting: Meeting, verb: str, number: int | None, until: date | None) -> str:
    return {
        "capacity": lambda: texts.sure_capacity(meeting, number),
        "limit": lambda: texts.sure_limit(meeting, number, until),
        "close": lambda: texts.about(texts.SURE_CLOSE, meeting),
        "reopen": lambda: texts.about(texts.SURE_REOPEN, meeting),
    }[verb]()


async def how_many(house: House, turn: Turn, about_: str, asked: Understanding) -> Reply | None:
    """The number that is typed after "hoeveel plaatsen?"."""
    number, (verb, _, session_id) = number_beside(asked), about_.partition(".")[2].partition(".")
    if asked.sure and asked.intent not in _SEATS_INTENTS:
        return whom.settled(turn, whisper(common.LEFT_SO)) if yes_or_no(asked) is False else None
    if number is None and not without_limit(asked.text):
        return None
    meeting = await whom.meeting_with(house, turn.viewer, (*whom.ids_in(about_), 0)[0])
    if meeting is None or verb not in {"capacity", "limit"}:
        return whom.settled(turn, whisper(sentence(NoSuchMeeting())))
    sessions = await house.meetings.sessions(meeting) if session_id else ()
    session = next((one for one in sessions if str(one.id) == session_id), None)
    return _sure(turn, meeting, verb, number, None, session)


async def typed(house: House, turn: Turn, about_: str, asked: Understanding) -> Reply | None:
    """A typed yes or no to whether the seats are to be changed."""
    said = plainly(asked)
    if said is None:
        return None
    meeting, verb, number, until, session = (about_.split(".") + [""] * 5)[:5]
    if not said or not meeting.isdecimal():
        return whom.settled(turn, whisper(common.LEFT_SO))
    count = int(number) if number else None
    values = {"meeting": int(meeting), "verb": verb, "number": count, "until": until, "session": int(session or 0)}
    return await press(house, turn, ChangeSeats.model_validate(values))


async def press(house: House, turn: Turn, pressed: ChangeSeats) -> Reply:
    """A button that changes the seats."""
    meeting = await whom.meeting_with(house, turn.viewer, pressed.meeting)
    try:
        return whom.settled(turn, whisper(await _change(house, turn, pressed)))
    except Refusal as refusal:
        return whom.settled(turn, whom.refused(refusal, meeting, turn.now))


async def _change(house: House, turn: Turn, pressed: ChangeSeats) -> str:
    seats, viewer, now = house.seats, turn.viewer, turn.now
    match pressed.verb:
        case "capacity" if pressed.session:
            return await _set_session(house, turn, pressed)
        case "capacity":
            changed = await seats.set_capacity(pressed.meeting, pressed.number, viewer, now)
            return texts.capacity_set(changed.meeting, changed.given)
        case "limit":
            until = date.fromisoformat(pressed.until) if pressed.until else None
            limited = await seats.limit(pressed.meeting, pressed.number, until, viewer, now)
            return texts.limit_set(limited.meeting, limited.given)
        case "close":
            return texts.about(texts.CLOSED, await seats.close(pressed.meeting, viewer, now))
        case "reopen":
            return texts.reopened(await seats.reopen(pressed.meeting, viewer, now))


async def _set_session(house: House, turn: Turn, pressed: ChangeSeats) -> str:
    shown = await house.sessions.set_session_capacity(
        pressed.meeting, pressed.session, pressed.number, turn.viewer, turn.now
    )
    session = shown.session(pressed.session)
    return texts.session_set(session) if session else sentence(NoSuchSession())
