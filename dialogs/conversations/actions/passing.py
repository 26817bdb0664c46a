"""Giving an action to somebody else: to whom, telling both, and taking it on, giving it or taking it back."""

from collections.abc import Sequence
from dataclasses import replace

from dialogs.cards.action_payloads import DoAction
from dialogs.cards.actions import buttons_card, does
from dialogs.conversations.actions.replying import done_with, refused, whisper
from dialogs.conversations.actions.which import MOST_OFFERED, Meant
from dialogs.language.doing import ActionSaid
from dialogs.language.registering import meant
from dialogs.language.spelling import fold, tokens
from dialogs.language.understanding import Understanding
from dialogs.texts import actions as texts
from dialogs.texts.outbox import short
from dialogs.texts.people import choice
from dialogs.texts.words import plain
from dialogs.turn import Card, Reply, Turn
from storage.domain.actions import Action
from storage.domain.people import Person
from storage.domain.refusals import Refusal
from storage.services.house import House

TO = "pass-action"
"""How a conversation remembers that it was asked to whom an action goes: "pass-action:12"."""


async def answer(house: House, turn: Turn, asked: Understanding, said: ActionSaid, found: Meant) -> Reply:
    """Give the action that a sentence means to whom it names, or ask what is not clear."""
    people = await named(house, turn, asked, said.to)
    if found.actions:
        return await _give(house, turn, found.actions[0], people, said.to)
    if found.missing:
        return whisper(texts.NO_SUCH_NUMBER.format(number=found.missing))
    if not found.maybe:
        return whisper(texts.NO_SUCH_WORDS)
    offered, to = found.maybe[:MOST_OFFERED], str(people[0].id) if len(people) == 1 else ""
    lines = [texts.LINE.format(number=number, text=texts.shown(one)) for number, one in enumerate(offered, 1)]
    card = buttons_card([(short(one.text)[:40], does("pass", [one], turn.id, to)) for one in offered])
    return whisper("\n\n".join([texts.WHICH, *lines]), card)


async def named(house: House, turn: Turn, asked: Understanding, said: str = "") -> tuple[Person, ...]:
    """Whom a text names, of those whom the viewer may know; several: it may be any of them."""
    known = await house.people.known(asked.people) if asked.people else await house.people.everybody()
    words = set(tokens(fold(said or asked.text)))
    others = [one for one in known if turn.viewer.may_meet(one)]
    named_ = [one for one in others if not words.isdisjoint(tokens(fold(one.name)))]
    groups = meant(said or asked.text, named_) if named_ else ()
    if groups:
        return groups[0]
    # A name with a typo was found among all words of the text, where it need not be that of who gets it.
    return tuple(others) if asked.people and len(others) == 1 else ()


async def _give(house: House, turn: Turn, action: Action, people: Sequence[Person], said: str) -> Reply:
    if len(people) == 1:
        payload = does("pass", [action], turn.id, str(people[0].id))
        try:
            return await pressed(house, turn, payload, (action,))
        except Refusal as refusal:
            return refused(refusal)
    if people:
        offered = people[:MOST_OFFERED]
        labels = [choice(one, turn.may_tell) for one in offered]
        card = buttons_card(
            [(label, does("pass", [action], turn.id, str(one.id))) for label, one in zip(labels, offered, strict=True)]
        )
        return _asking(turn, action, texts.WHICH_PERSON.format(names=", ".join(labels)), card)
    unknown = texts.UNKNOWN_PERSON.format(name=plain(said))
    return _asking(turn, action, unknown if said else texts.quoted(texts.TO_WHOM, action))


def _asking(turn: Turn, action: Action, text: str, card: Card | None = None) -> Reply:
    asking = whisper(text, card)
    return asking.remembering(replace(turn.memory, pending=f"{TO}:{action.id}"))


async def pressed(house: House, turn: Turn, payload: DoAction, actions: tuple[Action, ...]) -> Reply:
    """Give an action to the one whom a button says; without one it is asked to whom."""
    action = actions[0]
    if not payload.to.isdecimal():
        return _asking(turn, action, texts.quoted(texts.TO_WHOM, action))
    after = await house.actions.pass_on(action.id, int(payload.to), turn.viewer, turn.now)
    own = turn.viewer.person
    if own is not None and own.id == int(payload.to):
        return done_with(turn, whisper(texts.quoted(texts.TAKEN, after)))
    to = next(one for one in after.owners if one.id == int(payload.to))
    card = buttons_card([(texts.BUTTON_TAKE_BACK, does("back", [after], turn.id))])
    return done_with(turn, whisper(texts.quoted(texts.PASSED, after, name=plain(to.name)), card))


async def typed(house: House, turn: Turn, about: str, asked: Understanding) -> Reply | None:
    """A name, after it was asked to whom an action goes; None: it is about something else."""
    actions = await house.actions.known([int(about)], turn.viewer) if about.isdecimal() else ()
    people = await named(house, turn, asked) if actions else ()
    if not actions or (not people and asked.sure):
        return None
    return await _give(house, turn, actions[0], people, asked.text.strip()[:60])


async def accept(house: House, turn: Turn, _payload: DoAction, actions: tuple[Action, ...]) -> Reply:
    """Take on what somebody gave."""
    action, giver = await house.actions.accept(actions[0].id, turn.viewer, turn.now)
    if giver is None:
        return whisper(texts.quoted(texts.ACCEPTED_ALREADY, action))
    return whisper(texts.quoted(texts.ACCEPTED, action, name=plain(giver.first_name)))


async def back(house: House, turn: Turn, action_id: int) -> Reply:
    """Give back what somebody gave, or take back what one gave."""
    try:
        action, owner = await house.actions.give_back(action_id, turn.viewer, turn.now)
    except Refusal as refusal:
        return refused(refusal)
    own = turn.viewer.person is not None and owner.id == turn.viewer.person.id
    told = texts.quoted(texts.TAKEN_BACK, action) if own else None
    return whisper(told or texts.quoted(texts.GIVEN_BACK, action, name=plain(owner.first_name)))
