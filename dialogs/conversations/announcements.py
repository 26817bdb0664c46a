"""What a coordinator lets everybody know: shown first, sent when they say so."""

from datetime import datetime

from dialogs.cards.outbox import decide_card
from dialogs.language.understanding import Understanding
from dialogs.texts import outbox as texts
from dialogs.texts.refusals import sentence
from dialogs.texts.words import hour
from dialogs.turn import Message, Reply, Turn, whisper
from storage.domain.announcements import AnnouncementState
from storage.domain.dialogs import Memory
from storage.domain.notices import Notice
from storage.domain.refusals import NotCoordinator, Refusal
from storage.services.house import House

PENDING = "announcement:"
"""How a conversation remembers a draft: a yes or no that is typed is about it."""


async def draft(house: House, turn: Turn, asked: Understanding) -> Reply:
    """Show an announcement as it will be sent, to whom and when."""
    if not turn.viewer.is_coordinator:
        return whisper(sentence(NotCoordinator()))
    if not asked.remainder.strip():
        return whisper(texts.SAY_WHAT)
    try:
        drafted, count = await house.announcements.draft(asked.remainder, turn.viewer, asked.to_channel, turn.now)
    except Refusal as refusal:
        return whisper(sentence(refusal))
    opens = _opens(house, turn)
    verbs = [(texts.BUTTON_SEND, "send"), (texts.BUTTON_DROP, "drop")]
    if opens > turn.now:
        verbs = [
            (texts.BUTTON_SEND_AT.format(hour=hour(opens)), "send"),
            (texts.BUTTON_SEND_NOW, "now"),
            (texts.BUTTON_DROP, "drop"),
        ]
    text = texts.draft(drafted, count, texts.when(opens, turn.now))
    pending = Memory(pending=f"{PENDING}{drafted.id}")
    return whisper(text, decide_card(drafted.id, verbs, turn.id)).remembering(pending)


async def decide(house: House, turn: Turn, announcement_id: int, verb: str) -> Reply:
    """Send a draft at its time or now, or drop it."""
    done = Memory(pending="")
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
