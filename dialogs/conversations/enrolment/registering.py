"""Registering for a meeting: oneself at once, others by a coordinator after a yes, and taking it back."""

from collections.abc import Sequence

from dialogs.cards.payloads import Enrol, TakeBack
from dialogs.cards.registrations import (
    comes_card,
    guest_card,
    offer_card,
    registered_card,
    sure_card,
    undo_card,
    waiting_card,
)
from dialogs.conversations.enrolment import whom
from dialogs.language.answers import plainly
from dialogs.language.registering import speaks_of_oneself, speaks_of_several, unknown_beside, unknown_enrolled
from dialogs.language.understanding import Understanding
from dialogs.texts import registering as texts
from dialogs.texts.refusals import sentence
from dialogs.texts.words import plain
from dialogs.turn import Card, Reply, Turn, say, whisper
from storage.domain.meetings import Meeting, MeetingKind, MeetingQuery, Which
from storage.domain.people import Person
from storage.domain.refusals import NoSuchMeeting, NotKnown, NotRegistered, Refusal
from storage.domain.registrations import COMES, IN_LINE, OwnRegistration, RegistrationStatus
from storage.services.house import House

ENROL = "enrol"
"""How a conversation remembers that the bot asked whether to register others: "enrol:meeting.person.person"."""

ON_THE_LIST = COMES | IN_LINE


async def about(house: House, turn: Turn, meeting: Meeting, asked: Understanding | None) -> Reply:
    """Register oneself or those who are named for one meeting."""
    me = turn.viewer.person
    if me is None:
        return whisper(sentence(NotKnown()))
    groups = await whom.named(house, turn, asked)
    others = tuple(group for group in groups if me not in group)
    if not others:
        unknown = unknown_enrolled(asked.text) if asked and not groups else ""
        if unknown:
            return _unknown(turn, meeting, unknown)
        reply = await _oneself(house, turn, meeting, me)
        several = asked is not None and not groups and speaks_of_several(asked.text)
        return reply.followed_by(whisper(texts.ONLY_YOU)) if several else reply
    with_me = asked is not None and (len(others) < len(groups) or speaks_of_oneself(asked.text))
    if not turn.viewer.is_coordinator:
        return await _others_do_it_themselves(house, turn, meeting, me if with_me else None, others)
    asking = _ask(turn, meeting, ((me,), *others) if with_me else others)
    return whom.beside(asking, unknown_beside(asked.text, groups) if asked else ())


async def guess(house: House, turn: Turn, asked: Understanding) -> Reply | None:
    """No meeting is named: the one that is open, or a choice of those that are."""
    me = turn.viewer.person
    if me is None:
        return None
    groups = await whom.named(house, turn, asked)
    oneself = all(me in group for group in groups)
    found = await house.meetings.find(MeetingQuery(which=Which.ALL), turn.viewer, turn.network.timezone, turn.now)
    own = {one.meeting.id: one for one in await house.registrations.standings(me, turn.now)} if oneself else {}
    open_ = [one for one in found if one.registration_open(turn.now)]
    fitting = [one for one in open_ if own.get(one.id) is None or own[one.id].status not in ON_THE_LIST]
    offered = [one for one in found if one.id in own and own[one.id].status is RegistrationStatus.OFFERED]
    if len(offered) == 1:
        fitting = offered
    if not fitting:
        return whisper(texts.IN_FOR_ALL if open_ else texts.NOTHING_OPEN)
    return await whom.one_of(turn, fitting, asked, lambda meeting: about(house, turn, meeting, asked))


async def _oneself(house: House, turn: Turn, meeting: Meeting, me: Person) -> Reply:
    try:
        outcome = (await house.registrations.register(meeting.id, [me.id], turn.viewer, turn.now))[0]
    except Refusal as refusal:
        return whom.refused(refusal, meeting, turn.now)
    text = texts.registered(outcome, turn.now)
    if not turn.personal and outcome.own.status is RegistrationStatus.REGISTERED:
        return say(text)
    return whom.done(turn, text, await _card(house, turn, outcome.own, me, outcome.changed))


async def _card(house: House, turn: Turn, own: OwnRegistration, me: Person, new: bool) -> Card:
    if own.status is RegistrationStatus.WAITLISTED:
        return waiting_card(own.meeting.id, me.id, turn.id)
    if own.status is RegistrationStatus.OFFERED:
        return offer_card(own.meeting.id, turn.id)
    day_long = own.meeting.kind is MeetingKind.NETWERKDAG
    sessions = bool(day_long and not own.session and await house.meetings.sessions(own.meeting))
    if not new:
        return comes_card(own.meeting.id, sessions)
    return registered_card(own.meeting.id, me.id, turn.id, sessions)


def _unknown(turn: Turn, meeting: Meeting, name: str) -> Reply:
    """Somebody outside the network: they come as a guest."""
    text = f"{texts.UNKNOWN_ENROLLED.format(name=plain(name))} {texts.GUEST_KEPT}"
    return whom.asking(turn, f"guest:{meeting.id}.0", text, guest_card(meeting.id, 0, name, "", ""))


