"""Changing and taking out lines of a report by a sentence or a button: one's own notes, or any for who may correct."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeAlias

from dialogs.cards.note_payloads import SaveNote, SettleNote, ShowNote
from dialogs.cards.notes import DATED, changed_card, note_card
from dialogs.conversations import gate
from dialogs.conversations.reports.its_meeting import to_whom
from dialogs.conversations.reports.notes import ME, is_posted, its_meeting, may_change, page, typed_text
from dialogs.language.agenda import match
from dialogs.language.intents import Intent
from dialogs.language.noting import due_in, owner_in, until_in
from dialogs.language.report_fragments import as_it_should_be, is_fragment
from dialogs.language.reporting import LineSaid, line_said, noted
from dialogs.language.understanding import Understanding
from dialogs.texts import notes as texts
from dialogs.texts import summary_drafts as drafts
from dialogs.texts.outbox import says
from dialogs.texts.refusals import sentence
from dialogs.turn import Message, Reply, Turn, whisper
from storage.domain.meetings import Meeting
from storage.domain.refusals import IdentifiesSomebody, NotCoordinator, NotSensible, Refusal
from storage.domain.reports import LONGEST_LINE, LONGEST_OWNER, Line, LineKind, Origin, may_correct
from storage.services.house import House

Objects: TypeAlias = Callable[[House, Turn, Meeting, Understanding | None], Awaitable[Reply]]
"""What is done with the words of who may not correct a report that was posted."""


@dataclass(frozen=True, slots=True)
class Meant:
    """A line of a meeting's report that a sentence speaks of; None with a reply that says or asks why."""

    meeting: Meeting | None = None
    line: Line | None = None
    said: LineSaid | None = None
    reply: Reply | None = None


async def change(house: House, turn: Turn, asked: Understanding, objects: Objects) -> Reply:
    """Change a line as a sentence says; show it to change where it does not say how."""
    found = await _meant(house, turn, asked, objects)
    if found.meeting is None or found.line is None or found.said is None:
        return found.reply or whisper(texts.NO_NOTES)
    return _about(turn, found.meeting, await _change(house, turn, found.meeting, found.line, found.said))


async def _change(house: House, turn: Turn, meeting: Meeting, line: Line, said: LineSaid) -> Reply:
    if not may_change(turn.viewer, meeting, line, await is_posted(house, turn, meeting)):
        return await _not_theirs(house, turn, meeting)
    if said.changes_nothing:
        return await opened(house, turn, ShowNote(meeting=meeting.id, line=line.id))
    if said.new_text and _is_a_piece(turn, line, said.new_text):
        return _ask_for_all(turn, meeting, line, said.new_text)
    values = _values(turn, line, said)
    if values is None:
        old = said.instead[0] if said.instead else ""
        return whisper(texts.not_in_it(old, line))
    if said.confirmed:
        values["certain"] = True
    if said.private is not None:
        values["private"] = said.private
    if not values or ("owner" in values and line.kind is not LineKind.ACTION and "kind" not in values):
        return _only_actions(turn, meeting, line, said)
    return await _save(house, turn, meeting, line, values)


def _only_actions(turn: Turn, meeting: Meeting, line: Line, said: LineSaid) -> Reply:
    """An owner or a day for what has none: nothing is changed, and it may become an action."""
    owner = {"owner": _owner(turn, said.owner)} if said.owner else {}
    due = {"due": said.due} if said.due is not None else {}
    action = _as_payload(meeting, line, {"kind": LineKind.ACTION, **owner, **due})
    return whisper(texts.only_actions(line), changed_card(meeting.id, action, texts.BUTTON_ACTION))


# --- words that are a piece of a line


PENDING = "line"
"""How a conversation remembers that the bot asked for all of a line, and of which one."""

_SENTENCES = frozenset({LineKind.DECISION, LineKind.ACTION, LineKind.DATE, LineKind.NEXT})


def _is_a_piece(turn: Turn, line: Line, text: str) -> bool:
    return line.kind in _SENTENCES and noted(text, turn.now).kind is None and is_fragment(text, line.text)


