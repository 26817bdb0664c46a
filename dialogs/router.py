"""The table from what was understood to the conversation that answers, and where that answer may be read."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import replace

from dateutil.relativedelta import relativedelta

from dialogs.cards.payloads import (
    AnyPayload,
    AskAboutMeeting,
    AskAboutPerson,
    AskExample,
    DecideAnnouncement,
    ManageNotices,
    TellOrganisation,
    read_payload,
)
from dialogs.conversations import (
    announcements,
    asking,
    channels,
    gate,
    help,  # noqa: A004 - the field's word for it
    introductions,
    meetings,
    outbox,
    people,
    registrations,
)
from dialogs.conversations.enrolment import seats
from dialogs.conversations.polls import entering as polls
from dialogs.conversations.reports import delivering
from dialogs.language.intents import ABOUT_ONESELF, ABOUT_WHAT_WAS, NOT_BUILT, Intent
from dialogs.language.parts import understand_all
from dialogs.language.pasting import is_a_report
from dialogs.language.understanding import Understanding
from dialogs.table import ABOUT, ANSWERS, AT_LENGTH, GUESSES, NO_QUESTION, PENDING, PRESSES, WHOLE
from dialogs.texts import general as texts
from dialogs.turn import Message, Reply, Turn, say
from storage.domain.dialogs import Memory
from storage.domain.meetings import Meeting, MeetingQuery, Which
from storage.domain.network import Names
from storage.services.house import House


async def route(house: House, turn: Turn) -> Reply:
    """Answer a turn. The reply tells what is to be remembered of it."""
    if turn.viewer.is_stranger:
        return await introductions.stranger(house)
    names = await house.names.at(turn.network, turn.now, turn.viewer.is_coordinator)
    reply = (
        await _pressed(house, turn, names) if turn.button is not None else await _typed(house, turn, names, turn.text)
    )
    reply = await introductions.ask(house, turn, reply)
    return settle(turn, _still_pending(turn, reply))


def _still_pending(turn: Turn, reply: Reply) -> Reply:
    """What the bot asked stays open when something else is talked about meanwhile, until it is answered.

    Only not when the bot now asks "bedoel je …?": a yes to that must send or cancel nothing. The buttons still do.
    """
    if reply.unanswered and turn.memory.pending:
        return reply.remembering(replace(reply.memory or turn.memory, pending=""))
    if reply.memory is None or reply.memory.pending is not None:
        return reply
    return reply.remembering(replace(reply.memory, pending="" if _only_shown(turn) else turn.memory.pending))


def _only_shown(turn: Turn) -> bool:
    """Whether what waits was only shown: that is over once something else is talked about, but for a courtesy."""
    return (turn.memory.pending or "").partition(":")[0] in polls.NO_QUESTION


COURTESIES = frozenset({Intent.YES, Intent.NO, Intent.THANKS})
"""What is said in between: "ok", "bedankt"."""


def settle(turn: Turn, reply: Reply) -> Reply:
    """Decide where the parts of a reply go: in a personal chat all of it is said here."""
    if turn.personal:
        said = reply.followed_by(Reply(reply.private)).message
        also = _fitting(reply.also) if reply.also else None
        return replace(reply, message=_fitting(said) if said else None, private=None, also=also)
    if reply.private is None:
        return replace(reply, message=_fitting(reply.message) if reply.message else None)
    alone = reply.message is None
    told = _beside(reply.message, texts.ANSWERED_PRIVATELY if alone else texts.REST_PRIVATELY)
    untold = _beside(reply.message, texts.UNREACHABLE if alone else texts.REST_UNREACHABLE)
    return replace(reply, private=_fitting(reply.private), message=told, unreachable=untold)


def _beside(message: Message | None, sentence: str) -> Message:
    """What everybody may read of an answer, and that the rest is told in person."""
    return _fitting(replace(message, text=f"{message.text}\n\n{sentence}")) if message else Message(sentence)


def _fitting(message: Message) -> Message:
    """A message that Teams takes: a text too long is cut at a line, a card too large is left out."""
    card = message.card if message.card and len(json.dumps(message.card)) <= LARGEST_CARD else None
    if len(message.text) <= LONGEST_TEXT:
        return replace(message, card=card, card_only=message.card_only and card is not None)
    cut = f"{message.text[:LONGEST_TEXT].rpartition(chr(10))[0]}\n\n{texts.CUT}"
    return replace(message, text=cut, card=card, card_only=False)


LONGEST_TEXT = 20_000
LARGEST_CARD = 28_000
"""Characters and bytes that every Teams client takes."""


async def _typed(house: House, turn: Turn, names: Names, text: str) -> Reply:
    if turn.files:
        return await delivering.sent(house, turn)
    if (turn.memory.pending or "").partition(":")[0] not in AT_LENGTH and is_a_report(text):
        return await delivering.pasted(house, turn)  # before it is understood: all of it counts
    if not text.strip():
        return help.about_me(turn, names)
    asked = await _understood(text, turn, names)
    organisation = introductions.typed(turn, asked[0])
    if organisation is not None:
        return await introductions.told(house, turn, organisation)
    if (turn.memory.pending or "").partition(":")[0] in WHOLE:
        told = await _word_for_word(house, turn, asked[0])
        if told is not None:
            return told
    if (told := await polls.bare(house, turn, asked[0])) is not None:
        return told
    reply = await _answer(house, turn, names, asked[0])
    if reply.memory is None and _only_shown(turn) and asked[0].intent not in COURTESIES:
        reply = reply.remembering(replace(turn.memory, pending=""))
    reply = _still_pending(turn, reply)
    for more in asked[1:]:
        after = replace(turn, memory=reply.memory or turn.memory)
        reply = reply.followed_by(_still_pending(after, await _answer(house, after, names, more)))
    return reply


async def _understood(text: str, turn: Turn, names: Names) -> Sequence[Understanding]:
    """What was asked. A long text is read in a thread, so that others need not wait for it."""
    if len(text) <= READ_AT_ONCE:
        return understand_all(text, turn.now, names, turn.memory)
    return await asyncio.to_thread(understand_all, text, turn.now, names, turn.memory)


READ_AT_ONCE = 200
"""Characters of a text that takes a few milliseconds to understand."""


async def _pressed(house: House, turn: Turn, names: Names) -> Reply:
    payload: AnyPayload | None = read_payload(turn.button or {})
    match payload:
        case AskExample(text=text):
            return await _typed(house, replace(turn, text=text), names, text)
        case TellOrganisation(organisation=chosen):
            return await introductions.told(house, turn, int(chosen or 0) or None)
        case AskAboutMeeting() | AskAboutPerson():
            return await _asked(house, turn, payload, names)
        case DecideAnnouncement() | ManageNotices():
            return await _passed_on(house, turn, payload)
    if payload is not None and (press := PRESSES.get(type(payload))) is not None:
        return gate.settled(turn, await press(house, turn, payload))
    return say(texts.TOO_OLD)


async def _asked(house: House, turn: Turn, payload: AskAboutMeeting | AskAboutPerson, names: Names) -> Reply:
    """A button that asks something of one meeting or person."""
    match payload:
        case AskAboutMeeting(intent=wanted, meeting=meeting_id) if wanted in set(Intent):
            found = await house.meetings.known([meeting_id], turn.viewer)
            intent = Intent(wanted)
            if turn.viewer.person is None and intent in ABOUT_ONESELF:
                return await introductions.who_are_you(house, turn)
            if found and intent.about_a_meeting:
                said = next(iter(await _understood(payload.text, turn, names)), None) if payload.text else None
                return await _about(house, turn, found[0], intent, MeetingQuery(ids=(meeting_id,)), said)
        case AskAboutPerson(intent=wanted, person=person_id) if wanted in PERSON_QUESTIONS:
            known = await house.people.known([person_id])
            if known and turn.viewer.may_meet(known[0]):
                return people.tell(turn, known[0], Intent(wanted))
    return say(texts.TOO_OLD)


async def _passed_on(house: House, turn: Turn, payload: DecideAnnouncement | ManageNotices) -> Reply:
    """A button about what the bot sends by itself."""
    match payload:
        case DecideAnnouncement(announcement=announcement, verb=verb):
            return await announcements.decide(house, turn, announcement, verb)
        case ManageNotices(number=number, verb=verb):
            return await outbox.manage(house, turn, number, verb)


PERSON_QUESTIONS = frozenset({Intent.PEOPLE_EMAIL, Intent.PEOPLE_ORGANISATION})


async def _answer(house: House, turn: Turn, names: Names, asked: Understanding) -> Reply:
    if (decided := await _word_for_word(house, turn, asked)) is not None:
        return decided
    if not asked.sure:
        return await help.not_understood(house, turn, asked, names)
    if asked.intent in ABOUT_ONESELF and turn.viewer.person is None:
        return await introductions.who_are_you(house, turn)
    if (answer := ANSWERS.get(asked.intent)) is not None:
        return await answer(house, turn, asked)
    if asked.intent.about_a_meeting:
        return await _meeting_question(house, turn, asked)
    open_question = turn.memory.pending and turn.memory.pending.partition(":")[0] not in NO_QUESTION
    if asked.intent in DECISIONS and turn.memory.pending and open_question:
        return await _decided(house, turn, turn.memory.pending, asked)
    return await _other_question(house, turn, names, asked)


async def _other_question(house: House, turn: Turn, names: Names, asked: Understanding) -> Reply:
    if asked.intent in OFFER_ANSWERS:
        offered = await seats.decided(house, turn, asked.intent is Intent.YES)
        return offered or await _small_talk(house, turn, names, asked)
    match asked.intent:
        case Intent.MEETING_LIST:
            return await meetings.overview(house, turn, asked.query)
        case Intent.ATTENDANCE_MINE if turn.viewer.person is not None:
            return await registrations.mine(house, turn, turn.viewer.person)
        case Intent.FAQ_ANSWER | Intent.FAQ_LIST:
            return help.frequently_asked(names.questions, asked.question)
        case Intent.CHANNEL_POST_HERE:
            return await channels.post_here(house, turn)
        case Intent.ANNOUNCEMENT_SEND:
            return await announcements.draft(house, turn, asked)
        case Intent.COORDINATOR_ASK:
            return await asking.ask(house, turn, asked.remainder)
        case _:
            return await _small_talk(house, turn, names, asked)


OFFER_ANSWERS = frozenset({Intent.YES, Intent.NO})
"""What may answer the seat that the bot offered by itself."""

DECISIONS = frozenset({Intent.YES, Intent.NO, Intent.CANCEL})
"""What one answers to a question of the bot."""


def _draft(turn: Turn) -> int | None:
    """The announcement that waits for a yes or no."""
    what, _, number = (turn.memory.pending or "").partition(":")
    return int(number) if f"{what}:" == announcements.PENDING and number.isdecimal() else None


async def _word_for_word(house: House, turn: Turn, asked: Understanding) -> Reply | None:
    """What is done with what the bot asked, where its answer is typed: however sure the model is of that."""
    pending = turn.memory.pending or ""
    what, _, about = pending.partition(":")
    if what in PENDING:
        return await PENDING[what](house, turn, about, asked)
    if (draft := _draft(turn)) is not None and (verb := announcements.typed(asked)) is not None:
        return await announcements.decide(house, turn, draft, verb)
    if pending.startswith(outbox.PENDING) and outbox.cancels(asked):
        return await _decided(house, turn, pending, asked)
    return None


async def _decided(house: House, turn: Turn, pending: str, asked: Understanding) -> Reply:
    """A typed yes or no to what the bot asked."""
    yes = asked.intent is Intent.YES
    if (draft := _draft(turn)) is not None:
        return await announcements.decide(house, turn, draft, "send" if yes else "drop")
    number = pending.rpartition(":")[2]
    if not pending.startswith(outbox.PENDING) or not number.isdecimal():
        return say(texts.YES_TO_WHAT)
    return await outbox.manage(house, turn, int(number), "cancel_sure" if yes or outbox.cancels(asked) else "keep")


async def _small_talk(house: House, turn: Turn, names: Names, asked: Understanding) -> Reply:
    if asked.intent in NOT_BUILT:
        return await help.not_yet(house)
    if asked.intent in help.SMALL_TALK:
        return say(help.SMALL_TALK[asked.intent])
    match asked.intent:
        case Intent.GREETING:
            return help.greet(turn)
        case Intent.COMPLAINT:
            return help.misunderstood(names)
        case Intent.PRIVACY_REQUEST:
            return await help.what_is_kept(house, turn)
        case _:
            return help.about_me(turn, names)


async def _meeting_question(house: House, turn: Turn, asked: Understanding) -> Reply:
    query, found = asked.query, await _talked_about(house, turn, asked)
    free = (
        not found or asked.intent is Intent.REPORT_DECISIONS
    )  # what was decided on something is asked of all meetings
    if free and not asked.names_meeting and asked.intent in GUESSES:
        guessed = await GUESSES[asked.intent](house, turn, asked)
        if guessed is not None:
            return guessed
    if found:
        query = MeetingQuery(ids=(found[0].id,))
    else:
        found = await house.meetings.find(query, turn.viewer, turn.network.timezone, turn.now)
    if not found and (earlier := _a_year_ago(query, turn)) is not None:
        found = await house.meetings.find(earlier, turn.viewer, turn.network.timezone, turn.now)
    if not found:
        return await meetings.nothing(house, turn, query)
    if len(found) > 1:
        return meetings.several(turn, found, asked.intent, asked.text if asked.intent in ABOUT else "")
    return await _about(house, turn, found[0], asked.intent, query, asked)


def _a_year_ago(query: MeetingQuery, turn: Turn) -> MeetingQuery | None:
    """The same day of the year before: "de intervisie van 15 oktober" was last month's when none is planned ahead."""
    if query.first is None or query.first != query.last or query.first <= turn.now.date():
        return None
    earlier = query.first - relativedelta(years=1)
    return replace(query, which=Which.PREVIOUS, first=earlier, last=earlier)


