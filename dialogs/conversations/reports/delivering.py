"""A report that somebody gives: pasted or as a file, what was found in it, and taking it over."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from dialogs.cards.delivering import found_card, taken_card, which_card
from dialogs.cards.note_payloads import TakeReport
from dialogs.conversations.reports.its_meeting import Home, home_of, to_whom, told_with_it
from dialogs.language.answers import plainly
from dialogs.language.spelling import strip_markup_in_lines
from dialogs.language.understanding import Understanding
from dialogs.texts import delivering as texts
from dialogs.texts.outbox import says
from dialogs.texts.refusals import sentence
from dialogs.texts.uploads import unreadable
from dialogs.turn import Message, Reply, Turn, whisper
from storage.domain.meetings import Meeting
from storage.domain.notices import Notice
from storage.domain.people import Viewer
from storage.domain.refusals import NotCoordinator, NotKnown, Refusal
from storage.domain.uploads import ReportFound, Unreadable, UploadState, found_in
from storage.services.house import House

PENDING = "found"
"""How a conversation remembers that the bot asked whether to take a report over, and which one."""


# --- given


async def pasted(house: House, turn: Turn) -> Reply:
    """A whole report as a message."""
    if not turn.personal:
        return whisper(texts.BETTER_PERSONALLY)
    if turn.viewer.person is None:
        return whisper(sentence(NotKnown()))
    text = strip_markup_in_lines(turn.text)
    try:
        minutes = await house.uploads.minutes(text, turn.now)
    except Unreadable as error:
        return whisper(texts.refused(texts.PASTED, unreadable(error.reason)))
    found = found_in(texts.PASTED, text, minutes, turn.now)
    if found.empty:
        return whisper(texts.found(found))
    await house.uploads.keep(turn.id, found, turn.viewer, turn.now)
    shown = await _shown(house, turn.viewer, found, turn.id, turn.now, turn.conversation_id)
    return _asking(turn, Reply(private=shown), turn.id)


async def sent(house: House, turn: Turn) -> Reply:
    """Files with a message, which are read meanwhile: a notice tells the rest."""
    if not turn.personal:
        return whisper(texts.BETTER_PERSONALLY)
    named = await told_with_it(house, turn.viewer, turn.text, turn.now)
    where, meeting_id = turn.conversation_id, named.id if named else None
    try:
        ids = await house.uploads.ask(turn.files, turn.viewer, where, turn.now, meeting_id=meeting_id, key=turn.key)
    except Refusal as refusal:
        return whisper(sentence(refusal))
    if not ids:
        return whisper(texts.BUSY)
    said = texts.READING if len(ids) >= len(turn.files) else texts.READING_SOME.format(count=len(ids))
    return _asking(turn, whisper(said), f"u{ids[-1]}")


async def answer(_house: House, turn: Turn, _asked: Understanding) -> Reply:
    """Somebody has a report, but it is not in the message."""
    return whisper(texts.HOW if turn.personal else texts.BETTER_PERSONALLY)


def _asking(turn: Turn, reply: Reply, token: str) -> Reply:
    return reply.remembering(replace(turn.memory, pending=f"{PENDING}:{token}"))


# --- what was found


async def compose_read(house: House, notice: Notice, now: datetime) -> Message | None:
    """What stands in a file, or why it can't be read; nothing once its sender said what to do with it."""
    told = await house.uploads.told(int(notice.subject))
    if told is None:
        return None
    upload, person = told
    if upload.reason is not None:
        return Message(texts.refused(upload.name, unreadable(upload.reason)))
    viewer = Viewer(person, member=True)
    found = await house.uploads.waiting(upload.token, viewer)
    if upload.state is UploadState.REFUSED:
        return Message(texts.found(ReportFound(upload.name, "", now)))
    if found is None:
        return None
    network = (await house.visitors.visit(None, "")).network
    local = now.astimezone(ZoneInfo(network.timezone))
    return await _shown(house, viewer, found, upload.token, local, upload.conversation_id)


async def _shown(
    house: House, viewer: Viewer, found: ReportFound, token: str, now: datetime, conversation_id: str
) -> Message:
    """What was found, with the question whether, and for which meeting, to take it over."""
    home = await home_of(house, viewer, found, now, conversation_id)
    if home.meeting is not None:
        return Message(texts.of_one(found, home.meeting), found_card(token, home.meeting, token))
    if not home.choice:
        return await _not_theirs(house, found, home.closed)
    return _which(found, home, token, now)


