"""Holding a summary, letting it go and posting it now, on its card or in a sentence."""

from dataclasses import replace

from dialogs.cards.summaries import held_card, post_card
from dialogs.cards.summary_payloads import HoldSummary, PostSummary
from dialogs.conversations.reports.held import meant, previous
from dialogs.conversations.reports.summary import summary
from dialogs.language.agenda import releases
from dialogs.language.answers import plainly
from dialogs.language.intents import Intent
from dialogs.language.spelling import fold
from dialogs.language.understanding import Understanding
from dialogs.texts import summaries as summary_texts
from dialogs.texts import summary_drafts as texts
from dialogs.texts.outbox import says
from dialogs.texts.refusals import sentence
from dialogs.turn import Reply, Turn, say, whisper
from storage.domain.meetings import Meeting
from storage.domain.refusals import NoReport, NothingToSend, NotNow, Refusal
from storage.domain.reports import may_correct
from storage.services.house import House

PENDING = "summary"
"""How a conversation remembers that the bot asked whether to post a summary, and of which meeting."""


async def post(house: House, turn: Turn, meeting: Meeting, asked: Understanding | None) -> Reply:
    """Show the summary as it will be posted, and ask whether to do that; or try again what did not arrive."""
    held = await meant(house, turn, meeting, asked)
    if held is None:
        return say(summary_texts.too_early(meeting))
    if not may_correct(turn.viewer, held):
        return await summary(house, turn, held, asked)  # who decides nothing about it wants to read it
    try:
        draft = await house.summaries.draft(held.id, turn.viewer)
        if draft.report.standing.posted_at is not None:
            return await _again(house, turn, held, asked)
        if not held.is_over(turn.now) and draft.report.standing.drafted_at is None:
            return whisper(texts.about(texts.NOT_OVER, held))
        shown = summary_texts.summary(await house.summaries.preview(held.id, turn.viewer))
    except Refusal as refusal:
        return whisper(sentence(refusal))
    where = texts.place(*await house.summaries.to_whom(held.id))
    asking = whisper(texts.preview(shown, where), post_card(held.id))
    memory = replace(turn.memory, meeting_id=held.id, pending=f"{PENDING}:{held.id}")
    return asking.remembering(memory)


async def _again(house: House, turn: Turn, held: Meeting, asked: Understanding | None) -> Reply:
    """What did not arrive, or may not have, is sent once more, and only when somebody says so."""
    if asked is None or texts.SAID_AGAIN not in fold(asked.text):
        return whisper(texts.about(texts.POSTED_BEFORE, held))
    try:
        await house.summaries.again(held.id, turn.viewer, turn.now)
    except NothingToSend:
        return whisper(texts.about(texts.POSTED_BEFORE, held))
    return whisper(texts.POSTED_AGAIN)


async def pressed(house: House, turn: Turn, payload: PostSummary) -> Reply:
    """A button that posts a summary, or does not."""
    return await _decide(house, turn, payload.meeting, payload.yes)


async def typed(house: House, turn: Turn, about: str, asked: Understanding) -> Reply | None:
    """What is typed after the bot asked whether to post a summary."""
    yes = True if says(asked.text, texts.SAID_POST) else False if says(asked.text, texts.SAID_NOT_NOW) else None
    yes = plainly(asked) if yes is None else yes
    if yes is None and asked.sure and asked.intent is Intent.OUTBOX_SEND_NOW and asked.number is None:
        yes = True
    return await _decide(house, turn, int(about), yes) if yes is not None and about.isdecimal() else None


async def _decide(house: House, turn: Turn, meeting_id: int, yes: bool) -> Reply:
    done = replace(turn.memory, pending="")
    if not yes:
        return whisper(texts.NOT_POSTED).remembering(done)
    meeting = next(iter(await house.meetings.known([meeting_id], turn.viewer)), None)
    try:
        report, just_now = await house.summaries.release(meeting_id, turn.viewer, turn.now)
    except (NoReport, NotNow) as refusal:
        why = texts.NOTHING_TO_POST if isinstance(refusal, NoReport) else texts.NOT_OVER
        return whisper(texts.about(why, meeting) if meeting else sentence(refusal)).remembering(done)
    except Refusal as refusal:
        return whisper(sentence(refusal)).remembering(done)
    if not just_now:
        return whisper(texts.about(texts.POSTED_BEFORE, report.meeting)).remembering(done)
    where = texts.place(*await house.summaries.to_whom(meeting_id))
    return whisper(texts.posting(report.meeting, where)).remembering(done)


# --- holding it


async def hold(house: House, turn: Turn, meeting: Meeting, asked: Understanding | None) -> Reply:
    """Hold a summary, or let it go again."""
    held = await meant(house, turn, meeting, asked)
    if held is None:
        return say(summary_texts.too_early(meeting))
    return await _hold(house, turn, held.id, not (asked is not None and releases(asked.text)))


async def held(house: House, turn: Turn, payload: HoldSummary) -> Reply:
    """A button that holds a summary or lets it go."""
    return await _hold(house, turn, payload.meeting, payload.held)


async def _hold(house: House, turn: Turn, meeting_id: int, held_: bool) -> Reply:
    meeting = next(iter(await house.meetings.known([meeting_id], turn.viewer)), None)
    try:
        found = await house.summaries.hold(meeting_id, turn.viewer, turn.now, held_)
    except NotNow as refusal:
        return whisper(texts.about(texts.POSTED_BEFORE, meeting) if meeting else sentence(refusal))
    except Refusal as refusal:
        return whisper(sentence(refusal))
    said = texts.about(texts.NOW_HELD if held_ else texts.NOW_RELEASED, found.report.meeting)
    if held_:
        return whisper(said, held_card(meeting_id, held_))
    where = texts.place(*await house.summaries.to_whom(meeting_id))
    return whisper(f"{said} {texts.goes(found, where, turn.now)}", held_card(meeting_id, held_))


async def guess(house: House, turn: Turn, asked: Understanding) -> Reply | None:
    """The same of no meeting that was named: the last one of which the viewer may decide."""
    found = await previous(house, turn, fits=lambda one: may_correct(turn.viewer, one))
    if found is None:
        return whisper(texts.NO_SUMMARY_WAITS)
    reply = await (hold if asked.intent is Intent.REPORT_HOLD else post)(house, turn, found, asked)
    return reply.remembering(replace(reply.memory or turn.memory, meeting_id=found.id, intent=asked.intent.value))
