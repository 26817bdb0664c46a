"""Letting know that somebody can't come, and why, where they want to say that."""

from collections import OrderedDict
from collections.abc import Awaitable, Sequence
from dataclasses import replace
from functools import partial

from dialogs.cards.limits import LONGEST_QUESTION
from dialogs.cards.payloads import Enrol, SignOff, TakeBack, TellReason
from dialogs.cards.registrations import asks, buttons_card, excused_card, sure_card
from dialogs.conversations import gate
from dialogs.conversations.enrolment import registering, replacing, whom
from dialogs.language import answers
from dialogs.language import registering as language
from dialogs.language.intents import Intent
from dialogs.language.understanding import Understanding
from dialogs.texts import registering as texts
from dialogs.texts.refusals import sentence
from dialogs.texts.words import plain
from dialogs.turn import Reply, Turn, whisper
from storage.domain.meetings import Meeting
from storage.domain.people import Person
from storage.domain.refusals import IdentifiesSomebody, NotKnown, NotRegistered, Refusal
from storage.domain.registrations import COMES, IN_LINE, Outcome, RegistrationStatus
from storage.services.house import House

SIGN_OFF = "signoff"
"""How a conversation remembers that the bot asked whether to excuse others: "signoff:meeting.person.person|reason"."""

OFF_THE_LINE = "offline"
"""How it remembers that the bot asked whether to take others off the waiting list: "offline:meeting.person"."""

REASON = "reason"
"""How it remembers that the bot asked why: "reason:meeting.person"."""

INTENTS = frozenset({Intent.REGISTRATION_EXCUSE, Intent.REGISTRATION_UNREGISTER})


async def about(house: House, turn: Turn, meeting: Meeting, asked: Understanding | None) -> Reply:
    """Excuse oneself or those who are named from one meeting."""
    me = turn.viewer.person
    if me is None:
        return whisper(sentence(NotKnown()))
    if asked is None:
        return await _oneself(house, turn, meeting, me, "")
    groups = tuple(group for group in await whom.named(house, turn, asked) if me not in group)
    if not groups:
        return await _alone(house, turn, meeting, me, asked)
    if language.someone_else_comes(asked.text):
        return await replacing.about(house, turn, meeting, asked)
    if language.speaks_of_the_line(asked.text):
        return await _others_off_the_line(house, turn, meeting, groups)
    asking = _others(turn, meeting, groups, answers.reason(asked.text))
    return whom.beside(asking, language.unknown_beside(asked.text, groups))


async def _alone(house: House, turn: Turn, meeting: Meeting, me: Person, asked: Understanding) -> Reply:
    """Nobody else is named whom we know."""
    if language.speaks_of_the_line(asked.text):
        return await _off_the_line(house, turn, meeting, me, asked)
    if answers.only_a_reason(asked.text) and not asked.names_meeting:
        return await _only_why(house, turn, meeting, me, answers.as_reason(asked.text))
    unknown = language.unknown_absent(asked.text)
    if unknown:
        return whisper(texts.UNKNOWN_ABSENT.format(name=plain(unknown)))
    if answers.doubts(asked.text) or answers.asks_whether_one_may(asked.text):
        return await _not_yet(house, meeting, me, answers.doubts(asked.text))
    reply = await _oneself(house, turn, meeting, me, answers.reason(asked.text))
    return reply.followed_by(whisper(texts.ONLY_YOU)) if language.speaks_of_several(asked.text) else reply


async def guess(house: House, turn: Turn, asked: Understanding) -> Reply | None:
    """No meeting is named: the one that they come to, or a choice of those."""
    groups, me = await whom.named(house, turn, asked), turn.viewer.person
    if me and not groups and language.speaks_of_the_line(asked.text):
        return await _waits_for(house, turn, me, asked)
    if me and not groups and answers.only_a_reason(asked.text):
        return whisper(texts.REASON_FOR_WHAT)
    if groups and language.someone_else_comes(asked.text):
        groups = ()
    who = next(iter(groups[0]), None) if groups else me
    if who is None or len(groups) > 1 or not replacing.may_see(turn, who):
        return None
    found = await whom.comes_to(house, turn, who)
    if not found:
        return None
    return await whom.one_of(turn, found, asked, lambda meeting: about(house, turn, meeting, asked))


