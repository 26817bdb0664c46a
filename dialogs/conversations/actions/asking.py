"""What is typed after the bot asked something about actions, or listed them."""

from dataclasses import replace
from datetime import timedelta

from dialogs.cards.action_payloads import DoAction
from dialogs.cards.actions import does
from dialogs.conversations.actions import doing, which
from dialogs.conversations.actions.replying import done_with, whisper
from dialogs.language.answers import plainly
from dialogs.language.doing import action_said
from dialogs.language.intents import Intent
from dialogs.language.understanding import Understanding
from dialogs.texts import actions as texts
from dialogs.turn import Reply, Turn
from storage.domain.actions import Action
from storage.services.house import House

LONGEST_ANSWER = 12
"""Words of an answer to "welke?"."""


async def listed(house: House, turn: Turn, _about: str, asked: Understanding) -> Reply | None:
    """ "1 is klaar", after a list was shown: its numbers say that it is about actions; or "toch niet" after that."""
    if asked.sure and asked.intent is Intent.NO:
        return await _undone(house, turn)
    said = action_said(asked.text, turn.now)
    if asked.sure or not (said.numbers and said.done):
        return None
    return await doing.answer(house, turn, replace(asked, intent=Intent.ACTIONS_DONE))


async def _undone(house: House, turn: Turn) -> Reply | None:
    """The button "toch niet" in words: what was settled last opens again, when it is one of those in sight."""
    lately = (await house.actions.settled(turn.viewer, turn.now))[:1]
    in_sight = {one.id for one in await which.in_sight(house, turn)}
    if not lately or lately[0].id not in in_sight:
        return None
    return await doing.pressed(house, turn, does("reopen", lately, turn.id))


async def chosen(house: House, turn: Turn, about: str, asked: Understanding) -> Reply | None:
    """Which of several actions is meant."""
    if _drops(asked):
        return done_with(turn, whisper(texts.KEPT))
    how, _, ids = about.partition(":")
    verb, _, to = how.partition(".")
    actions = await house.actions.known([int(one) for one in ids.split(".") if one.isdecimal()], turn.viewer)
    said = action_said(asked.text, turn.now)
    if not actions or (asked.sure and asked.intent not in doing.VERBS) or len(asked.text.split()) > LONGEST_ANSWER:
        return None
    found = which.numbered(actions, said.numbers) if said.numbers else which.by_words(said.words, actions)
    if not found.actions:
        return None
    return await doing.pressed(house, turn, does(verb, found.actions, turn.id, to))


async def to_when(house: House, turn: Turn, about: str, asked: Understanding) -> Reply | None:
    """To which day an action moves."""
    if _drops(asked):
        return done_with(turn, whisper(texts.KEPT))
    actions = await _of(house, turn, about)
    said = action_said(asked.text, turn.now)
    if not actions or said.numbers or (said.due is None and said.days is None):
        return None
    start = max(actions[0].due or turn.now.date(), turn.now.date())
    due = said.due or start + timedelta(days=said.days or 0)
    return await doing.pressed(house, turn, does("move", actions, turn.id, due.isoformat()))


async def sure(house: House, turn: Turn, about: str, asked: Understanding) -> Reply | None:
    """Whether an action need not be done any more."""
    yes, actions = plainly(asked), await _of(house, turn, about)
    if yes is None or not actions:
        return None
    verb: DoAction = does("sure" if yes else "keep", actions, turn.id)
    return await doing.pressed(house, turn, verb)


async def _of(house: House, turn: Turn, about: str) -> tuple[Action, ...]:
    return await house.actions.known([int(about)], turn.viewer) if about.isdecimal() else ()


def _drops(asked: Understanding) -> bool:
    """Whether the question of the bot is let be."""
    return asked.sure and asked.intent in {Intent.NO, Intent.CANCEL}
