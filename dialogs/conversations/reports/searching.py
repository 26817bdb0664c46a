"""Answering from all reports and agendas: what was said and decided of something, with the meeting and the day."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import TypeAlias

from dialogs.cards.search_payloads import ShowHits
from dialogs.cards.searching import hits_card
from dialogs.language.answers import plainly
from dialogs.language.reporting import asks_when, searched
from dialogs.language.understanding import Understanding
from dialogs.texts import searching as texts
from dialogs.turn import Message, Reply, Turn, say, whisper
from storage.domain.meetings import Audience
from storage.domain.people import Viewer
from storage.domain.reports import LineKind
from storage.domain.searching import LONGEST_QUESTION, Hit
from storage.services.house import House

Guess: TypeAlias = Callable[[House, Turn, Understanding], Awaitable[Reply | None]]

PENDING = "search"
"""How a conversation remembers that the bot asked what to look for: "search:"."""

AT_ONCE = 3
MOST = 15
"""So many are shown at once, and looked for at all."""

SURE = 0.4
"""What fits less is perhaps about something else, and told so."""

EVERYBODY = Viewer(None, member=True)
"""Whose rights hold for what is said where others read along."""


async def search(house: House, turn: Turn, asked: Understanding) -> Reply:
    """What was said of something."""
    if not searched(asked.text):
        return say(texts.ABOUT_WHAT).remembering(replace(turn.memory, pending=f"{PENDING}:"))
    return await _answer(house, turn, ShowHits(text=asked.text[:LONGEST_QUESTION]))


async def decided(house: House, turn: Turn, asked: Understanding, otherwise: Guess) -> Reply | None:
    """What was decided about something; `otherwise` answers where nothing is named."""
    if not searched(asked.text):
        return await otherwise(house, turn, asked)
    return await _answer(house, turn, ShowHits(text=asked.text[:LONGEST_QUESTION], decided=True))


async def more(house: House, turn: Turn, payload: ShowHits) -> Reply:
    """The button for more of what was found."""
    return await _answer(house, turn, payload)


async def typed(house: House, turn: Turn, _about: str, asked: Understanding) -> Reply | None:
    """What to look for, typed after the bot asked that."""
    if plainly(asked) is False:
        return _settled(turn, say(texts.NOT_SEARCHED))
    text = asked.text.strip()
    return _settled(turn, await _answer(house, turn, ShowHits(text=text[:LONGEST_QUESTION]))) if text else None


def _settled(turn: Turn, reply: Reply) -> Reply:
    return reply.remembering(replace(reply.memory or turn.memory, pending=""))


async def _answer(house: House, turn: Turn, question: ShowHits) -> Reply:
    """What this viewer may see; where others read along what is of a closed circle goes to the asker alone."""
    shown = await _found(house, turn, question, turn.viewer if turn.personal else EVERYBODY)
    closed: tuple[Hit, ...] = ()
    if not turn.personal:
        own = await _found(house, turn, question, turn.viewer)
        closed = tuple(one for one in own if one.meeting.audience is not Audience.NETWORK)
    if not shown and not closed:
        return whisper(_nothing(question))
    reply = Reply(_message(shown, question, _head(shown, question))) if shown else Reply()
    if not closed:
        return reply
    head = texts.FOUND_PRIVATELY if shown else _head(closed, question)
    return replace(reply, private=_message(closed, question, head))


async def _found(house: House, turn: Turn, question: ShowHits, viewer: Viewer) -> tuple[Hit, ...]:
    """From the first one that is to be shown on; decisions only, where such were asked and there are any."""
    hits: tuple[Hit, ...] = ()
    if question.decided:
        kinds = [LineKind.DECISION.value]
        hits = await house.memory.search(question.text, viewer, turn.now, kinds=kinds, most=MOST)
    hits = hits or await house.memory.search(question.text, viewer, turn.now, most=MOST)
    return hits[question.first :]


def _message(hits: Sequence[Hit], question: ShowHits, head: str) -> Message:
    now, rest = hits[:AT_ONCE], hits[AT_ONCE:]
    following = question.model_copy(update={"first": question.first + AT_ONCE}) if rest else None
    return Message(texts.found(head, now), hits_card(head, now, following), card_only=True)


def _head(hits: Sequence[Hit], question: ShowHits) -> str:
    words = searched(question.text)
    if question.first and words:
        return texts.head(texts.FOUND_MORE, texts.FOUND_AT_ALL, words)
    if max(one.score for one in hits) < SURE:
        return texts.head(texts.NEAREST, texts.NEAREST_AT_ALL, words)
    if question.decided and all(one.kind != LineKind.DECISION.value for one in hits):
        return texts.head(texts.NO_DECISION, texts.NO_DECISION_AT_ALL, words)
    if words and asks_when(question.text):
        return texts.when(words, hits[:AT_ONCE])
    return texts.head(texts.FOUND, texts.FOUND_AT_ALL, words)


def _nothing(question: ShowHits) -> str:
    words = searched(question.text)
    if question.first:
        return texts.head(texts.NO_MORE, texts.NOTHING_AT_ALL, words)
    return texts.head(texts.NOTHING, texts.NOTHING_AT_ALL, words)