async def _off_the_line(house: House, turn: Turn, meeting: Meeting, me: Person, asked: Understanding) -> Reply:
    """Who waits leaves the waiting list; who comes keeps the seat, as that is not what they asked."""
    own = await house.registrations.standing(me, meeting)
    if own is not None and own.status in IN_LINE:
        return await registering.leave(house, turn, meeting, me, only_in_line=True)
    if not asked.names_meeting:
        return await _waits_for(house, turn, me, asked)
    return registering.no_line(meeting, own)


async def _waits_for(house: House, turn: Turn, me: Person, asked: Understanding) -> Reply:
    """Leave the one waiting list they stand on, or a choice of those."""
    own = await house.registrations.standings(me, turn.now)
    lines = [one.meeting for one in own if one.status in IN_LINE and not one.meeting.cancelled]
    if not lines:
        return whisper(texts.IN_NO_LINE)

    def off(meeting: Meeting) -> Awaitable[Reply]:
        return registering.leave(house, turn, meeting, me, only_in_line=True)

    return await whom.one_of(turn, lines, asked, off)


async def _not_yet(house: House, meeting: Meeting, me: Person, doubts: bool) -> Reply:
    """Who is not sure, or only asks, is not excused yet."""
    own = await house.registrations.standing(me, meeting)
    comes = own is not None and own.status in COMES | IN_LINE
    button = buttons_card([asks(texts.BUTTON_CANNOT, "registration.excuse", meeting.id)]) if comes else None
    return whisper(texts.about(texts.NOT_SURE_YET if doubts else texts.CAN_STILL, meeting), button)


async def _only_why(house: House, turn: Turn, meeting: Meeting, me: Person, why: str) -> Reply:
    """A reason alone, where the bot asked for none: it excuses nobody, but who is excused may give it."""
    own = await house.registrations.standing(me, meeting)
    if own is None or own.status is not RegistrationStatus.EXCUSED:
        return whisper(texts.REASON_FOR_WHAT)
    return await _tell(house, turn, meeting.id, me.id, why)


async def _oneself(house: House, turn: Turn, meeting: Meeting, me: Person, reason: str) -> Reply:
    before = await house.registrations.standing(me, meeting)
    if before is not None and before.status in IN_LINE and not meeting.is_over(turn.now):
        return await registering.leave(house, turn, meeting, me)
    try:
        (outcome,), held = await _excuse(house, turn, meeting.id, (me.id,), reason)
    except Refusal as refusal:
        return whom.refused(refusal, meeting, turn.now)
    if held is not None:
        noted = whom.done(turn, texts.excused(outcome, ""))
        return noted.followed_by(_held_back(turn, held, meeting.id, me.id))
    reply = whom.done(
        turn,
        texts.excused(outcome, texts.REASON_KEPT if reason else texts.WHY),
        excused_card(meeting.id, me.id, turn.id, ask_why=not reason, oneself=True),
    )
    if reason:
        return whom.settled(turn, reply)
    return reply.remembering(replace(turn.memory, pending=f"{REASON}:{meeting.id}.{me.id}"))


async def _excuse(
    house: House, turn: Turn, meeting_id: int, people: Sequence[int], reason: str, chosen: bool = False
) -> tuple[tuple[Outcome, ...], IdentifiesSomebody | None]:
    """Excuse people; where somebody stands in the reason they are excused all the same, and it is held back."""
    excuse = partial(house.registrations.excuse_all, meeting_id, people, turn.viewer, turn.now)
    try:
        return await excuse(reason, chosen=chosen), None
    except IdentifiesSomebody as refusal:
        return await excuse(), refusal


