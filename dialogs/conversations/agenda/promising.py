"""Promising to bring something to a meeting, and taking that back."""

from dataclasses import replace

from dialogs.cards.agenda import promise_card
from dialogs.cards.agenda_payloads import DropPromise, MakePromise
from dialogs.conversations.gate import caught
from dialogs.language.agenda import carried_text
from dialogs.language.intents import Intent
from dialogs.language.understanding import Understanding
from dialogs.texts import publishing as texts
from dialogs.texts.refusals import sentence
from dialogs.turn import Reply, Turn, whisper
from storage.domain.agenda import LONGEST_TITLE
from storage.domain.meetings import Meeting
from storage.domain.refusals import IdentifiesSomebody, Refusal
from storage.services.house import House


async def promise(house: House, turn: Turn, meeting: Meeting, asked: Understanding | None) -> Reply:
    """Note that somebody brings something; what it is about, where they said so."""
    about = carried_text(turn.text or asked.text, Intent.AGENDA_PROMISE) if asked else ""
    made = MakePromise(meeting=meeting.id, about=about[:LONGEST_TITLE], nonce=f"{turn.id}-promise")
    return await promised(house, turn, made)


async def promised(house: House, turn: Turn, payload: MakePromise) -> Reply:
    """Keep the promise, once nothing in it identifies anybody."""
    done = replace(turn.memory, pending="")
    try:
        found = await house.agendas.promise(
            payload.meeting, turn.viewer, turn.now, payload.about, chosen=payload.chosen
        )
    except IdentifiesSomebody as refusal:
        return caught(turn, refusal, payload, texts.BUTTON_KEEP_PROMISE)
    except Refusal as refusal:
        return whisper(sentence(refusal)).remembering(done)
    return whisper(texts.promised(found, turn.now.date()), promise_card(found.meeting)).remembering(done)


async def dropped(house: House, turn: Turn, payload: DropPromise) -> Reply:
    """They bring nothing after all."""
    try:
        await house.agendas.unpromise(payload.meeting, turn.viewer)
    except Refusal as refusal:
        return whisper(sentence(refusal))
    return whisper(texts.PROMISE_DROPPED)