def _ask_for_all(turn: Turn, meeting: Meeting, line: Line, new: str) -> Reply:
    """The line as it is, on its form, and the question how it should be: a piece does not replace the whole."""
    asking = whisper(texts.a_piece(new, line), note_card(meeting, line))
    return asking.remembering(replace(turn.memory, pending=f"{PENDING}:{meeting.id}.{line.id}"))


async def typed(house: House, turn: Turn, about: str, asked: Understanding) -> Reply | None:
    """All of a line, typed after the question; what the bot can be asked is no answer to it."""
    done = replace(turn.memory, pending="")
    if says(asked.text, texts.SAID_LET_BE) or (asked.sure and asked.intent is Intent.CANCEL):
        return whisper(texts.LET_BE).remembering(done)
    ids = [int(one) for one in about.split(".") if one.isdecimal()]
    if asked.sure or len(ids) != 2 or turn.text.rstrip().endswith("?"):  # noqa: PLR2004 - a meeting and a line
        return None
    meeting = next(iter(await house.meetings.known(ids[:1], turn.viewer)), None)
    if meeting is None:
        return None
    try:
        line = next((one for one in await _lines(house, turn, meeting) if one.id == ids[1]), None)
    except Refusal as refusal:
        return whisper(sentence(refusal)).remembering(done)
    if line is None:
        return None
    settled_ = replace(turn, memory=done)
    said = as_it_should_be(turn.text)
    if said.instead is not None and _instead(line, *said.instead) is None:
        said = LineSaid(new_text=turn.text.strip())
    return _about(settled_, meeting, await _change(house, settled_, meeting, line, said))


def _values(turn: Turn, line: Line, said: LineSaid) -> dict[str, Any] | None:
    """What becomes of a line; None where the words that must give way do not stand in it."""
    if said.instead is not None:
        return _instead(line, *said.instead)
    values = _anew(turn, line, said.new_text) if said.new_text else {}
    if said.owner:
        values["owner"] = _owner(turn, said.owner)
    if said.due is not None and line.kind in DATED:
        values["due"] = said.due
    return values


def _instead(line: Line, old: str, new: str) -> dict[str, Any] | None:
    """Words that give way to others: in the text, and where it says whose action it is."""
    names = ("text", "owner") if line.kind is LineKind.ACTION else ("text",)
    found = {name: _swapped(getattr(line, name), old, new) for name in names}
    return {name: text for name, text in found.items() if text is not None} or None


def _swapped(text: str, old: str, new: str) -> str | None:
    at = text.casefold().find(old.casefold())
    return f"{text[:at]}{new}{text[at + len(old) :]}" if old and at >= 0 else None


def _anew(turn: Turn, line: Line, text: str) -> dict[str, Any]:
    """A new text, and the owner and day that it tells; with a label ("actie: …") it becomes of that kind."""
    read = noted(text, turn.now)
    kind, said = (read.kind, read.text) if read.kind and read.text else (line.kind, text)
    values: dict[str, Any] = {"text": said[:LONGEST_LINE]}
    if kind is not line.kind and line.number:
        values["kind"] = kind
    if kind is LineKind.ACTION and (owner := read.owner or owner_in(said)):
        values["owner"] = _owner(turn, owner)
    if kind in DATED and (due := read.due or due_in(said, turn.now)):
        values["due"] = due
    if kind is LineKind.CARRIED and (until := read.until or until_in(said, turn.now)):
        values["until"] = until
    return values


def _owner(turn: Turn, said: str) -> str:
    person = turn.viewer.person
    return person.name if person and said.casefold() in ME else said[:LONGEST_OWNER]


async def _save(house: House, turn: Turn, meeting: Meeting, line: Line, values: Mapping[str, Any]) -> Reply:
    try:
        after = await house.reports.change(meeting.id, line.id, values, turn.viewer, turn.now)
    except IdentifiesSomebody as refusal:
        return gate.caught(turn, refusal, _as_payload(meeting, line, values), gate.KEEP)
    except Refusal as refusal:
        return await _refused(house, turn, refusal, meeting)
    before = {name: getattr(line, name) for name in values}
    undo = _as_payload(meeting, line, before).model_copy(update={"chosen": _ALL})
    return whisper(texts.said(texts.CHANGED, after), changed_card(meeting.id, undo))