def _held_back(turn: Turn, refusal: IdentifiesSomebody, meeting_id: int, person_id: int) -> Reply:
    return gate.caught(turn, refusal, TellReason(meeting=meeting_id, person=person_id), gate.KEEP)


def _others(turn: Turn, meeting: Meeting, groups: Sequence[tuple[Person, ...]], reason: str) -> Reply:
    """Show a coordinator whom the bot will excuse."""
    if not turn.viewer.is_coordinator:
        return whisper(texts.only_coordinator(texts.ONLY_COORDINATOR_EXCUSES, [group[0] for group in groups]))

    def sign_off(people: tuple[Person, ...]) -> SignOff:
        ids = tuple(one.id for one in people)
        return SignOff(meeting=meeting.id, people=ids, reason=reason[:LONGEST_QUESTION], nonce=f"{turn.id}-off")

    unclear = whom.which(turn, groups, sign_off)
    if unclear is not None:
        return unclear
    people = tuple(group[0] for group in groups)
    pending = f"{SIGN_OFF}:{'.'.join(str(id_) for id_ in (meeting.id, *(one.id for one in people)))}"
    card = sure_card(texts.BUTTON_SIGN_OFF, sign_off(people), turn.id)
    if reason:
        _keep(turn, reason)
        pending = f"{pending}|{turn.id}"
    return whom.asking(turn, pending, texts.sure_to_sign_off(meeting, people), card)


_reasons: OrderedDict[str, str] = OrderedDict()
"""The latest reasons for others, for a typed yes: what somebody wrote is written down nowhere before that."""

MOST_REASONS = 500


def _keep(turn: Turn, reason: str) -> None:
    _reasons[turn.id] = reason
    while len(_reasons) > MOST_REASONS:
        _reasons.popitem(last=False)


async def _others_off_the_line(
    house: House, turn: Turn, meeting: Meeting, groups: Sequence[tuple[Person, ...]]
) -> Reply:
    """Show a coordinator whom the bot will take off the waiting list."""
    if not turn.viewer.is_coordinator:
        return whisper(texts.only_coordinator(texts.ONLY_COORDINATOR_EXCUSES, [group[0] for group in groups]))

    def off(people: tuple[Person, ...]) -> TakeBack:
        ids = tuple(one.id for one in people)
        return TakeBack(meeting=meeting.id, people=ids, waiting=True, nonce=f"{turn.id}-off")

    unclear = whom.which(turn, groups, off)
    if unclear is not None:
        return unclear
    people = tuple(group[0] for group in groups)
    absent = await registering.not_in_line(house, meeting, people)
    if absent:
        return whisper(texts.others_not_in_line(meeting, absent))
    pending = f"{OFF_THE_LINE}:{'.'.join(str(id_) for id_ in (meeting.id, *(one.id for one in people)))}"
    card = sure_card(texts.BUTTON_OFF_THE_LINE, off(people), turn.id)
    return whom.asking(turn, pending, texts.sure_off_the_line(meeting, people), card)


async def off_typed(house: House, turn: Turn, about_: str, asked: Understanding) -> Reply | None:
    """A typed yes or no to whether others are to leave the waiting list."""
    said = answers.plainly(asked)
    if said is None:
        return None
    meeting_id, *people = whom.ids_in(about_) or (0,)
    if not said:
        return whom.settled(turn, whisper(texts.LEFT_SO))
    off = TakeBack(meeting=meeting_id, people=tuple(people), waiting=True)
    return whom.settled(turn, await registering.take_back(house, turn, off))


async def typed(house: House, turn: Turn, about_: str, asked: Understanding) -> Reply | None:
    """A typed yes or no to whether others are to be excused. A reason that is forgotten by now is asked again."""
    said = answers.plainly(asked)
    if said is None:
        return None
    who, _, token = about_.partition("|")
    reason = _reasons.pop(token, "")
    meeting_id, *people = whom.ids_in(who) or (0,)
    if not said:
        return whom.settled(turn, whisper(texts.LEFT_SO))
    return await _sign_off(house, turn, meeting_id, people, reason)


