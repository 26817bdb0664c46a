"""Passing on to the coordinator what the bot can't answer, and the answer back."""

import re
from datetime import datetime

from dialogs.cards.outbox import asked_card
from dialogs.cards.payloads import AnswerAsked, AskCoordinator
from dialogs.conversations import gate
from dialogs.texts import general
from dialogs.texts import outbox as texts
from dialogs.texts.refusals import sentence
from dialogs.texts.words import plain
from dialogs.turn import Message, Reply, Turn, say, whisper
from storage.domain.announcements import LONGEST_TEXT
from storage.domain.notices import Notice
from storage.domain.refusals import IdentifiesSomebody, NobodyToTell, Refusal, TooLong
from storage.services.announcements import FaqEntry
from storage.services.house import House

_ONLY_TO_WHOM = re.compile(
    r"(?:aan|bij) \D{1,60}? (?:vragen|navragen|voorleggen|doorgeven|doorsturen)\W*", re.IGNORECASE
)
"""What "kan je dat aan Nele vragen?" carries: what "dat" was, the bot does not keep."""


async def pressed(house: House, turn: Turn, payload: AskCoordinator) -> Reply:
    """The button that passes a question on."""
    return await ask(house, turn, payload.text, payload.chosen)


async def ask(house: House, turn: Turn, question: str, chosen: bool = False) -> Reply:
    """Pass a question on to the coordinators."""
    if not question.strip() or _ONLY_TO_WHOM.fullmatch(question.strip()):
        coordinators = await house.people.coordinators()
        return say(texts.ASK_WHAT.format(name=plain(coordinators[0].first_name) if coordinators else general.NOBODY))
    if len(turn.text) > LONGEST_TEXT:
        return whisper(sentence(TooLong()))  # of a text this long not all was read
    try:
        told = await house.asking.ask(question, turn.viewer, turn.now, turn.key, chosen=chosen)
    except IdentifiesSomebody as refusal:
        return gate.caught(turn, refusal, AskCoordinator(text=""), gate.PASS_ON)
    except NobodyToTell as refusal:
        return whisper(texts.ASK_YOURSELF if turn.viewer.is_coordinator else sentence(refusal))
    except Refusal as refusal:
        return whisper(sentence(refusal))
    return say(texts.passed_on(told))


async def answer(house: House, turn: Turn, given: AnswerAsked) -> Reply:
    """A coordinator answers; ticked, the answer also goes to the frequently asked questions."""
    faq = FaqEntry(given.wording, tuple(given.also.splitlines())) if given.faq == "true" else None
    try:
        asked = await house.asking.answer(given.asked, given.answer, turn.viewer, turn.now, faq, chosen=given.chosen)
    except IdentifiesSomebody as refusal:
        return gate.caught(turn, refusal, given, gate.PASS_ON, retyped=refusal.field == "answer")
    except Refusal as refusal:
        return whisper(sentence(refusal))
    sent = texts.ANSWER_SENT if faq is None else texts.ANSWER_SENT_FAQ
    return whisper(sent.format(name=plain(asked.asker.first_name)))


async def compose_question(house: House, notice: Notice, _now: datetime) -> Message | None:
    """A question for the coordinator: with a card to answer on until somebody did."""
    asked = await house.asking.get(int(notice.subject))
    if asked is None:
        return None
    return Message(texts.asks(asked), asked_card(asked), card_only=True)


async def compose_answer(house: House, notice: Notice, _now: datetime) -> Message | None:
    """The answer, for who asked."""
    asked = await house.asking.get(int(notice.subject))
    return Message(texts.answered(asked)) if asked and asked.answer else None