async def _others_do_it_themselves(
    house: House, turn: Turn, meeting: Meeting, me: Person | None, others: Sequence[tuple[Person, ...]]
) -> Reply:
    told = whisper(texts.only_coordinator(texts.ONLY_COORDINATOR_ENROLS, [group[0] for group in others]))
    return (await _oneself(house, turn, meeting, me)).followed_by(told) if me else told


def _ask(turn: Turn, meeting: Meeting, groups: Sequence[tuple[Person, ...]]) -> Reply:
    """Show a coordinator whom the bot will register."""

    def enrol(people: tuple[Person, ...]) -> Enrol:
        return Enrol(meeting=meeting.id, people=tuple(one.id for one in people), nonce=f"{turn.id}-enrol")

    unclear = whom.which(turn, groups, enrol)
    if unclear is not None:
        return unclear
    people = tuple(group[0] for group in groups)
    pending = f"{ENROL}:{'.'.join(str(id_) for id_ in (meeting.id, *(one.id for one in people)))}"
    card = sure_card(texts.BUTTON_ENROL, enrol(people), turn.id)
    return whom.asking(turn, pending, texts.sure_to_enrol(meeting, people), card)


async def typed(house: House, turn: Turn, about_: str, asked: Understanding) -> Reply | None:
    """A typed yes or no to whether others are to be registered."""
    said = plainly(asked)
    if said is None:
        return None
    meeting_id, *people = whom.ids_in(about_) or (0,)
    return whom.settled(turn, await _enrol(house, turn, meeting_id, people) if said else whisper(texts.LEFT_SO))


async def enrol(house: House, turn: Turn, pressed: Enrol) -> Reply:
    """A button that registers."""
    me = turn.viewer.person
    if me is not None and pressed.people == (me.id,):
        meeting = await whom.meeting_with(house, turn.viewer, pressed.meeting)
        reply = await _oneself(house, turn, meeting, me) if meeting else whisper(sentence(NoSuchMeeting()))
        return whom.settled(turn, reply)
    return whom.settled(turn, await _enrol(house, turn, pressed.meeting, pressed.people))


async def _enrol(house: House, turn: Turn, meeting_id: int, people: Sequence[int]) -> Reply:
    try:
        outcomes = await house.registrations.register(meeting_id, people, turn.viewer, turn.now)
    except Refusal as refusal:
        return whom.refused(refusal, await whom.meeting_with(house, turn.viewer, meeting_id), turn.now)
    changed = [one.person.id for one in outcomes if one.changed]
    card = undo_card(meeting_id, changed, turn.id) if changed else None
    return whisper(texts.others_registered(outcomes), card)


async def take_back(house: House, turn: Turn, pressed: TakeBack) -> Reply:
    """A button that takes registrations back, or leaves the waiting list."""
    me = turn.viewer.person
    meeting = await whom.meeting_with(house, turn.viewer, pressed.meeting)
    if me is None or meeting is None:
        return whisper(sentence(NoSuchMeeting() if me else NotKnown()))
    if pressed.people == (me.id,):
        return await leave(house, turn, meeting, me, only_in_line=pressed.waiting)
    act = house.registrations.withdraw_all
    try:
        gone = await act(meeting.id, pressed.people, turn.viewer, turn.now, only_in_line=pressed.waiting)
    except Refusal as refusal:
        if pressed.waiting and isinstance(refusal, NotRegistered):
            return await _others_keep(house, turn, meeting, pressed.people)
        return whom.refused(refusal, meeting, turn.now)
    return whom.settled(turn, whisper(texts.others_taken_back(meeting, [one.person for one in gone])))


async def _others_keep(house: House, turn: Turn, meeting: Meeting, people: Sequence[int]) -> Reply:
    """Some of those who were to leave the line don't wait (any more): nobody left it."""
    absent = await not_in_line(house, meeting, await whom.people_with(house, turn, people))
    return whisper(texts.others_not_in_line(meeting, absent) if absent else sentence(NotRegistered()))


async def not_in_line(house: House, meeting: Meeting, people: Sequence[Person]) -> tuple[Person, ...]:
    """Those of these people who don't wait for a seat."""
    own = [(one, await house.registrations.standing(one, meeting)) for one in people]
    return tuple(one for one, stands in own if stands is None or stands.status not in IN_LINE)


def no_line(meeting: Meeting, own: OwnRegistration | None) -> Reply:
    """Who wants to leave a line that they don't stand in keeps what they have."""
    if own is None or own.status not in COMES:
        return whisper(texts.about(texts.NOT_IN_LINE, meeting))
    return whisper(texts.about(texts.NOT_IN_LINE_BUT_IN, meeting), comes_card(meeting.id))


async def leave(house: House, turn: Turn, meeting: Meeting, me: Person, only_in_line: bool = False) -> Reply:
    """One's own registration is undone, or one's place in line given up; `only_in_line`: but never a seat."""
    before = await house.registrations.standing(me, meeting)
    try:
        await house.registrations.withdraw_all(meeting.id, (me.id,), turn.viewer, turn.now, only_in_line)
    except NotRegistered:
        if only_in_line:
            return no_line(meeting, await house.registrations.standing(me, meeting))
        return whisper(texts.about(texts.NOT_ON_LIST, meeting))
    except Refusal as refusal:
        return whom.refused(refusal, meeting, turn.now)
    return whom.settled(turn, whom.done(turn, texts.taken_back(meeting, before)))
