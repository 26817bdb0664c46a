"""Choosing a session of a network day, for oneself or by a coordinator for somebody else."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from dialogs.cards.session_payloads import AddSession, ChooseSession, LeaveSession, RankSessions, SeatSomebody
from dialogs.cards.sessions import choose_card, new_session_card, register_card, seat_card, sessions_card
from dialogs.conversations import gate
from dialogs.language.answers import plainly
from dialogs.language.intents import Intent
from dialogs.language.registering import meant
from dialogs.language.sessions import sessions_in, takes_back
from dialogs.language.understanding import Understanding
from dialogs.texts import meetings
from dialogs.texts import sessions as texts
from dialogs.texts.refusals import sentence
from dialogs.texts.words import plain
from dialogs.turn import Message, Reply, Turn, say, whisper
from storage.domain.meetings import Meeting
from storage.domain.notices import Notice, person_of
from storage.domain.people import Person, Viewer
from storage.domain.refusals import (
    IdentifiesSomebody,
    MeetingCancelled,
    NoSuchSession,
    NotNow,
    NotRegistered,
    NotYours,
    Refusal,
)
from storage.domain.registrations import COMES, IN_LINE
from storage.domain.sessions import NewSession, SessionsOf
from storage.services.house import House

PENDING = "session"
"""How a conversation remembers of which meeting the bot showed the sessions: one of them may be typed then."""

PENDING_SEAT = "seat"
"""How a conversation remembers that the bot asked whether to seat somebody: "seat:meeting.person.session.session"."""

_STANDING = COMES | IN_LINE


async def guess(house: House, turn: Turn, asked: Understanding) -> Reply | None:
    """No meeting is named: the next one with sessions is meant."""
    meeting = await house.sessions.next_for(turn.viewer, turn.now)
    if meeting is None:
        return say(texts.NO_NETWORK_DAY)
    reply = await choose(house, turn, meeting, asked)
    kept = reply.memory or turn.memory
    return reply.remembering(replace(kept, meeting_id=meeting.id, intent=Intent.REGISTRATION_CHOOSE.value))


async def choose(house: House, turn: Turn, meeting: Meeting, asked: Understanding | None) -> Reply:
    """Choose the sessions that are named, or show those that there are."""
    if meeting.cancelled:
        return whisper(sentence(MeetingCancelled()))
    shown = await house.sessions.of(meeting.id, turn.viewer)
    if not shown.sessions:
        return say(texts.about(texts.NO_SESSIONS, meeting))
    named = sessions_in(asked.text, shown.sessions) if asked else ()
    others = await _others(house, turn, asked)
    if others and named:
        return await _ask_to_seat(house, turn, shown, others, named)
    if named:
        return await _choose(house, turn, shown.meeting, named)
    if asked and takes_back(asked.text) and (shown.seat or shown.wishes):
        return await _choose(house, turn, shown.meeting, ())
    return _offer(turn, shown)


async def listed(house: House, turn: Turn, meeting: Meeting, _asked: Understanding | None) -> Reply:
    """Which sessions there are, with a button to choose for who comes."""
    if meeting.cancelled:
        return say(meetings.cancelled(meeting))
    sessions = await house.meetings.sessions(meeting)
    # In company a button would be for everybody.
    chooses = turn.personal and sessions and meeting.viewer_takes_part
    ahead = meeting.starts.timestamp() > turn.now.timestamp()
    choose = Intent.REGISTRATION_CHOOSE.value if chooses and ahead else ""
    card = choose_card(meeting.id, choose) if choose else None
    if turn.personal and turn.viewer.is_coordinator and ahead:
        card = new_session_card(meeting.id, choose)
    return say(meetings.sessions(meeting, sessions), card)


async def add(house: House, turn: Turn, payload: AddSession) -> Reply:
    """Make one more session, as typed on its form; the form comes again for the next one."""
    places = payload.places.strip()
    if places and not re.fullmatch(r"[0-9]{1,6}", places):
        return whisper(texts.NOT_A_NUMBER, new_session_card(payload.meeting))
    new = NewSession(payload.title, payload.room, int(places) if places else None)
    try:
        meeting, sessions = await house.sessions.add_session(
            payload.meeting, new, turn.viewer, turn.now, chosen=payload.chosen
        )
    except IdentifiesSomebody as refusal:
        return gate.caught(turn, refusal, payload, gate.KEEP, retyped=True)
    except Refusal as refusal:
        return whisper(sentence(refusal))
    return whisper(meetings.sessions(meeting, sessions), new_session_card(meeting.id))


async def _others(house: House, turn: Turn, asked: Understanding | None) -> tuple[tuple[Person, ...], ...]:
    """Those who are named beside oneself; more than one in a group: it may be any of them."""
    if asked is None or not asked.people:
        return ()
    known = [one for one in await house.people.known(asked.people) if turn.viewer.may_meet(one)]
    return tuple(group for group in meant(asked.text, known) if turn.viewer.person not in group)


def _offer(turn: Turn, shown: SessionsOf) -> Reply:
    """The sessions with buttons: only for who is on the day's list."""
    meeting = shown.meeting
    if meeting.starts.timestamp() <= turn.now.timestamp():
        return say(texts.about(texts.STARTED, meeting))
    if shown.status not in _STANDING:
        return whisper(
            texts.about(texts.REGISTER_FIRST, meeting), register_card(meeting.id, Intent.REGISTRATION_REGISTER.value)
        )
    asking = whisper(texts.overview(shown), sessions_card(shown))
    return asking.remembering(replace(turn.memory, pending=f"{PENDING}:{meeting.id}"))


