"""Publishing an agenda, holding it and letting it go, and the agenda as a document."""

from dataclasses import replace
from datetime import datetime

from dialogs.cards.agenda import held_card, publish_card
from dialogs.cards.agenda_payloads import HoldAgenda, PublishAgenda
from dialogs.conversations.agenda.refusing import not_done
from dialogs.language.agenda import releases
from dialogs.language.answers import plainly
from dialogs.language.intents import Intent
from dialogs.language.understanding import Understanding
from dialogs.texts import agenda as agenda_texts
from dialogs.texts import publishing as texts
from dialogs.texts.meetings import title
from dialogs.texts.outbox import says, when
from dialogs.texts.refusals import sentence
from dialogs.turn import Reply, Turn, say, whisper
from storage.domain.meetings import Meeting
from storage.domain.publishing import publish_at
from storage.domain.refusals import NotKnown, NotNow, Refusal
from storage.services.house import House

PENDING = "publish"
"""How a conversation remembers that the bot asked whether to publish, and which meeting's agenda."""


async def publish(house: House, turn: Turn, meeting: Meeting, _asked: Understanding | None) -> Reply:
    """Show the agenda as it will be published, to whom and when."""
    try:
        found = await house.agendas.publication(meeting.id, turn.viewer, turn.now)
    except Refusal as refusal:
        return not_done(refusal, meeting)
    if found.standing.published_at is not None:
        return whisper(texts.PUBLISHED_BEFORE.format(title=title(meeting)))
    opens = _opens(house, turn)
    goes = when(opens, turn.now)
    verbs = [(texts.BUTTON_PUBLISH, "send"), (texts.BUTTON_NOT_NOW, "drop")]
    if opens > turn.now:
        later = texts.BUTTON_PUBLISH_AT
        verbs = [(later, "send"), (texts.BUTTON_PUBLISH_NOW, "now"), (texts.BUTTON_NOT_NOW, "drop")]
    asking = whisper(texts.preview(found, goes), publish_card(meeting, verbs, turn.id))
    return asking.remembering(replace(turn.memory, pending=f"{PENDING}:{meeting.id}"))


async def pressed(house: House, turn: Turn, payload: PublishAgenda) -> Reply:
    """A button under a preview, or under the draft."""
    return await _decide(house, turn, payload.meeting, payload.verb, payload.drafted)


_TYPED = {"send": texts.SAID_PUBLISH, "now": texts.SAID_PUBLISH_NOW, "drop": texts.SAID_NOT_NOW}
_MEANT = {Intent.AGENDA_PUBLISH: "send", Intent.OUTBOX_SEND_NOW: "now", Intent.OUTBOX_CANCEL: "drop"}


async def typed(house: House, turn: Turn, about: str, asked: Understanding) -> Reply | None:
    """What is typed after the preview of a publication."""
    verb = next((verb for verb, ways in _TYPED.items() if says(asked.text, ways)), None)
    if verb is None and asked.sure and asked.number is None and not asked.names_meeting:
        verb = _MEANT.get(asked.intent)
    if verb is None and (yes := plainly(asked)) is not None:
        verb = "send" if yes else "drop"
    return await _decide(house, turn, int(about), verb) if verb and about.isdecimal() else None


async def _decide(house: House, turn: Turn, meeting_id: int, verb: str, drafted: bool = False) -> Reply:
    done = replace(turn.memory, pending="")
    if verb == "drop":
        return whisper(texts.NOT_PUBLISHED).remembering(done)
    meeting = next(iter(await house.meetings.known([meeting_id], turn.viewer)), None)
    try:
        found = await house.agendas.publish(meeting_id, turn.viewer, turn.now, urgent=verb == "now", compose=drafted)
    except Refusal as refusal:
        return not_done(refusal, meeting).remembering(done)
    if found.standing.published_at != turn.now:
        return whisper(texts.PUBLISHED_BEFORE.format(title=title(found.meeting))).remembering(done)
    opens = turn.now if verb == "now" else _opens(house, turn)
    return whisper(texts.publishing(found, when(opens, turn.now))).remembering(done)


def _opens(house: House, turn: Turn) -> datetime:
    """When what is not urgent goes out, in the turn's zone."""
    return house.notices.hours.next_open(turn.now).astimezone(turn.now.tzinfo)


# --- holding it, and letting it go


async def hold(house: House, turn: Turn, meeting: Meeting, asked: Understanding | None) -> Reply:
    """Hold an agenda, or let it be published by itself again."""
    lets_go = asked is not None and releases(asked.text)
    return await _hold(house, turn, meeting.id, not lets_go)


async def held(house: House, turn: Turn, payload: HoldAgenda) -> Reply:
    """A button that holds an agenda or lets it go."""
    return await _hold(house, turn, payload.meeting, payload.held)


async def _hold(house: House, turn: Turn, meeting_id: int, held_: bool) -> Reply:
    meeting = next(iter(await house.meetings.known([meeting_id], turn.viewer)), None)
    try:
        await house.agendas.hold(meeting_id, turn.viewer, turn.now, held_)
    except NotNow:
        return whisper(texts.PUBLISHED_BEFORE.format(title=title(meeting)) if meeting else sentence(NotNow()))
    except Refusal as refusal:
        return whisper(sentence(refusal))
    if meeting is None:
        return whisper(sentence(NotNow()))
    if held_:
        return whisper(texts.HELD.format(title=title(meeting)), held_card(meeting, turn.id))
    at = publish_at(meeting, await house.invitations.rules(meeting.kind))
    goes = texts.goes_by_itself(at, held=False, now=turn.now)
    return whisper(f"{texts.RELEASED.format(title=title(meeting))} {goes}")


# --- the document


async def file(house: House, turn: Turn, meeting: Meeting, _asked: Understanding | None) -> Reply:
    """A link to the agenda as a document, for the asker alone."""
    if turn.viewer.person is None:
        return whisper(sentence(NotKnown()))
    if not meeting.agenda_visible_to(turn.viewer):
        return say(agenda_texts.closed(meeting))
    if not await house.meetings.agenda(meeting):
        return whisper(texts.NOTHING_IN_FILE.format(title=title(meeting)))
    url = await house.links.agenda(meeting.id, turn.viewer.person.id, turn.now)
    return whisper(texts.file_ready(meeting, url) if url else texts.NO_AGENDA_FILE)
