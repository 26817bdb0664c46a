"""What a coordinator lets everybody know: shown first, sent when they say so."""

import re
from dataclasses import replace
from datetime import datetime

from dialogs.cards.outbox import decide_card
from dialogs.cards.payloads import DraftAnnouncement
from dialogs.conversations import gate
from dialogs.language.intents import Intent
from dialogs.language.understanding import Understanding
from dialogs.texts import outbox as texts
from dialogs.texts.refusals import sentence
from dialogs.turn import Message, Reply, Turn, whisper
from storage.domain.announcements import LONGEST_TEXT, AnnouncementState
from storage.domain.notices import Notice
from storage.domain.refusals import IdentifiesSomebody, NotCoordinator, Refusal, TooLong
from storage.services.house import House

PENDING = "announcement:"
"""How a conversation remembers a draft: a yes or no that is typed is about it."""


async def draft(house: House, turn: Turn, asked: Understanding) -> Reply:
    """Show an announcement as it will be sent, to whom and when."""
    if not turn.viewer.is_coordinator:
        return whisper(sentence(NotCoordinator()))
    if not asked.remainder.strip():
        return whisper(texts.SAY_WHAT)
    if len(turn.text) > LONGEST_TEXT:
        return whisper(sentence(TooLong()))  # of a text this long not all was read
    return await _show(house, turn, _text(turn, asked), asked.to_channel)


async def pressed(house: House, turn: Turn, payload: DraftAnnouncement) -> Reply:
    """Show it in the words that its author chose after somebody was recognised in it."""
    return await _show(house, turn, payload.text, payload.to_channel, payload.chosen)


async def _show(house: House, turn: Turn, said: str, to_channel: bool, chosen: bool = False) -> Reply:
    try:
        drafted, count = await house.announcements.draft(said, turn.viewer, to_channel, turn.now, chosen=chosen)
    except IdentifiesSomebody as refusal:
        return gate.caught(turn, refusal, DraftAnnouncement(to_channel=to_channel), gate.SHOW, retyped=True)
    except Refusal as refusal:
        return whisper(sentence(refusal))
    opens = _opens(house, turn)
    verbs = [(texts.BUTTON_SEND, "send"), (texts.BUTTON_DROP, "drop")]
    if opens > turn.now:
        verbs = [
            (texts.BUTTON_SEND_AT.format(when=texts.when(opens, turn.now)), "send"),
            (texts.BUTTON_SEND_NOW, "now"),
            (texts.BUTTON_DROP, "drop"),
        ]
    text = texts.draft(drafted, count, texts.when(opens, turn.now))
    text = f"{text}\n\n{gate.STILL_IN_IT}" if chosen else text
    pending = replace(turn.memory, pending=f"{PENDING}{drafted.id}")
    return whisper(text, decide_card(drafted.id, verbs, turn.id)).remembering(pending)


_THAT = re.compile(r"\b(?:dat|da|that)\s*$", re.IGNORECASE)


def _text(turn: Turn, asked: Understanding) -> str:
    """What is announced: "laat iedereen weten dat we verhuizen" carries a clause, not a sentence."""
    said = asked.remainder.strip()
    before = turn.text.rpartition(said)[0]
    return texts.saying_that(said) if _THAT.search(before) else texts.saying(said)


_TYPED = {"send": texts.SAID_SEND, "now": texts.SAID_NOW, "drop": texts.SAID_DROP}


def typed(asked: Understanding) -> str | None:
    """What to do with the draft that waits, where it is typed in other words than yes or no."""
    if asked.number is None and asked.intent in {Intent.OUTBOX_SEND_NOW, Intent.OUTBOX_CANCEL} and asked.sure:
        return "now" if asked.intent is Intent.OUTBOX_SEND_NOW else "drop"
    return next((verb for verb, ways in _TYPED.items() if texts.says(asked.text, ways)), None)


async def decide(house: House, turn: Turn, announcement_id: int, verb: str) -> Reply:
    """Send a draft at its time or now, or drop it."""
    done = replace(turn.memory, pending="")
    try:
        if verb == "drop":
            await house.announcements.drop(announcement_id, turn.viewer)
            return whisper(texts.DROPPED).remembering(done)
        count = await house.announcements.send(announcement_id, turn.viewer, turn.now, urgent=verb == "now")
    except Refusal as refusal:
        return whisper(sentence(refusal)).remembering(done)
    announcement = await house.announcements.get(announcement_id)
    opens = turn.now if verb == "now" else _opens(house, turn)
    if announcement is None:
        return whisper(texts.DROPPED)
    return whisper(texts.sending(announcement, count, texts.when(opens, turn.now))).remembering(done)


def _opens(house: House, turn: Turn) -> datetime:
    """When what is not urgent goes out, in the turn's zone."""
    return house.notices.hours.next_open(turn.now).astimezone(turn.now.tzinfo)


async def compose(house: House, notice: Notice, _now: datetime) -> Message | None:
    """An announcement as it is sent."""
    found = await house.announcements.get(int(notice.subject))
    if found is None or found.state is not AnnouncementState.PLANNED:
        return None
    return Message(texts.announced(found))
