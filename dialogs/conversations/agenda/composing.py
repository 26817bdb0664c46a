"""Proposing an agenda, and taking it over."""

from dataclasses import replace

from dialogs.cards.agenda import applied_card, compose_card
from dialogs.cards.agenda_payloads import ApplyAgenda
from dialogs.conversations.agenda.refusing import not_done
from dialogs.language.answers import plainly
from dialogs.language.understanding import Understanding
from dialogs.texts import publishing as texts
from dialogs.texts.meetings import title
from dialogs.texts.outbox import says
from dialogs.turn import Reply, Turn, whisper
from storage.domain.meetings import Meeting
from storage.domain.publishing import publish_at
from storage.domain.refusals import Refusal
from storage.services.house import House

PENDING = "compose"
"""How a conversation remembers that the bot asked whether to take over its agenda, and of which meeting."""


async def propose(house: House, turn: Turn, meeting: Meeting, _asked: Understanding | None) -> Reply:
    """Propose an agenda for a meeting, with the reason of each point."""
    try:
        found = await house.agendas.composition(meeting.id, turn.viewer, turn.now)
    except Refusal as refusal:
        return not_done(refusal, meeting)
    asking = whisper(texts.composition(found), compose_card(meeting, turn.id))
    return asking.remembering(replace(turn.memory, pending=f"{PENDING}:{meeting.id}"))


async def pressed(house: House, turn: Turn, payload: ApplyAgenda) -> Reply:
    """Take it over, as it is composed at this moment."""
    return await _apply(house, turn, payload.meeting)


async def typed(house: House, turn: Turn, about: str, asked: Understanding) -> Reply | None:
    """What is typed after a proposed agenda."""
    yes = True if says(asked.text, texts.SAID_TAKE_OVER) else plainly(asked)
    if says(asked.text, texts.SAID_LET_BE):
        yes = False
    if yes is None or not about.isdecimal():
        return None
    if yes:
        return await _apply(house, turn, int(about))
    return whisper(texts.NOT_COMPOSED).remembering(replace(turn.memory, pending=""))


async def _apply(house: House, turn: Turn, meeting_id: int) -> Reply:
    done = replace(turn.memory, pending="", meeting_id=meeting_id)
    try:
        found = await house.agendas.apply(meeting_id, turn.viewer, turn.now)
    except Refusal as refusal:
        return not_done(refusal).remembering(replace(turn.memory, pending=""))
    standing = await house.agendas.standing(meeting_id)
    if standing.published_at is not None:
        goes = texts.PUBLISHED_BEFORE.format(title=title(found.meeting))
    elif not found.chosen:
        goes = texts.GOES_EMPTY
    else:
        at = publish_at(found.meeting, await house.invitations.rules(found.meeting.kind))
        goes = texts.goes_by_itself(at, standing.held, turn.now)
    card = applied_card(found.meeting, publishable=standing.published_at is None and bool(found.chosen))
    return whisper(texts.applied(found, goes), card).remembering(done)