async def typed(house: House, turn: Turn, about: str, asked: Understanding) -> Reply | None:
    """A session that is typed after the bot showed them all, in whatever words."""
    if not about.isdecimal() or (asked.sure and asked.intent not in _MAY_NAME) or asked.people:
        return None
    shown = await _of(house, turn, int(about))
    named = sessions_in(asked.text, shown.sessions) if shown else ()
    if shown is None or not named or "?" in asked.text:
        return None
    return _settled(turn, await _choose(house, turn, shown.meeting, named))


_MAY_NAME = frozenset({Intent.REGISTRATION_CHOOSE, Intent.REGISTRATION_REGISTER, Intent.UNKNOWN})
"""What a bare name of a session is taken for."""


async def _of(house: House, turn: Turn, meeting_id: int) -> SessionsOf | None:
    try:
        return await house.sessions.of(meeting_id, turn.viewer)
    except Refusal:
        return None


def _settled(turn: Turn, reply: Reply) -> Reply:
    return reply.remembering(replace(reply.memory or turn.memory, pending=""))


async def _choose(house: House, turn: Turn, meeting: Meeting, session_ids: Sequence[int]) -> Reply:
    try:
        shown = await house.sessions.choose(meeting.id, session_ids, turn.viewer, turn.now)
    except Refusal as refusal:
        return refused(refusal, meeting)
    return _told(turn, texts.chosen(shown, session_ids), shown)


def _told(turn: Turn, text: str, shown: SessionsOf) -> Reply:
    """What holds now; in company without a card, which would be for everybody."""
    return whisper(text, sessions_card(shown)) if turn.personal else say(text)


def refused(refusal: Refusal, meeting: Meeting | None, person: Person | None = None) -> Reply:
    """Why not, with the name of the meeting where that says more."""
    match refusal:
        case NotRegistered() if meeting and person:
            return whisper(texts.NOT_ON_THE_LIST.format(name=plain(person.name), title=plain(meeting.title)))
        case NotRegistered() if meeting:
            return whisper(
                texts.about(texts.REGISTER_FIRST, meeting),
                register_card(meeting.id, Intent.REGISTRATION_REGISTER.value),
            )
        case NotNow() if meeting:
            return whisper(texts.about(texts.STARTED, meeting))
        case _:
            return whisper(sentence(refusal))


async def _meeting(house: House, turn: Turn, meeting_id: int) -> Meeting | None:
    return next(iter(await house.meetings.known([meeting_id], turn.viewer)), None)


# --- buttons


async def pressed(house: House, turn: Turn, payload: ChooseSession | RankSessions) -> Reply:
    """A session on a button, or the first to third choice on a card."""
    meeting = await _meeting(house, turn, payload.meeting)
    if isinstance(payload, RankSessions):
        chosen = payload.sessions
    else:
        chosen = (int(payload.session),) if payload.session else ()
    try:
        shown = await house.sessions.choose(payload.meeting, chosen, turn.viewer, turn.now)
    except Refusal as refusal:
        return refused(refusal, meeting)
    return _settled(turn, _told(turn, texts.chosen(shown, chosen), shown))


