"""Somebody comes in another's place, or along: people of the network by name, others with their mail address."""

from dialogs.cards.payloads import BringGuest, StepIn
from dialogs.cards.registrations import guest_card, sure_card, undo_card
from dialogs.conversations.enrolment import whom
from dialogs.language import answers
from dialogs.language import registering as language
from dialogs.language.intents import Intent
from dialogs.language.registering import TypedGuest
from dialogs.language.understanding import Understanding
from dialogs.texts import registering as texts
from dialogs.texts.refusals import sentence
from dialogs.texts.words import plain
from dialogs.turn import Reply, Turn, whisper
from storage.domain.meetings import Meeting
from storage.domain.people import Person
from storage.domain.refusals import AlreadyRegistered, NoSuchMeeting, NotKnown, NotNow, NotRegistered, Refusal
from storage.domain.registrations import NewGuest, RegistrationStatus
from storage.services.house import House

INSTEAD = "instead"
"""How a conversation remembers that the bot asked who comes in whose place: "instead:meeting.person"."""

STEP_IN = "stepin"
"""How it remembers that the bot asked whether somebody is to be replaced: "stepin:meeting.person.by"."""

GUEST = "guest"
"""How it remembers that the bot asked who the guest is: "guest:meeting.person", with 0 for nobody's place."""


async def about(house: House, turn: Turn, meeting: Meeting, asked: Understanding | None) -> Reply:
    """Let somebody come in one's own place, or in another's by a coordinator."""
    me = turn.viewer.person
    if me is None:
        return whisper(sentence(NotKnown()))
    if asked is None:
        return _who(turn, meeting, me, me)
    groups = await whom.named(house, turn, asked)
    roles = language.roles(asked.text, groups)
    replaced = roles.replaced or me
    if roles.replaced is not None and not roles.by and not roles.unknown:
        # Either "ik vervang Emre", or only who is replaced was said.
        return (
            await _replace(house, turn, meeting, replaced, me) if _i_come(asked) else _who(turn, meeting, replaced, me)
        )
    if roles.by:
        return await _by(house, turn, meeting, replaced, roles.by)
    guest = language.typed_guest(asked.text)
    if guest.email:
        return await _bring(house, turn, meeting, guest, replaced.id)
    if roles.unknown:
        text = texts.UNKNOWN_REPLACEMENT.format(name=plain(roles.unknown))
        return _guest(turn, meeting, text, TypedGuest(name=roles.unknown), replaced.id)
    return _who(turn, meeting, replaced, me)


async def guess(house: House, turn: Turn, asked: Understanding) -> Reply | None:
    """No meeting is named: the one that who is replaced comes to, or a choice of those."""
    roles = language.roles(asked.text, await whom.named(house, turn, asked))
    replaced = roles.replaced or turn.viewer.person
    found = await whom.comes_to(house, turn, replaced) if replaced and may_see(turn, replaced) else ()
    if not found:
        return None
    return await whom.one_of(turn, found, asked, lambda meeting: about(house, turn, meeting, asked))


def may_see(turn: Turn, person: Person) -> bool:
    """Whether the one who asks may know what this person comes to."""
    return person == turn.viewer.person or turn.viewer.is_coordinator


def _i_come(asked: Understanding) -> bool:
    return language.speaks_of_oneself(asked.text)


def _who(turn: Turn, meeting: Meeting, replaced: Person, me: Person) -> Reply:
    """Ask who comes in the place."""
    text = f"{texts.who_replaces(meeting, None if replaced == me else replaced)} {texts.GUEST_KEPT}"
    card = guest_card(meeting.id, replaced.id, "", "", "")
    return whom.asking(turn, f"{INSTEAD}:{meeting.id}.{replaced.id}", text, card)


async def _by(house: House, turn: Turn, meeting: Meeting, replaced: Person, by: tuple[Person, ...]) -> Reply:
    """One's own place is given at once; a coordinator is asked about another's, and everybody where a name is two's."""

    def step_in(people: tuple[Person, ...]) -> StepIn:
        return StepIn(meeting=meeting.id, person=replaced.id, by=people[0].id, nonce=f"{turn.id}-step")

    unclear = whom.which(turn, [by], step_in)
    if unclear is not None:
        return unclear
    if replaced == turn.viewer.person or not turn.viewer.is_coordinator:
        return await _replace(house, turn, meeting, replaced, by[0])
    card = sure_card(texts.BUTTON_STEP_IN, step_in(by), turn.id)
    pending = f"{STEP_IN}:{meeting.id}.{replaced.id}.{by[0].id}"
    return whom.asking(turn, pending, texts.sure_to_step_in(meeting, replaced, by[0]), card)


async def _replace(house: House, turn: Turn, meeting: Meeting, replaced: Person, by: Person) -> Reply:
    other = None if replaced == turn.viewer.person else replaced
    before = await house.registrations.standing(replaced, meeting)
    try:
        await house.registrations.replace(meeting.id, replaced.id, by.id, turn.viewer, turn.now)
        own = await house.registrations.standing(by, meeting)
    except NotNow:
        taken = before is not None and before.replaced_by is not None
        return whisper(texts.replaced_already(before, other) if before and taken else sentence(NotNow()))
    except Refusal as refusal:
        return _refused(refusal, turn, meeting, by, other)
    if own is None:
        return whisper(sentence(NotRegistered()))
    waited = before is not None and before.status is RegistrationStatus.WAITLISTED
    return whom.settled(turn, whom.done(turn, texts.replaces(by, own, other, turn.now, waited)))


def _refused(refusal: Refusal, turn: Turn, meeting: Meeting, by: Person, other: Person | None) -> Reply:
    match refusal:
        case NotRegistered():
            return whisper(texts.no_seat(meeting, other))
        case AlreadyRegistered():
            return whisper(texts.comes_already(meeting, by, other))
        case _:
            return whom.refused(refusal, meeting, turn.now)


