"""What was discussed and decided at a meeting: the summary that was posted, or its draft for who may correct it."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TypeAlias

from dialogs.cards.summaries import draft_card, summary_card
from dialogs.conversations.reports.held import meant, previous
from dialogs.language.reporting import searched
from dialogs.language.spelling import fold
from dialogs.language.understanding import Understanding
from dialogs.texts import summaries as texts
from dialogs.texts import summary_drafts as drafts
from dialogs.texts.refusals import sentence
from dialogs.turn import Message, Reply, Turn, say, whisper
from storage.domain.meetings import Audience, Meeting
from storage.domain.refusals import NoReport, Refusal
from storage.domain.reports import Line, LineKind, may_correct
from storage.services.house import House

Act: TypeAlias = Callable[[House, Turn, Meeting, Understanding | None], Awaitable[Reply]]


async def summary(house: House, turn: Turn, meeting: Meeting, asked: Understanding | None) -> Reply:
    """What was discussed at a meeting: what was posted of it, else its draft for who may correct it."""
    held = await meant(house, turn, meeting, asked)
    if held is None:
        return say(texts.too_early(meeting))
    try:
        found = await house.summaries.summary(held.id, turn.viewer)
    except NoReport:
        return await _draft(house, turn, held)
    except Refusal as refusal:
        return whisper(sentence(refusal))
    return _here(turn, held, Message(texts.summary(found), summary_card(found), card_only=True), held)


async def _draft(house: House, turn: Turn, meeting: Meeting) -> Reply:
    if not may_correct(turn.viewer, meeting):
        return _about(turn, meeting, say(texts.not_yet(meeting)))
    return _about(turn, meeting, await draft_page(house, turn, meeting.id))


async def draft_page(house: House, turn: Turn, meeting_id: int, page: int = 0) -> Reply:
    """A draft as it stands, for who may correct it."""
    try:
        found = await house.summaries.draft(meeting_id, turn.viewer)
    except Refusal as refusal:
        return whisper(sentence(refusal))
    where = drafts.place(*await house.summaries.to_whom(meeting_id))
    card = draft_card(found, drafts.goes(found, where, turn.now), page)
    return Reply(private=Message(drafts.draft(found, where, turn.now), card, card_only=True))


async def decisions(house: House, turn: Turn, meeting: Meeting, asked: Understanding | None) -> Reply:
    """What was decided at one meeting."""
    held = await meant(house, turn, meeting, asked)
    if held is None:
        return say(texts.too_early(meeting))
    try:
        report = await house.reports.report(held.id, turn.viewer)
    except NoReport:
        return _about(turn, held, say(texts.not_yet(held)))
    except Refusal as refusal:
        return whisper(sentence(refusal))
    words = searched(asked.text) if asked is not None else ""
    lines = sorted(report.of(LineKind.DECISION), key=lambda one: (not _is_about(one, words), one.number))
    message = Message(texts.decisions(held, lines))
    return _here(turn, held, message, held) if report.standing.posted_at else _whispered(turn, held, message)


def _is_about(line: Line, words: str) -> bool:
    """Whether a line speaks of what was asked for."""
    said = fold(f"{line.item_title} {line.text}")
    return any(word in said for word in fold(words).split() if len(word) > 2)  # noqa: PLR2004 - shorter ones say nothing


async def guess(house: House, turn: Turn, asked: Understanding, act: Act = summary) -> Reply | None:
    """The same of no meeting that was named: the previous one whose report the viewer may see."""
    held = await previous(house, turn)
    if held is None:
        return say(texts.NOT_YET_AT_ALL)
    reply = await act(house, turn, held, asked)
    return reply.remembering(replace(reply.memory or turn.memory, meeting_id=held.id, intent=asked.intent.value))


def _here(turn: Turn, meeting: Meeting, message: Message, held: Meeting) -> Reply:
    """What is for the network is said here; what a closed meeting told only to the asker."""
    open_to_all = meeting.audience is Audience.NETWORK or turn.personal
    return _about(turn, held, Reply(message) if open_to_all else Reply(private=message))


def _whispered(turn: Turn, held: Meeting, message: Message) -> Reply:
    return _about(turn, held, Reply(private=message))


def _about(turn: Turn, held: Meeting, reply: Reply) -> Reply:
    """What is said next without naming a meeting is about this one."""
    return reply.remembering(replace(reply.memory or turn.memory, meeting_id=held.id))