_ALL = "text owner"
"""What is put back was kept before."""


def _as_payload(meeting: Meeting, line: Line, values: Mapping[str, Any]) -> SaveNote:
    """These values as the data of a button; a day that there was not is an empty one."""
    given = dict(values)
    if "due" in values:
        given["due"] = values["due"].isoformat() if values["due"] else ""
    if "kind" in values:
        given["kind"] = values["kind"].value
    return SaveNote.model_validate({"meeting": meeting.id, "line": line.id, **given})


async def _not_theirs(house: House, turn: Turn, meeting: Meeting | None) -> Reply:
    """Who may change it, and what they can do themselves."""
    posted = meeting is not None and await is_posted(house, turn, meeting)
    said = texts.ALREADY_POSTED if posted else texts.NOT_YOURS
    return whisper(said.format(name=await to_whom(house, meeting) or ""))


async def _refused(house: House, turn: Turn, refusal: Refusal, meeting: Meeting | None) -> Reply:
    match refusal:
        case NotCoordinator():
            return await _not_theirs(house, turn, meeting)
        case NotSensible(field="private"):
            return whisper(drafts.ABOUT_A_CASE)
        case _:
            return whisper(sentence(refusal))


# --- by a button


async def opened(house: House, turn: Turn, pressed: ShowNote) -> Reply:
    """One note to change."""
    meeting = next(iter(await house.meetings.known([pressed.meeting], turn.viewer)), None)
    if meeting is None:
        return whisper(texts.NO_NOTES)
    try:
        line = next((one for one in await _lines(house, turn, meeting) if one.id == pressed.line), None)
        posted = await is_posted(house, turn, meeting)
    except Refusal as refusal:
        return whisper(sentence(refusal))
    if line is None:
        return await page(house, turn, meeting)
    if not may_change(turn.viewer, meeting, line, posted):
        return await _not_theirs(house, turn, meeting)
    return Reply(private=Message(texts.row(line), note_card(meeting, line), card_only=True))


async def saved(house: House, turn: Turn, pressed: SaveNote) -> Reply:
    """A note as it stands on its form, or as it was."""
    meeting = next(iter(await house.meetings.known([pressed.meeting], turn.viewer)), None)
    try:
        line = await house.reports.change(
            pressed.meeting, pressed.line, _given(pressed), turn.viewer, turn.now, chosen=pressed.chosen
        )
    except IdentifiesSomebody as refusal:
        return gate.caught(turn, refusal, pressed, gate.KEEP, retyped=True)
    except Refusal as refusal:
        return await _refused(house, turn, refusal, meeting)
    return whisper(texts.said(texts.CHANGED, line), changed_card(pressed.meeting))


def _given(pressed: SaveNote) -> dict[str, Any]:
    """What a form or an undoing button changes: only what it tells."""
    names = ("text", "owner", "until", "certain", "private")
    values = {name: getattr(pressed, name) for name in names if getattr(pressed, name) is not None}
    if pressed.due is not None:
        values["due"] = date.fromisoformat(pressed.due) if pressed.due else None
    return values | ({"kind": LineKind(pressed.kind)} if pressed.kind else {})


async def settled(house: House, turn: Turn, pressed: SettleNote) -> Reply:
    """A note is taken out, or comes back."""
    act = house.reports.remove if pressed.verb == "remove" else house.reports.restore
    meeting = next(iter(await house.meetings.known([pressed.meeting], turn.viewer)), None)
    try:
        line = await act(pressed.meeting, pressed.line, turn.viewer, turn.now)
    except Refusal as refusal:
        return await _refused(house, turn, refusal, meeting)
    if pressed.verb == "remove":
        back = SettleNote(meeting=pressed.meeting, line=pressed.line, verb="restore")
        return whisper(texts.said(texts.REMOVED, line), changed_card(pressed.meeting, back))
    return whisper(texts.said(texts.RESTORED, line), changed_card(pressed.meeting))