async def sign_off(house: House, turn: Turn, pressed: SignOff) -> Reply:
    """A button that excuses."""
    return await _sign_off(house, turn, pressed.meeting, pressed.people, pressed.reason, pressed.chosen)


async def _sign_off(
    house: House, turn: Turn, meeting_id: int, people: Sequence[int], reason: str, chosen: bool = False
) -> Reply:
    try:
        outcomes, held = await _excuse(house, turn, meeting_id, people, reason, chosen)
    except Refusal as refusal:
        meeting = await whom.meeting_with(house, turn.viewer, meeting_id)
        return whom.settled(turn, whom.refused(refusal, meeting, turn.now))
    text = texts.others_excused(outcomes)
    if held is not None:
        redo = SignOff(meeting=meeting_id, people=tuple(people))
        return whisper(text).followed_by(gate.caught(turn, held, redo, gate.KEEP))
    if reason or len(outcomes) > 1:
        return whom.settled(turn, whisper(text))
    pending = f"{REASON}:{meeting_id}.{outcomes[0].person.id}"
    card = excused_card(meeting_id, outcomes[0].person.id, turn.id, ask_why=True, oneself=False)
    return whom.asking(turn, pending, f"{text} {texts.REASON_FOR_OTHERS}", card)


async def reason_typed(house: House, turn: Turn, about_: str, asked: Understanding) -> Reply | None:
    """What is typed after "wil je zeggen waarom?"."""
    meeting_id, person_id = (*whom.ids_in(about_), 0, 0)[:2]
    said = answers.yes_or_no(asked)
    if said is not None:
        return whisper(texts.REASON_WAIT) if said else whom.settled(turn, whisper(texts.NO_REASON))
    me = turn.viewer.person
    if me is not None and person_id == me.id and answers.comes_after_all(asked.text):
        return await registering.enrol(house, turn, Enrol(meeting=meeting_id, people=(me.id,)))
    if not turn.personal or not _may_be_a_reason(asked, just_asked=turn.memory.intent in INTENTS):
        return None
    return await _tell(house, turn, meeting_id, person_id, answers.as_reason(turn.text))


def _may_be_a_reason(asked: Understanding, just_asked: bool) -> bool:
    """Whether this is why, and nothing that one asks or commands; right after the question most of it is."""
    if answers.opens_a_reason(asked.text):
        return True
    if "?" in asked.text or answers.opens_a_question(asked.text) or (asked.intent in INTENTS and asked.names_meeting):
        return False
    if not asked.sure or asked.bare or asked.intent in INTENTS:
        return True
    return just_asked and asked.intent not in _NO_REASON


_NO_REASON = frozenset({Intent.THANKS, Intent.GREETING, Intent.HELP, Intent.COMPLAINT, Intent.REGISTRATION_REPLACE})


async def tell_reason(house: House, turn: Turn, pressed: TellReason) -> Reply:
    """The reason on the card."""
    return await _tell(house, turn, pressed.meeting, pressed.person, pressed.reason, pressed.chosen)


async def _tell(house: House, turn: Turn, meeting_id: int, person_id: int, said: str, chosen: bool = False) -> Reply:
    if not said.strip():
        return whom.settled(turn, whisper(texts.NO_REASON))
    meeting = await whom.meeting_with(house, turn.viewer, meeting_id)
    if meeting is None:
        return whom.settled(turn, whisper(texts.NOT_EXCUSED_ANY_MORE))
    why = said[:LONGEST_QUESTION]
    try:
        await house.registrations.note_reason(meeting_id, person_id, why, turn.viewer, turn.now, chosen=chosen)
    except IdentifiesSomebody as refusal:
        return _held_back(turn, refusal, meeting_id, person_id)
    except NotRegistered:
        return whom.settled(turn, whisper(texts.NOT_EXCUSED_ANY_MORE))
    except Refusal as refusal:
        return whom.settled(turn, whom.refused(refusal, meeting, turn.now))
    return whom.settled(turn, whisper(texts.REASON_TOLD))
