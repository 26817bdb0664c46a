"""Notes of a meeting: what somebody says during or after it, kept at once and confirmed in as few words as can be."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeAlias

from dialogs.cards.note_payloads import KeepNote, SettleNote, ShowNotes
from dialogs.cards.notes import changed_card, notes_card
from dialogs.conversations import gate
from dialogs.conversations.reports.held import begun, previous
from dialogs.language.intents import Intent
from dialogs.language.reporting import Noted, all_noted
from dialogs.language.spelling import strip_markup
from dialogs.language.understanding import LONGEST, Understanding
from dialogs.texts import notes as texts
from dialogs.texts.refusals import sentence
from dialogs.turn import Message, Reply, Turn, say, whisper
from storage.domain.meetings import Audience, Meeting
from storage.domain.people import Viewer
from storage.domain.refusals import IdentifiesSomebody, NotRegistered, Refusal
from storage.domain.reports import LONGEST_LINE, LONGEST_OWNER, Line, LineKind, NewLine, Origin, may_correct
from storage.services.house import House

Otherwise: TypeAlias = Callable[[House, Turn, Understanding], Awaitable[Reply]]
"""What is done with a decision while no meeting is at hand."""

ME = frozenset({"ik", "ikzelf", "mij", "k"})
"""What people call themselves where they say whose action it is."""


def typed_text(turn: Turn, asked: Understanding) -> str:
    """The message, with its lines, where a sentence is all of it; else that sentence."""
    return turn.text if not asked.text or asked.text == strip_markup(turn.text)[:LONGEST] else asked.text


async def note(house: House, turn: Turn, asked: Understanding, otherwise: Otherwise) -> Reply:
    """Note what is said of the meeting at hand; a decision without one is for `otherwise`."""
    said = [one for one in all_noted(typed_text(turn, asked), turn.now) if not one.says_nothing]
    meeting = await house.reports.at_hand(turn.viewer, turn.now, turn.conversation_id)
    if meeting is None:
        decided = {one.kind for one in said} == {LineKind.DECISION}
        return await otherwise(house, turn, asked) if decided else whisper(texts.NO_MEETING)
    if not said:
        return whisper(texts.WHAT)
    new = [line for one in said for line in _lines(one, turn.viewer)]
    return _about(turn, meeting, await _keep(house, turn, meeting, new))


def _lines(one: Noted, viewer: Viewer) -> list[NewLine]:
    """What is kept of a note: of people a line each."""
    kind = one.kind or LineKind.DISCUSSION
    if kind in {LineKind.ATTENDEE, LineKind.EXCUSED}:
        return [person_line(kind, name, viewer) for name in one.people]
    owner = viewer.person.name if viewer.person and one.owner.casefold() in ME else one.owner
    return [NewLine(kind, one.text, owner=owner[:LONGEST_OWNER], due=one.due, until=one.until)]


def person_line(kind: LineKind, said: str, viewer: Viewer) -> NewLine:
    """ "Piet (CLB)" has his organisation behind him."""
    name, _, more = said.partition("(")
    name = viewer.person.name if viewer.person and name.strip().casefold() in ME else name.strip()
    organisation = more.partition(")")[0].strip()
    return NewLine(kind, name, data={"organisation": organisation} if organisation else {})


async def _keep(house: House, turn: Turn, meeting: Meeting, new: Sequence[NewLine]) -> Reply:
    """Keep them one by one; what may identify somebody is shown to its author, and keeps no other from being kept."""
    kept: list[Line] = []
    caught: list[tuple[NewLine, IdentifiesSomebody]] = []
    try:
        for one in new:
            try:
                kept.append(
                    await house.reports.note(
                        one, meeting.id, turn.viewer, turn.now, conversation_id=turn.conversation_id
                    )
                )
            except IdentifiesSomebody as refusal:
                caught.append((one, refusal))
    except NotRegistered:
        return whisper(texts.NOT_YOUR_MEETING)
    except Refusal as refusal:
        return whisper(sentence(refusal))
    reply = await _confirmed(house, turn, meeting, kept) if kept else Reply()
    return reply.followed_by(_caught(turn, meeting, caught)) if caught else reply


def _caught(turn: Turn, meeting: Meeting, caught: Sequence[tuple[NewLine, IdentifiesSomebody]]) -> Reply:
    (first, refusal), *others = caught
    asking = gate.caught(turn, refusal, _payload(meeting, first), gate.KEEP)
    left = [one.text for one, _ in others]
    return whisper(texts.not_noted(left)).followed_by(asking) if left else asking


def _payload(meeting: Meeting, one: NewLine) -> KeepNote:
    return KeepNote(
        meeting=meeting.id,
        kind=one.kind.value,
        text=one.text[:LONGEST_LINE],
        owner=one.owner,
        due=one.due.isoformat() if one.due else "",
        until=one.until,
        organisation=one.data.get("organisation", ""),
    )


async def _confirmed(house: House, turn: Turn, meeting: Meeting, kept: Sequence[Line]) -> Reply:
    """One short line, for everybody here. Of which meeting it is, is told where that is not plain."""
    said = texts.noted(kept[0]) if len(kept) == 1 else texts.NOTED_SEVERAL.format(count=len(kept))
    if meeting.is_over(turn.now) and await is_posted(house, turn, meeting):
        return _after(turn, meeting, kept, said)
    if _plain(turn, meeting):
        return say(said)
    hidden = not turn.personal and meeting.audience is Audience.PARTICIPANTS
    told = texts.of_meeting(said, meeting)
    return whisper(told) if hidden else say(told)


def _after(turn: Turn, meeting: Meeting, kept: Sequence[Line], said: str) -> Reply:
    """What was posted has it as well now, and may lose it again."""
    told = said if all(one.private for one in kept) else texts.added_after(said, meeting)
    if not turn.personal:
        return whisper(told) if meeting.audience is Audience.PARTICIPANTS else say(told)
    undo = SettleNote(meeting=meeting.id, line=kept[0].id, verb="remove") if len(kept) == 1 else None
    return whisper(told, changed_card(meeting.id, undo, texts.BUTTON_REMOVE))


def _plain(turn: Turn, meeting: Meeting) -> bool:
    """Whether there is no doubt which meeting it is: the one that runs and they are at, or that was named before."""
    again = turn.memory.meeting_id == meeting.id and turn.memory.intent == Intent.REPORT_NOTE
    return again or (meeting.is_running(turn.now) and meeting.viewer_takes_part)


async def kept(house: House, turn: Turn, pressed: KeepNote) -> Reply:
    """A note in other words, or as it was."""
    data = {"organisation": pressed.organisation} if pressed.organisation else {}
    new = NewLine(
        LineKind(pressed.kind),
        pressed.text,
        owner=pressed.owner,
        due=date.fromisoformat(pressed.due) if pressed.due else None,
        until=pressed.until,
        data=data,
    )
    try:
        line = await house.reports.note(new, pressed.meeting, turn.viewer, turn.now, chosen=pressed.chosen)
    except IdentifiesSomebody as refusal:
        return gate.caught(turn, refusal, pressed, gate.KEEP)
    except NotRegistered:
        return whisper(texts.NOT_YOUR_MEETING)
    except Refusal as refusal:
        return whisper(sentence(refusal))
    return whisper(texts.noted(line))


# --- the list


async def listed(house: House, turn: Turn, asked: Understanding) -> Reply:
    """What was noted of the meeting that is named, at hand, or talked about."""
    meeting = await its_meeting(house, turn, asked)
    if meeting is None:
        return whisper(texts.NO_NOTES)
    return _about(turn, meeting, await page(house, turn, meeting), Intent.REPORT_NOTES)


async def its_meeting(house: House, turn: Turn, asked: Understanding) -> Meeting | None:
    """The meeting of which somebody asks for notes or lines: named, talked about in notes, at hand, or the last one.

    A day that no meeting was on is what a line is about: "schrap het besluit over januari".
    """
    if asked.names_meeting:
        found = await house.meetings.find(asked.query, turn.viewer, turn.network.timezone, turn.now)
        named = next((one for one in reversed(found) if begun(one, turn)), None)
        if named is not None:
            return named
    if turn.memory.meeting_id is not None and (turn.memory.intent or "").startswith("report."):
        known = await house.meetings.known([turn.memory.meeting_id], turn.viewer)
        if known and begun(known[0], turn):
            return known[0]
    return await house.reports.at_hand(turn.viewer, turn.now, turn.conversation_id) or await previous(house, turn)


async def page(house: House, turn: Turn, meeting: Meeting, number: int = 0, said: str = "") -> Reply:
    """A page of the notes of a meeting; `said` stands above it."""
    try:
        lines = await house.reports.notes(meeting.id, turn.viewer)
        posted = await is_posted(house, turn, meeting)
    except Refusal as refusal:
        return whisper(sentence(refusal))
    text = f"{said}\n\n{texts.notes(meeting, lines)}" if said else texts.notes(meeting, lines)
    if not lines:
        return whisper(text)
    own = {one.id for one in lines if may_change(turn.viewer, meeting, one, posted)}
    card = notes_card(meeting, lines, own, number, corrects=may_correct(turn.viewer, meeting), said=said)
    return Reply(private=Message(text, card, card_only=True))


async def shown(house: House, turn: Turn, pressed: ShowNotes) -> Reply:
    """A page of the list."""
    meeting = next(iter(await house.meetings.known([pressed.meeting], turn.viewer)), None)
    return whisper(texts.NO_NOTES) if meeting is None else await page(house, turn, meeting, pressed.page)


async def is_posted(house: House, turn: Turn, meeting: Meeting) -> bool:
    """Whether the summary of a meeting was posted. Raises NoSuchMeeting."""
    standing = await house.reports.standing(meeting.id, turn.viewer)
    return standing.posted_at is not None


def may_change(viewer: Viewer, meeting: Meeting, line: Line, posted: bool) -> bool:
    """Whether a viewer may change a line: their own note until it is posted; else who may correct."""
    own = viewer.person is not None and line.by_id == viewer.person.id and line.origin is Origin.NOTE
    return may_correct(viewer, meeting) or (own and not posted)


def _about(turn: Turn, meeting: Meeting, reply: Reply, intent: Intent = Intent.REPORT_NOTE) -> Reply:
    """What is said next without naming a meeting is about this one."""
    memory = reply.memory or turn.memory
    return reply.remembering(replace(memory, meeting_id=meeting.id, intent=intent.value))