async def remove(house: House, turn: Turn, asked: Understanding, objects: Objects) -> Reply:
    """Take out the line that a sentence means."""
    found = await _meant(house, turn, asked, objects)
    if found.meeting is None or found.line is None:
        return found.reply or whisper(texts.NO_NOTES)
    pressed = SettleNote(meeting=found.meeting.id, line=found.line.id, verb="remove")
    return _about(turn, found.meeting, await settled(house, turn, pressed))


# --- which line is meant


async def _meant(house: House, turn: Turn, asked: Understanding, objects: Objects) -> Meant:
    meeting = await its_meeting(house, turn, asked)
    if meeting is None:
        return Meant()
    try:
        if not may_correct(turn.viewer, meeting) and await is_posted(house, turn, meeting):
            return Meant(reply=await objects(house, turn, meeting, asked))
        lines = await _lines(house, turn, meeting)
    except Refusal as refusal:
        return Meant(reply=whisper(sentence(refusal)))
    said = line_said(typed_text(turn, asked), turn.now)
    line = _line(turn, said, lines)
    if line is not None:
        return Meant(meeting, line, said)
    why = texts.no_such_line(said.number, meeting) if said.number is not None else texts.WHICH
    return Meant(reply=_about(turn, meeting, await page(house, turn, meeting, said=why)))


async def _lines(house: House, turn: Turn, meeting: Meeting) -> Sequence[Line]:
    """The lines that the viewer may know of: all of them for who may correct."""
    if may_correct(turn.viewer, meeting):
        return (await house.reports.report(meeting.id, turn.viewer)).lines
    return await house.reports.notes(meeting.id, turn.viewer)


def _line(turn: Turn, said: LineSaid, lines: Sequence[Line]) -> Line | None:
    """The line that is meant: by its number, the last one that they noted, or by its words."""
    if said.number is not None:
        return _numbered(said, lines)
    if said.last or (said.names_none and _just_noted(turn) and said.instead is None):
        return _last(turn, lines)
    if said.words:
        among = [one for one in lines if one.kind is said.kind] or lines
        found = match(said.words, [f"{one.owner} {one.text}" for one in among])
        return among[found] if found is not None else None
    if said.instead is not None:
        having = [one for one in lines if _instead(one, *said.instead) is not None]
        return having[0] if len(having) == 1 else _last(turn, having) if _just_noted(turn) else None
    return None


def _numbered(said: LineSaid, lines: Sequence[Line]) -> Line | None:
    """ "Regel 3"; "actie 2" is line 2 where that is an action, else the second action."""
    there = next((one for one in lines if one.number == said.number), None)
    if said.kind is None or (there is not None and there.kind is said.kind):
        return there
    of_kind = sorted((one for one in lines if one.kind is said.kind and one.number), key=lambda one: one.number)
    place = (said.number or 0) - 1
    return of_kind[place] if 0 <= place < len(of_kind) else None


def _just_noted(turn: Turn) -> bool:
    return turn.memory.intent in {Intent.REPORT_NOTE.value, Intent.REPORT_CHANGE.value, Intent.REPORT_REMOVE.value}


def _last(turn: Turn, lines: Sequence[Line]) -> Line | None:
    """What the viewer noted last; where they noted nothing, what anybody did."""
    person = turn.viewer.person
    notes = [one for one in lines if one.origin is Origin.NOTE]
    own = [one for one in notes if person is not None and one.by_id == person.id]
    return max(own or notes, key=lambda one: one.id, default=None)


def _about(turn: Turn, meeting: Meeting, reply: Reply) -> Reply:
    """What is said next without naming a meeting is about this one."""
    memory = reply.memory or turn.memory
    return reply.remembering(replace(memory, meeting_id=meeting.id, intent=Intent.REPORT_NOTE.value))
