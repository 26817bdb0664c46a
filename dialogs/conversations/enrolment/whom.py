"""Whom a sentence about registrations is about, and what is done the same way in all of them."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime

from dialogs.cards.limits import MOST_BUTTONS
from dialogs.cards.meetings import choice_card
from dialogs.cards.payloads import LetBe, Payload
from dialogs.cards.registrations import buttons_card
from dialogs.language.registering import meant
from dialogs.language.understanding import Understanding
from dialogs.texts import registering as texts
from dialogs.texts.meetings import line
from dialogs.texts.people import choice
from dialogs.texts.refusals import sentence
from dialogs.turn import Card, Message, Reply, Turn, whisper
from storage.domain.meetings import Meeting
from storage.domain.people import Person, Viewer
from storage.domain.refusals import MeetingCancelled, MeetingOver, Refusal, RegistrationClosed
from storage.domain.registrations import COMES, IN_LINE
from storage.services.house import House

LONGEST_PENDING = 60
"""Characters that a conversation remembers of what the bot asked."""


async def named(house: House, turn: Turn, asked: Understanding | None) -> tuple[tuple[Person, ...], ...]:
    """Those who are named, in their order; more than one in a group: it may be any of them."""
    if asked is None or not asked.people:
        return ()
    known = [one for one in await house.people.known(asked.people) if turn.viewer.may_meet(one)]
    return meant(asked.text, known)


async def people_with(house: House, turn: Turn, ids: Sequence[int]) -> tuple[Person, ...]:
    """Those with these ids, in this order, as far as the one who asks may know them."""
    known = {one.id: one for one in await house.people.known(ids) if turn.viewer.may_meet(one)}
    return tuple(known[id_] for id_ in ids if id_ in known)


def which(
    turn: Turn, named_: Sequence[tuple[Person, ...]], act: Callable[[tuple[Person, ...]], Payload]
) -> Reply | None:
    """Asks whom is meant; `act` is what is done with everybody once that is known. None: nobody is unclear."""
    unclear = [group for group in named_ if len(group) > 1]
    if not unclear:
        return None
    if len(unclear) > 1:
        return whisper(texts.FULL_NAMES)
    buttons: list[tuple[str, Payload]] = []
    for one in unclear[0]:
        everybody = tuple(one if len(group) > 1 else group[0] for group in named_)
        buttons.append((choice(one, turn.may_tell), act(everybody)))
    return whisper(texts.whom([choice(one, turn.may_tell) for one in unclear[0]]), buttons_card(buttons))


async def comes_to(house: House, turn: Turn, person: Person) -> tuple[Meeting, ...]:
    """What somebody is registered for, or waits for."""
    own = await house.registrations.standings(person, turn.now)
    return tuple(one.meeting for one in own if one.status in COMES | IN_LINE and not one.meeting.cancelled)


async def one_of(
    turn: Turn, meetings: Sequence[Meeting], asked: Understanding, answer: Callable[[Meeting], Awaitable[Reply]]
) -> Reply:
    """The answer about the one meeting that it may be, or a choice of them."""
    if len(meetings) == 1:
        reply = await answer(meetings[0])
        kept = replace(reply.memory or turn.memory, meeting_id=meetings[0].id, intent=asked.intent.value)
        return reply.remembering(kept)
    lines = [line(one, turn.now) for one in meetings]
    return whisper(texts.which_meeting(lines), choice_card(meetings[:MOST_BUTTONS], asked.intent, asked.text))


def asking(turn: Turn, pending: str, text: str, card: Card | None = None) -> Reply:
    """A question of the bot that may be answered by typing too, as far as it can be remembered."""
    kept = pending if len(pending) <= LONGEST_PENDING else ""
    return whisper(text, card).remembering(replace(turn.memory, pending=kept))


def beside(reply: Reply, unknown: Sequence[str]) -> Reply:
    """The same reply, after who else was named and nobody knows."""
    return whisper(texts.unknown_beside(unknown)).followed_by(reply) if unknown else reply


def settled(turn: Turn, reply: Reply) -> Reply:
    """The same reply, when what the bot asked is answered with it."""
    return reply.remembering(replace(reply.memory or turn.memory, pending=""))


def done(turn: Turn, text: str, card: Card | None = None) -> Reply:
    """What was done for the one who asks: the rest of the company only reads that it is noted."""
    if turn.personal:
        return whisper(text, card)
    return Reply(Message(texts.NOTED), private=Message(text, card))


def refused(refusal: Refusal, meeting: Meeting | None, now: datetime) -> Reply:
    """Why not, with the name of the meeting where that says more."""
    match refusal:
        case MeetingOver() if meeting:
            return whisper(texts.about(texts.OVER, meeting))
        case MeetingCancelled() if meeting:
            return whisper(texts.about(texts.CANCELLED, meeting))
        case RegistrationClosed() if meeting:
            return whisper(texts.not_open(meeting, now))
        case _:
            return whisper(sentence(refusal))


async def meeting_with(house: House, viewer: Viewer, meeting_id: int) -> Meeting | None:
    """The meeting that a button is about."""
    return next(iter(await house.meetings.known([meeting_id], viewer)), None)


def ids_in(about: str) -> tuple[int, ...]:
    """The ids that a conversation remembers with a question: "12.3.4"."""
    return tuple(int(part) for part in about.split(".") if part.isdecimal())


async def let_be(_house: House, turn: Turn, _pressed: LetBe) -> Reply:
    """They rather not."""
    return settled(turn, whisper(texts.LEFT_SO))