def _which(found: ReportFound, home: Home, token: str, now: datetime) -> Message:
    text = texts.of_which(found, home.choice, now, none_that_day=not home.several)
    return Message(text, which_card(token, home.choice, token))


async def _not_theirs(house: House, found: ReportFound, meeting: Meeting | None) -> Message:
    return Message(texts.not_yours(found, meeting, await to_whom(house, meeting)))


# --- taking it over


async def pressed(house: House, turn: Turn, payload: TakeReport) -> Reply:
    """Take it over, leave it, or choose the meeting."""
    found = await house.uploads.waiting(payload.draft, turn.viewer)
    if found is None:
        return _settled(turn, whisper(texts.GONE))
    if payload.verb == "drop":
        await house.uploads.drop(payload.draft, turn.viewer)
        return _settled(turn, whisper(texts.LET_BE))
    if payload.verb == "which" or not payload.meeting:
        return await _choose(house, turn, found, payload.draft)
    return _settled(turn, await _take(house, turn, found, payload.draft, payload.meeting))


async def _choose(house: House, turn: Turn, found: ReportFound, token: str) -> Reply:
    free = replace(found, day=None, meeting_id=None)
    home = await home_of(house, turn.viewer, free, turn.now, turn.conversation_id, choose=True)
    if not home.choice:
        return Reply(private=await _not_theirs(house, found, home.closed))
    text = texts.of_which(free, home.choice, turn.now, none_that_day=False)
    return _asking(turn, whisper(text, which_card(token, home.choice, turn.id)), token)


async def _take(house: House, turn: Turn, found: ReportFound, token: str, meeting_id: int) -> Reply:
    try:
        minutes = await house.uploads.minutes(found.text, found.at)
        report = await house.reports.deliver(meeting_id, found.name, found.text, minutes, turn.viewer, turn.now)
    except Unreadable as error:
        return whisper(texts.refused(found.name, unreadable(error.reason)))
    except NotCoordinator:
        meeting = next(iter(await house.meetings.known([meeting_id], turn.viewer)), None)
        return Reply(private=await _not_theirs(house, found, meeting))
    except Refusal as refusal:
        return whisper(sentence(refusal))
    await house.uploads.drop(token, turn.viewer)
    said = whisper(texts.taken(report), taken_card(meeting_id))
    return said.remembering(replace(turn.memory, meeting_id=meeting_id))


def _settled(turn: Turn, reply: Reply) -> Reply:
    """The same reply, when it answers what the bot asked with this."""
    memory = reply.memory or turn.memory
    asked = (memory.pending or turn.memory.pending or "").partition(":")[0]
    return reply.remembering(replace(memory, pending="")) if asked == PENDING else reply


async def typed(house: House, turn: Turn, about: str, asked: Understanding) -> Reply | None:
    """What is typed after the question whether to take a report over."""
    verb = _verb(asked)
    if verb is None:
        return None
    found = await house.uploads.waiting(about, turn.viewer)
    if found is None:
        return await _not_there(house, turn, about)
    meeting_id = 0
    if verb == "take":
        home = await home_of(house, turn.viewer, found, turn.now, turn.conversation_id)
        meeting_id = home.meeting.id if home.meeting else 0
    payload = TakeReport.model_validate({"draft": about, "meeting": meeting_id, "verb": verb})
    return await pressed(house, turn, payload)


def _verb(asked: Understanding) -> str | None:
    for verb, ways in (("take", texts.SAID_TAKE), ("drop", texts.SAID_DROP), ("which", texts.SAID_OTHER)):
        if says(asked.text, ways):
            return verb
    yes = plainly(asked)
    return None if yes is None else "take" if yes else "drop"


async def _not_there(house: House, turn: Turn, about: str) -> Reply:
    """It is still being read, could not be, or was dealt with."""
    number = about.removeprefix("u")
    told = await house.uploads.told(int(number)) if about != number and number.isdecimal() else None
    busy = told is not None and turn.viewer.person is not None and told[0].busy
    if busy:
        return whisper(texts.STILL_READING)
    return _settled(turn, whisper(texts.GONE))