async def _talked_about(house: House, turn: Turn, asked: Understanding) -> tuple[Meeting, ...]:
    """The meeting that this conversation is about, where the question names none itself."""
    if asked.names_meeting or turn.memory.meeting_id is None:
        return ()
    found = await house.meetings.known([turn.memory.meeting_id], turn.viewer)
    if asked.intent in ABOUT_WHAT_WAS:
        return tuple(meeting for meeting in found if meeting.starts.timestamp() <= turn.now.timestamp())
    ahead = asked.intent in ABOUT_WHAT_COMES
    return tuple(meeting for meeting in found if not (ahead and meeting.is_over(turn.now)))


ABOUT_WHAT_COMES = frozenset(
    {
        Intent.AGENDA_DEADLINE,
        Intent.REGISTRATION_DEADLINE,
        Intent.MEETING_DEADLINES,
        Intent.MEETING_PLACES,
        Intent.REGISTRATION_REGISTER,
        Intent.REGISTRATION_UNREGISTER,
        Intent.REGISTRATION_EXCUSE,
        Intent.REGISTRATION_REPLACE,
        Intent.REGISTRATION_GUEST,
        Intent.REGISTRATION_CAPACITY,
        Intent.REGISTRATION_CLOSE,
        Intent.REGISTRATION_REOPEN,
        Intent.REGISTRATION_LIMIT,
        Intent.REGISTRATION_CHOOSE,
        Intent.REGISTRATION_ASSIGN,
        Intent.REGISTRATION_CALENDAR,
        Intent.MEETING_MOVE,
        Intent.MEETING_CANCEL,
        Intent.MEETING_CHANGE,
        Intent.MEETING_INVITE,
        Intent.AGENDA_COMPOSE,
        Intent.AGENDA_PUBLISH,
        Intent.AGENDA_HOLD,
        Intent.AGENDA_PROMISE,
    }
)
"""What only makes sense of a meeting to come."""


async def _about(
    house: House,
    turn: Turn,
    meeting: Meeting,
    intent: Intent,
    query: MeetingQuery,
    asked: Understanding | None = None,
) -> Reply:
    if intent in ABOUT:
        reply = await ABOUT[intent](house, turn, meeting, asked)
        if meeting.cancelled and intent is Intent.ATTENDANCE_WHO:
            reply = meetings.cancelled(meeting).followed_by(reply)
        kept = reply.memory or turn.memory
        return reply.remembering(replace(kept, meeting_id=meeting.id, intent=intent.value))
    if meeting.cancelled:
        reply = meetings.cancelled(meeting)
    elif intent in meetings.AGENDA:
        reply = await meetings.agenda(house, turn, meeting, intent)
    elif intent in registrations.INTENTS:
        reply = await registrations.answer(house, turn, meeting, intent)
    elif intent in meetings.ANSWERED:
        reply = await meetings.one(house, turn, meeting, intent, query)
    else:
        return await help.not_yet(house)
    return reply.remembering(Memory(meeting_id=meeting.id, intent=intent.value))
