"""Where the recording and the full report of a meeting are: kept for who may correct it, told to everybody else."""

from dataclasses import replace

from dialogs.conversations.reports.held import meant, previous
from dialogs.conversations.reports.notes import typed_text
from dialogs.language.intents import Intent
from dialogs.language.reporting import Link, linked
from dialogs.language.understanding import Understanding
from dialogs.texts import notes as texts
from dialogs.texts.meetings import title
from dialogs.texts.refusals import sentence
from dialogs.turn import Reply, Turn, say, whisper
from storage.domain.meetings import Audience, Meeting
from storage.domain.refusals import NoReport, NotSensible, Refusal
from storage.services.house import House


async def about(house: House, turn: Turn, meeting: Meeting, asked: Understanding | None) -> Reply:
    """Keep the links that a sentence gives, or tell those that there are."""
    held = await meant(house, turn, meeting, asked)
    if held is None:
        return whisper(sentence(NoReport()))
    said = linked(typed_text(turn, asked)) if asked is not None else Link()
    if said.says_nothing:
        return await _told(house, turn, held)
    try:
        await house.reports.link(held.id, turn.viewer, turn.now, recording=said.recording, report=said.report)
    except NotSensible:
        return whisper(texts.NOT_A_LINK)
    except Refusal as refusal:
        return whisper(sentence(refusal))
    return whisper(texts.LINKS_KEPT.format(title=title(held)))


async def _told(house: House, turn: Turn, meeting: Meeting) -> Reply:
    try:
        standing = (await house.reports.report(meeting.id, turn.viewer)).standing
    except Refusal as refusal:
        return whisper(sentence(refusal))
    text = texts.links(meeting, standing.recording_url, standing.report_url)
    public = standing.posted_at is not None and meeting.audience is Audience.NETWORK
    return say(text) if public else whisper(text)


async def guess(house: House, turn: Turn, asked: Understanding) -> Reply | None:
    """The same of no meeting that was named: the one that runs, or the last one."""
    at_hand = await house.reports.at_hand(turn.viewer, turn.now, turn.conversation_id)
    running = at_hand if at_hand is not None and at_hand.is_running(turn.now) else None
    held = running or await previous(house, turn)
    if held is None:
        return whisper(texts.NO_NOTES)
    reply = await about(house, turn, held, asked)
    return reply.remembering(replace(turn.memory, meeting_id=held.id, intent=Intent.REPORT_LINK.value))