async def left(house: House, turn: Turn, payload: LeaveSession) -> Reply:
    """Leave the line of a session."""
    try:
        shown = await house.sessions.leave(payload.meeting, payload.session, turn.viewer, turn.now)
    except Refusal as refusal:
        return refused(refusal, await _meeting(house, turn, payload.meeting))
    session = shown.session(payload.session)
    text = texts.left(shown, session) if session else sentence(NoSuchSession())
    return _settled(turn, _told(turn, text, shown))


# --- a coordinator, for somebody else


async def _ask_to_seat(
    house: House, turn: Turn, shown: SessionsOf, others: Sequence[tuple[Person, ...]], session_ids: Sequence[int]
) -> Reply:
    """Show a coordinator whom the bot will put where."""
    if not turn.viewer.is_coordinator:
        return whisper(sentence(NotYours()))
    if len(others) != 1 or len(others[0]) != 1:
        return whisper(texts.FULL_NAME)
    person, meeting = others[0][0], shown.meeting
    theirs = await house.sessions.of(meeting.id, turn.viewer, person.id)
    if theirs.status not in _STANDING:
        return refused(NotRegistered(), meeting, person)
    wanted = [one for id_ in session_ids if (one := shown.session(id_))]
    asking = whisper(
        texts.sure_to_seat(meeting, person, wanted), seat_card(meeting.id, person.id, session_ids, turn.id)
    )
    pending = f"{PENDING_SEAT}:{'.'.join(str(id_) for id_ in (meeting.id, person.id, *session_ids))}"
    return asking.remembering(replace(turn.memory, pending=pending if len(pending) <= LONGEST_PENDING else ""))


LONGEST_PENDING = 60
"""Characters that a conversation remembers of what the bot asked."""


async def typed_seat(house: House, turn: Turn, about: str, asked: Understanding) -> Reply | None:
    """A typed yes or no to whether somebody is to be put in a session."""
    said = plainly(asked)
    ids = [int(one) for one in about.split(".") if one.isdecimal()]
    if said is None or len(ids) < 3:  # noqa: PLR2004
        return None
    if not said:
        return _settled(turn, whisper(texts.LEFT_SO))
    return await seat(house, turn, SeatSomebody(meeting=ids[0], person=ids[1], sessions=tuple(ids[2:])))


async def seat(house: House, turn: Turn, payload: SeatSomebody) -> Reply:
    """Put somebody else in a session."""
    person = next(iter(await house.people.known([payload.person])), None)
    if not turn.viewer.is_coordinator or person is None:
        return _settled(turn, whisper(sentence(NotYours())))
    try:
        shown = await house.sessions.choose(payload.meeting, payload.sessions, turn.viewer, turn.now, person.id)
    except Refusal as refusal:
        return _settled(turn, refused(refusal, await _meeting(house, turn, payload.meeting), person))
    return _settled(turn, whisper(texts.chosen_for(shown, person)))


# --- what the bot tells by itself


async def compose_given(house: House, notice: Notice, now: datetime) -> Message | None:
    """Somebody moved up in a session's line; nothing when they sit elsewhere by now."""
    shown = await _own(house, notice, now)
    if shown is None or shown.seat is None or shown.seat.id != notice.data.get("session"):
        return None
    return Message(texts.told_given(shown, shown.seat, now), sessions_card(shown))


async def compose_assigned(house: House, notice: Notice, now: datetime) -> Message | None:
    """In which session somebody is after the assignment; nothing when that changed since."""
    shown = await _own(house, notice, now)
    if shown is None or (shown.seat.id if shown.seat else None) != notice.data.get("session"):
        return None
    if shown.seat is None and not shown.wishes:
        return None
    return Message(texts.told_assigned(shown, now), sessions_card(shown))


async def _own(house: House, notice: Notice, now: datetime) -> SessionsOf | None:
    """The sessions as they are for whom a notice goes to; None once nobody can go there any more."""
    people = await house.people.known([person_of(notice.target) or 0])
    shown = await house.sessions.of(int(notice.subject), Viewer(people[0], member=True)) if people else None
    if shown is None or shown.status not in COMES or shown.meeting.cancelled:
        return None
    return None if shown.meeting.starts.timestamp() <= now.timestamp() else shown
