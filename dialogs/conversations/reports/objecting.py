"""Objecting to a report, line by line, and what becomes of that."""

from dataclasses import replace

from dialogs.cards.approval_payloads import ObjectLine, SettleObjection
from dialogs.cards.approvals import objection_form
from dialogs.conversations import gate
from dialogs.conversations.reports.held import meant
from dialogs.language.agenda import match
from dialogs.language.intents import Intent
from dialogs.language.reporting import Objected, objected
from dialogs.language.understanding import Understanding
from dialogs.texts import approvals as texts
from dialogs.texts.outbox import says
from dialogs.texts.refusals import sentence
from dialogs.turn import Reply, Turn, whisper
from storage.domain.approving import LONGEST_OBJECTION
from storage.domain.meetings import Meeting
from storage.domain.refusals import IdentifiesSomebody, NoReport, Refusal
from storage.domain.reports import Line, Objection, may_correct
from storage.services.house import House

PENDING = "objection"
"""How a conversation remembers that the bot asked what is wrong, and with which line of which report."""


async def about(house: House, turn: Turn, meeting: Meeting, asked: Understanding | None) -> Reply:
    """What somebody objects to the report of a meeting; asked where they did not say what."""
    held = await meant(house, turn, meeting, asked)
    if held is None:
        return whisper(sentence(NoReport()))
    try:
        report = await house.reports.report(held.id, turn.viewer)
    except Refusal as refusal:
        return whisper(sentence(refusal))
    said = objected(turn.text) if asked is not None and turn.button is None else Objected(None, "", "")
    lines = [one for one in report.lines if one.number]
    line = _line(said, lines)
    if said.number is not None and line is None:
        return whisper(texts.no_such_line(said.number))
    if not said.text:
        return _ask(turn, held, line)
    pressed = ObjectLine(meeting=held.id, line=line.id if line else 0, text=said.text[:LONGEST_OBJECTION])
    return await object_to(house, turn, pressed)


def _line(said: Objected, lines: list[Line]) -> Line | None:
    """The line that is meant: by its number, else by its words."""
    if said.number is not None:
        return next((one for one in lines if one.number == said.number), None)
    found = match(said.words, [one.text for one in lines]) if said.words else None
    return lines[found] if found is not None else None


def _ask(turn: Turn, meeting: Meeting, line: Line | None) -> Reply:
    line_id = line.id if line else 0
    question = texts.what_is_wrong(meeting, (line.number, line.text) if line else None)
    asking = whisper(question, objection_form(meeting.id, line_id, f"{turn.id}-object"))
    return asking.remembering(replace(turn.memory, pending=f"{PENDING}:{meeting.id}.{line_id}"))


async def object_to(house: House, turn: Turn, pressed: ObjectLine) -> Reply:
    """Pass an objection on."""
    try:
        found = await house.approvals.object(
            pressed.meeting, pressed.line or None, pressed.text, turn.viewer, turn.now, chosen=pressed.chosen
        )
    except IdentifiesSomebody as refusal:
        return gate.caught(turn, refusal, pressed, gate.PASS_ON)
    except Refusal as refusal:
        return whisper(sentence(refusal))
    return _settled(turn, whisper(texts.passed_on(found)))


async def typed(house: House, turn: Turn, about: str, asked: Understanding) -> Reply | None:
    """What is typed after the question; what the bot can be asked is no answer to it."""
    ids = [int(one) for one in about.split(".") if one.isdecimal()]
    if len(ids) != 2:  # noqa: PLR2004 - a meeting and a line
        return None
    if says(asked.text, texts.SAID_LET_BE) or (asked.sure and asked.intent is Intent.CANCEL):
        return _settled(turn, whisper(texts.NOT_OBJECTED))
    if asked.sure and asked.intent not in {Intent.YES, Intent.NO, Intent.REPORT_OBJECT, Intent.REPORT_CHANGE}:
        return None
    return await _answered(house, turn, *ids)


async def _answered(house: House, turn: Turn, meeting_id: int, line_id: int) -> Reply:
    """What is wrong; where only the line is named with which something is, it is asked on."""
    said, text = objected(turn.text), turn.text
    meeting = next(iter(await house.meetings.known([meeting_id], turn.viewer)), None)
    if meeting is not None and said.number is not None:
        try:
            lines = (await house.reports.report(meeting_id, turn.viewer)).lines
        except Refusal as refusal:
            return whisper(sentence(refusal))
        line = _line(said, [one for one in lines if one.number])
        if line is None:
            return whisper(texts.no_such_line(said.number))
        if not said.text and line.id != line_id:
            return _ask(turn, meeting, line)
        line_id, text = line.id, said.text or text
    return await object_to(house, turn, ObjectLine(meeting=meeting_id, line=line_id, text=text[:LONGEST_OBJECTION]))


def _settled(turn: Turn, reply: Reply) -> Reply:
    """The same reply, when it answers what the bot asked with this."""
    memory = reply.memory or turn.memory
    asked = (memory.pending or turn.memory.pending or "").partition(":")[0]
    return reply.remembering(replace(memory, pending="")) if asked == PENDING else reply


async def settle(house: House, turn: Turn, pressed: SettleObjection) -> Reply:
    """Take an objection over, or leave it."""
    taken = pressed.verb == "take"
    new_text = pressed.text if taken and pressed.text.strip() else None
    before = await house.approvals.told(pressed.objection) if taken else None
    if before is not None and may_correct(turn.viewer, before[1].meeting) and _is_unchanged(before[0], new_text):
        return whisper(texts.CHANGE_FIRST)
    try:
        done = await house.approvals.settle(
            pressed.objection, taken, turn.viewer, turn.now, new_text=new_text, chosen=pressed.chosen
        )
    except IdentifiesSomebody as refusal:
        return gate.caught(turn, refusal, pressed, texts.BUTTON_TAKE)
    except Refusal as refusal:
        return whisper(sentence(refusal))
    return whisper(texts.taken(done) if taken else texts.LEFT)


def _is_unchanged(found: Objection, new_text: str | None) -> bool:
    """Whether a line is to stay as it is, though an objection to it is taken over."""
    return found.taken is None and found.line is not None and (new_text or found.line.text).strip() == found.line.text
