"""The draft of a summary on its card: a line changed, confirmed, added, taken out, kept private or shown after all.

The draft itself is refreshed in place, so what is done to it is answered with one sentence.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from dialogs.cards.summaries import changed_card, line_card, new_line_card
from dialogs.cards.summary_payloads import SaveLine, SettleLine, ShowDraft, ShowLine
from dialogs.conversations import gate
from dialogs.conversations.reports.summary import draft_page
from dialogs.texts import summary_drafts as texts
from dialogs.texts.refusals import sentence
from dialogs.turn import Card, Message, Reply, Turn, whisper
from storage.domain.refusals import IdentifiesSomebody, NotSensible, Refusal
from storage.domain.reports import Line, LineKind, NewLine
from storage.services.house import House


async def shown(house: House, turn: Turn, pressed: ShowDraft) -> Reply:
    """A page of a draft."""
    return await draft_page(house, turn, pressed.meeting, pressed.page)


async def opened(house: House, turn: Turn, pressed: ShowLine) -> Reply:
    """One line to change, or an empty one to add."""
    try:
        report = (await house.summaries.draft(pressed.meeting, turn.viewer)).report
    except Refusal as refusal:
        return whisper(sentence(refusal))
    if not pressed.line:
        return _shown(texts.about(texts.NEW, report.meeting), new_line_card(report.meeting, turn.id))
    line = next((one for one in report.lines if one.id == pressed.line), None)
    if line is None:
        return await draft_page(house, turn, pressed.meeting)
    return _shown(texts.line(line), line_card(report.meeting, line))


def _shown(text: str, card: Card) -> Reply:
    """A form, which says the same as the text."""
    return Reply(private=Message(text, card, card_only=True))


async def saved(house: House, turn: Turn, pressed: SaveLine) -> Reply:
    """A line as it was filled in."""
    try:
        if pressed.line:
            line = await house.reports.change(
                pressed.meeting, pressed.line, _values(pressed), turn.viewer, turn.now, chosen=pressed.chosen
            )
        else:
            line = await house.reports.add(pressed.meeting, _new(pressed), turn.viewer, turn.now, chosen=pressed.chosen)
    except IdentifiesSomebody as refusal:
        return gate.caught(turn, refusal, pressed, gate.KEEP, retyped=True)
    except Refusal as refusal:
        return whisper(sentence(refusal))
    done = texts.CHANGED if pressed.line else texts.ADDED
    return whisper(texts.said(done, line), changed_card(pressed.meeting))


def _values(pressed: SaveLine) -> Mapping[str, Any]:
    """What a form changes: only the fields that it showed."""
    shown = {"text": pressed.text, "owner": pressed.owner}
    values: dict[str, Any] = {name: value for name, value in shown.items() if value is not None}
    if pressed.due is not None:
        values["due"] = _day(pressed.due)
    if pressed.show:
        values["private"] = False
    if pressed.kind:
        values["kind"] = LineKind(pressed.kind)
    return {**values, "certain": True}


def _new(pressed: SaveLine) -> NewLine:
    kind = LineKind(pressed.kind or LineKind.DECISION)
    return NewLine(kind, pressed.text or "", owner=pressed.owner or "", due=_day(pressed.due or ""))


def _day(said: str) -> date | None:
    return date.fromisoformat(said) if said else None


_SETTLED: Mapping[str, tuple[Mapping[str, bool], str]] = {
    "confirm": ({"certain": True}, texts.CHANGED),
    "show": ({"private": False}, texts.SHOWN),
    "hide": ({"private": True}, texts.HIDDEN),
}


async def settled(house: House, turn: Turn, pressed: SettleLine) -> Reply:
    """A line is right, is shown after all, stays private, goes out or comes back."""
    try:
        line = await _settle(house, turn, pressed)
    except IdentifiesSomebody as refusal:
        redo = SaveLine(meeting=pressed.meeting, line=pressed.line, show=True)
        return gate.caught(turn, refusal, redo, gate.KEEP)
    except NotSensible:
        return whisper(texts.ABOUT_A_CASE)
    except Refusal as refusal:
        return whisper(sentence(refusal))
    if pressed.verb == "remove":
        return whisper(texts.said(texts.REMOVED, line), changed_card(pressed.meeting, line))
    done = texts.RESTORED if pressed.verb == "restore" else _SETTLED[pressed.verb][1]
    return whisper(texts.said(done, line), changed_card(pressed.meeting))


async def _settle(house: House, turn: Turn, pressed: SettleLine) -> Line:
    if pressed.verb == "remove":
        return await house.reports.remove(pressed.meeting, pressed.line, turn.viewer, turn.now)
    if pressed.verb == "restore":
        return await house.reports.restore(pressed.meeting, pressed.line, turn.viewer, turn.now)
    values, _ = _SETTLED[pressed.verb]
    return await house.reports.change(
        pressed.meeting, pressed.line, values, turn.viewer, turn.now, chosen=pressed.chosen
    )