async def step_in(house: House, turn: Turn, pressed: StepIn) -> Reply:
    """A button that lets somebody come in another's place."""
    return whom.settled(turn, await _step_in(house, turn, pressed.meeting, pressed.person, pressed.by))


async def _step_in(house: House, turn: Turn, meeting_id: int, person_id: int, by_id: int) -> Reply:
    meeting = await whom.meeting_with(house, turn.viewer, meeting_id)
    people = await whom.people_with(house, turn, [person_id, by_id])
    if meeting is None or (len(people) < 2 and person_id != by_id):  # noqa: PLR2004
        return whisper(sentence(NotRegistered() if meeting else NoSuchMeeting()))
    return await _replace(house, turn, meeting, people[0], people[-1])


async def step_in_typed(house: House, turn: Turn, about_: str, asked: Understanding) -> Reply | None:
    """A typed yes or no to whether somebody is to be replaced."""
    said = answers.plainly(asked)
    if said is None:
        return None
    meeting_id, person_id, by_id = (*whom.ids_in(about_), 0, 0, 0)[:3]
    reply = await _step_in(house, turn, meeting_id, person_id, by_id) if said else whisper(texts.LEFT_SO)
    return whom.settled(turn, reply)


async def typed(house: House, turn: Turn, about_: str, asked: Understanding) -> Reply | None:
    """What is typed after "wie komt er in jouw plaats?" or "wie breng je mee?"."""
    meeting_id, instead_of = (*whom.ids_in(about_), 0, 0)[:2]
    meeting = await whom.meeting_with(house, turn.viewer, meeting_id)
    guest = language.typed_guest(turn.text)
    if meeting is None:
        return None
    if guest.email:
        return await _bring(house, turn, meeting, guest, instead_of)
    if answers.yes_or_no(asked) is False:
        return whom.settled(turn, whisper(texts.LEFT_SO))
    if not answers.is_a_name(asked) or (asked.sure and asked.intent is Intent.REGISTRATION_REPLACE):
        return None
    groups = await whom.named(house, turn, asked)
    if groups and instead_of:
        replaced = await whom.people_with(house, turn, [instead_of])
        return await _by(house, turn, meeting, replaced[0], groups[0]) if replaced else None
    if groups:
        return _named_guest(turn, meeting, groups)
    known = guest if guest.name else TypedGuest(name=" ".join(turn.text.split()))
    text = texts.missing(known.name, known.organisation, known.email)
    return _guest(turn, meeting, text, known, instead_of)


async def guest(house: House, turn: Turn, meeting: Meeting, asked: Understanding | None) -> Reply:
    """Bring somebody from outside the network."""
    if turn.viewer.person is None:
        return whisper(sentence(NotKnown()))
    said = language.guest_in_sentence(asked.text) if asked else TypedGuest()
    if said.complete:
        return await _bring(house, turn, meeting, said, 0)
    groups = await whom.named(house, turn, asked)
    if groups:
        return _named_guest(turn, meeting, groups)
    if not meeting.registration_open(turn.now) and not turn.viewer.is_coordinator:
        return whisper(texts.not_open(meeting, turn.now))
    return _guest(turn, meeting, texts.about(texts.WHO_IS_GUEST, meeting), said, 0)


def _named_guest(turn: Turn, meeting: Meeting, groups: tuple[tuple[Person, ...], ...]) -> Reply:
    """Who is named is of the network: they register themselves, or a coordinator does it."""
    people = [group[0] for group in groups if turn.viewer.person not in group]
    return (
        whisper(texts.known_guests(people))
        if people
        else _guest(turn, meeting, texts.about(texts.WHO_IS_GUEST, meeting), TypedGuest(), 0)
    )


def _guest(turn: Turn, meeting: Meeting, text: str, known: TypedGuest, instead_of: int) -> Reply:
    """The card for a guest, as far as known; it can be typed too."""
    card = guest_card(meeting.id, instead_of, known.name, known.organisation, known.email)
    return whom.asking(turn, f"{GUEST}:{meeting.id}.{instead_of}", f"{text} {texts.GUEST_KEPT}", card)


async def bring(house: House, turn: Turn, pressed: BringGuest) -> Reply:
    """The guest on the card."""
    meeting = await whom.meeting_with(house, turn.viewer, pressed.meeting)
    if meeting is None:
        return whisper(sentence(NoSuchMeeting()))
    typed_ = TypedGuest(pressed.name, pressed.organisation, pressed.email)
    return await _bring(house, turn, meeting, typed_, pressed.instead_of)


async def _bring(house: House, turn: Turn, meeting: Meeting, said: TypedGuest, instead_of: int) -> Reply:
    new = NewGuest(said.name, said.organisation, said.email)
    if not said.complete:
        return _guest(turn, meeting, texts.missing(*(said.name, said.organisation, said.email)), said, instead_of)
    try:
        outcome = await house.registrations.bring(meeting.id, new, turn.viewer, turn.now, instead_of or None)
    except (NotRegistered, AlreadyRegistered) as refusal:
        whose = await whom.people_with(house, turn, [instead_of]) if instead_of else ()
        other = next((one for one in whose if one != turn.viewer.person), None)
        return whisper(texts.no_seat(meeting, other) if isinstance(refusal, NotRegistered) else sentence(refusal))
    except Refusal as refusal:
        return whom.refused(refusal, meeting, turn.now)
    undo = outcome.changed and not instead_of
    card = undo_card(meeting.id, [outcome.person.id], turn.id) if undo else None
    return whom.settled(turn, whom.done(turn, texts.guest(outcome, new, instead_of > 0, turn.now), card))
